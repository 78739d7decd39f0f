"""Run by LibreOffice's own Python: fills a form the way a person would, and says what the program did.

python calc.py PIPE FORM.xlsx OUT.json
"""

import json
import sys
import time
from pathlib import Path

import uno
from com.sun.star.beans import PropertyValue


def connect(pipe):
    """The running office, once it answers."""
    local = uno.getComponentContext()
    resolver = local.ServiceManager.createInstanceWithContext("com.sun.star.bridge.UnoUrlResolver", local)
    for _ in range(120):
        try:
            return resolver.resolve(f"uno:pipe,name={pipe};urp;StarOffice.ComponentContext")
        except Exception:  # noqa: BLE001 - UNO's own exceptions, until the office is up
            time.sleep(0.5)
    raise SystemExit("no office")


def cells_of(sheet, header):
    """The table's columns by header, and its rows by code."""
    columns = {sheet.getCellByPosition(at, header).String: at for at in range(14)}
    rows = {}
    for row in range(header + 1, header + 80):
        if code := sheet.getCellByPosition(columns["编号"], row).String:
            rows[code] = row
    return columns, rows


def main():
    """Open the form, look at what guides and guards it, fill it, and look at the counter."""
    pipe, form, out = sys.argv[1:]
    context = connect(pipe)
    desktop = context.ServiceManager.createInstanceWithContext("com.sun.star.frame.Desktop", context)
    hidden = PropertyValue("Hidden", 0, True, 0)  # noqa: FBT003 - UNO takes its arguments by position
    book = desktop.loadComponentFromURL(Path(form).as_uri(), "_blank", 0, (hidden,))
    sheet = book.Sheets.getByIndex(0)
    header = next(row for row in range(40) if sheet.getCellByPosition(0, row).String == "编号")
    columns, rows = cells_of(sheet, header)
    status = sheet.getCellByPosition(columns["状态"], header + 1)
    task = sheet.getCellByPosition(columns["工作任务"], header + 1)
    counter = next(
        cell
        for row in range(header)
        for at in range(3)
        if (cell := sheet.getCellByPosition(at, row)).Formula.startswith("=")
    )
    told = {
        "protected": sheet.isProtected(),
        "locked": task.CellProtection.IsLocked,
        "open": not status.CellProtection.IsLocked,
        "list": status.Validation.Formula1,
        "kind": status.Validation.Type.value,
        "strict": status.Validation.ErrorAlertStyle.value,
        "stamp": book.Sheets.getByIndex(book.Sheets.Count - 1).IsVisible,
        "counter": counter.String,
        "rows": len(rows),
    }
    for row in rows.values():
        for name, text in (("状态", "推进中"), ("进展情况", "已部署")):
            sheet.getCellByPosition(columns[name], row).String = text
        done = sheet.getCellByPosition(columns["完成值"], row)
        if not done.CellProtection.IsLocked:
            done.Value = 1
    told["filled"] = counter.String
    book.close(True)  # noqa: FBT003 - UNO takes its arguments by position
    Path(out).write_text(json.dumps(told), "utf-8")


main()
