# ruff: noqa: ANN401 - XlsxWriter ships no types
"""1,000 forms of 40 rows, against a plain XlsxWriter loop that writes the same cells, formats and guidance.

Both write the same Books (composed from one plan, forms of the default template) to bytes in memory; the loop knows the
layout beforehand, as a script made for one form would. They take turns in chunks, so that a busy machine is busy for
both. Composing is measured too, and counted to xlplan's side. Once all forms have the same layout, and once each has
rows of its own number and pattern, so that nothing of one layout serves another form.

    python benchmarks/forms.py [FORMS]
"""

from __future__ import annotations

import io
import random
import statistics
import sys
import time
from datetime import date, datetime
from decimal import Decimal
from typing import Any

import xlsxwriter
from measure import Line, keep
from plain import options_of, put

from xlplan.books.form.compose import compose
from xlplan.files.xlsx_writer import write_book
from xlplan.model import Assignment, Form, Office, Plan, Role, Section, Stamp, Target, Task
from xlplan.period import Period
from xlplan.workflow.templates import shipped_template

ROWS, CHUNK = 40, 20
PERIOD = Period.parse("2019-Q2")
TEMPLATE = shipped_template("form")
WORDS = "推进科技创新平台建设完善企业梯度培育体系深化重点领域改革加强人才引进和服务保障落实安全生产责任提升办事效率"


def a_plan(count: int, *, alike: bool = True) -> tuple[Plan, list[Form]]:
    """A plan with `count` offices of 40 rows, and their forms; not `alike`: about 40, with figures here and there."""
    luck = random.Random(20190625)

    def text(length: int) -> str:
        return "".join(luck.choice(WORDS) for _ in range(length))

    tasks, rows, forms = [], [], []
    for at in range(count):
        office = Office(f"O{at:04d}", f"第{at}科室")
        own = []
        for number in range(ROWS if alike else luck.randint(ROWS // 2, ROWS * 3 // 2)):
            code = f"T{at:04d}{number:02d}"
            tasks.append(Task(code, str(number + 1), "01", text(12), text(luck.randint(40, 160))))
            wanted = Target(f"{text(6)}{number + 1}家", text(4), value=Decimal(number + 1), unit="家")
            target = wanted if (number if alike else luck.randrange(4)) % 2 else None
            own.append(Assignment(f"{code}-01", code, office.name, Role.LEAD, target, date(2019, 12, 31)))
        rows += own
        stamp = Stamp("p" * 64, office.code, "2019-Q2", 1, tuple(row.code for row in own), "s" * 64)
        forms.append(Form(office, PERIOD, tuple(own), stamp, date(2019, 6, 25)))
    offices = tuple(form.office for form in forms)
    plan = Plan("工作要点", "某局", "", 2019, (Section("01", "一", "创新"),), tuple(tasks), (), offices, tuple(rows))
    return plan, forms


class Loop:
    """A script that writes one form after another: everything that does not change is worked out beforehand."""

    def __init__(self, book: Any) -> None:
        self.first, self.stamp = book.sheets
        self.properties = book.properties

    def write(self, book: Any) -> bytes:
        """One workbook with the cells of `book`, in the frame of the first."""
        buffer = io.BytesIO()
        out = xlsxwriter.Workbook(
            buffer,
            {
                "in_memory": True,
                "strings_to_formulas": False,
                "strings_to_urls": False,
                "default_format_properties": {"font_name": "宋体", "font_size": 11},
            },
        )
        out.set_properties({"title": book.title, "created": datetime(2000, 1, 1)})  # noqa: DTZ001 - as in the product
        for name, value in book.properties.items():
            out.set_custom_property(name, value, "text")
        sheet, stamp = book.sheets
        page, hidden = out.add_worksheet(sheet.name), out.add_worksheet(stamp.name)
        hidden.very_hidden()
        formats: dict[Any, Any] = {}
        self.frame(page, sheet)
        for area in sheet.merges:
            corner = sheet.cells[area.top, area.left]
            page.merge_range(area.top, area.left, area.bottom, area.right, "", self.format(out, formats, corner.look))
        for (row, column), cell in sheet.cells.items():
            put(page, (row, column), cell.value, self.format(out, formats, cell.look))
        for (row, column), cell in stamp.cells.items():
            hidden.write_string(row, column, str(cell.value))
        self.guide(out, page, sheet)
        out.close()
        return buffer.getvalue()

    @staticmethod
    def format(out: Any, formats: dict[Any, Any], look: Any) -> Any:
        """The format of a look, made once for each workbook."""
        if id(look) not in formats:
            formats[id(look)] = out.add_format(options_of(look))
        return formats[id(look)]

    @staticmethod
    def frame(page: Any, sheet: Any) -> None:
        """Widths, heights, panes, filter, print set-up, protection."""
        page.hide_gridlines(2)
        page.freeze_panes(*sheet.freeze)
        if sheet.filter:
            page.autofilter(sheet.filter.top, sheet.filter.left, sheet.filter.bottom, sheet.filter.right)
        page.protect("", {"format_cells": True, "format_columns": True, "format_rows": True, "sort": True})
        for column, width in sheet.widths.items():
            page.set_column(column, column, width, None, {"hidden": column in sheet.hidden_columns})
        for row, height in sheet.heights.items():
            page.set_row(row, height)
        page.set_paper(9)
        page.set_landscape()
        page.fit_to_pages(1, 0)
        page.set_margins(*sheet.print.margins)
        page.center_horizontally()
        page.repeat_rows(*sheet.print.repeat)
        page.set_footer(sheet.print.footer)

    @staticmethod
    def guide(out: Any, page: Any, sheet: Any) -> None:
        """Validations and conditional formats."""
        kinds = {"list": "list", "number": "decimal", "date": "date", "length": "length"}
        for one in sheet.choices:
            options: dict[str, Any] = {"validate": kinds[one.kind], "error_title": one.title[:32]}
            options |= {"error_message": one.message[:255], "input_message": one.prompt[:255]}
            options |= {"error_type": "stop" if one.strict else "information"}
            if one.also:
                options["other_cells"] = [(area.top, area.left, area.bottom, area.right) for area in one.also]
            if one.kind == "list":
                options["value"] = list(one.options)
            elif one.kind == "number":
                options |= {"criteria": "between", "minimum": one.minimum, "maximum": one.maximum}
            elif one.kind == "date":
                options |= {"criteria": ">=", "value": one.minimum}
            else:
                options |= {"criteria": "<=", "value": one.maximum}
            page.data_validation(one.area.top, one.area.left, one.area.bottom, one.area.right, options)
        for one in sheet.highlights:
            looks = {"bg_color": f"#{one.fill}"} | ({"font_color": f"#{one.color}"} if one.color else {})
            options = {"type": "formula", "criteria": f"={one.formula}", "format": out.add_format(looks)}
            page.conditional_format(one.area.top, one.area.left, one.area.bottom, one.area.right, options)


def measure(count: int, *, alike: bool) -> tuple[dict[str, float], float]:
    """The median milliseconds of a form for each way, and the median ratio of composing and writing to the loop."""
    plan, forms = a_plan(count, alike=alike)
    loop = Loop(compose(forms[0], TEMPLATE, plan))
    times: dict[str, list[float]] = {"compose": [], "write": [], "loop": []}
    for start in range(0, count, CHUNK):
        chunk = forms[start : start + CHUNK]
        marks = [time.perf_counter()]
        books = [compose(form, TEMPLATE, plan) for form in chunk]
        marks.append(time.perf_counter())
        for book in books:
            write_book(book)
        marks.append(time.perf_counter())
        for book in books:
            loop.write(book)
        marks.append(time.perf_counter())
        for name, before, after in zip(times, marks, marks[1:], strict=False):
            times[name].append((after - before) / len(chunk) * 1000)
    parts = zip(times["compose"], times["write"], times["loop"], strict=True)
    ratio = statistics.median((composed + written) / looped for composed, written, looped in parts)
    return {name: statistics.median(values) for name, values in times.items()}, ratio


def main() -> None:
    """Measure both."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 1000
    lines = []
    for name, alike in (("one layout", True), ("a layout each", False)):
        times, ratio = measure(count, alike=alike)
        lines.append(Line(f"{name}: compose + write / plain loop", ratio, 1.3))
        lines += [Line(f"{name}: {way}, each form", value, unit="ms") for way, value in times.items()]
    keep(f"forms, {count:,} of about {ROWS} rows, one after another", lines)


if __name__ == "__main__":
    main()
