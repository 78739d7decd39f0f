"""Healthy workbooks of many writers, and what chance does to them."""

from __future__ import annotations

import io
import random
import shutil
import struct
import subprocess
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import openpyxl
import xlsxwriter
from museum import makers
from museum.makers import record

ROWS = [
    ["编号", "工作任务", "完成值", "比例", "日期"],
    ["R001", "培育企业", 30, 0.8, date(2019, 6, 30)],
    ["R002", "第一行\n第二行", 12.5, 1, date(2019, 5, 31)],
]


# --- healthy files of several writers ---------------------------------------------------------------------------------


def by_openpyxl() -> bytes:
    book = openpyxl.Workbook()
    book.active.title = "填报表"
    for row in ROWS:
        book.active.append(row)
    for row in (2, 3):
        book.active.cell(row, 4).number_format = "0%"
    book.create_sheet("隐藏").append(["x"])
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


def by_xlsxwriter(*, inline: bool = False) -> bytes:
    target = io.BytesIO()
    with xlsxwriter.Workbook(target, {"in_memory": not inline, "constant_memory": inline}) as book:
        sheet = book.add_worksheet("填报表")
        day, percent = book.add_format({"num_format": "yyyy-mm-dd"}), book.add_format({"num_format": "0%"})
        for at, row in enumerate(ROWS):
            for column, value in enumerate(row):
                looks = day if isinstance(value, date) else percent if column == 3 else None
                sheet.write(at, column, value, looks)
        sheet.protect()
        book.add_worksheet("隐藏").very_hidden()
    return target.getvalue()


def by_hand_xls() -> bytes:
    texts = ["编号", "工作任务", "完成值", "比例", "日期", "R001", "培育企业", "R002", "第一行\n第二行"]
    table = b"".join(struct.pack("<HB", len(text), 1) + text.encode("utf-16-le") for text in texts)
    cells = [record(0xFD, struct.pack("<HHHI", 0, column, 0, column)) for column in range(5)]
    for row, first in ((1, 5), (2, 7)):
        cells += [record(0xFD, struct.pack("<HHHI", row, column, 0, first + column)) for column in range(2)]
        serial = 43646 if row == 1 else 43616
        for column, (value, style) in enumerate(((ROWS[row][2], 0), (ROWS[row][3], 1), (serial, 2)), 2):
            cells.append(record(0x203, struct.pack("<HHHd", row, column, style, value)))
    return makers.xls(cells, [record(0xFC, struct.pack("<II", len(texts), len(texts)) + table)], name="填报表")


def by_hand_xlsb() -> bytes:
    cells = []
    for row, values in enumerate(ROWS):
        cells.append(makers.xlsb_record(0, struct.pack("<I", row) + bytes(12)))
        for column, value in enumerate(values):
            place = struct.pack("<II", column, {3: 1, 4: 2}.get(column, 0) if row else 0)
            if isinstance(value, str):
                cells.append(makers.xlsb_record(6, place + makers.wide(value)))
            else:
                amount = (value - date(1899, 12, 30)).days if isinstance(value, date) else value
                cells.append(makers.xlsb_record(5, place + struct.pack("<d", amount)))
    return makers.xlsb(cells, name="填报表")


def by_hand_ods() -> bytes:
    def cell(value: object, column: int) -> str:
        if isinstance(value, date):
            return f'<table:table-cell office:value-type="date" office:date-value="{value}"/>'
        if isinstance(value, str):
            lines = "".join(f"<text:p>{line}</text:p>" for line in value.split("\n"))
            return f'<table:table-cell office:value-type="string">{lines}</table:table-cell>'
        kind = "percentage" if column == 3 else "float"
        return f'<table:table-cell office:value-type="{kind}" office:value="{value}"/>'

    rows = "".join(
        f"<table:table-row>{''.join(cell(value, column) for column, value in enumerate(row))}</table:table-row>"
        for row in ROWS
    )
    return makers.ods(f'<table:table table:name="填报表">{rows}</table:table>')


def strict(data: bytes) -> bytes:
    """The same workbook as Strict Open XML: other namespaces everywhere."""
    swaps = (
        (makers.MAIN, makers.STRICT),
        ("http://schemas.openxmlformats.org/officeDocument/2006/relationships",
         "http://purl.oclc.org/ooxml/officeDocument/relationships"),
    )  # fmt: skip
    parts = makers.unpacked(data)
    for name, content in parts.items():
        for old, new in swaps:
            content = content.replace(old.encode(), new.encode())  # noqa: PLW2901 - one replacement after the other
        parts[name] = content
    return makers.package(parts)


def by_libreoffice(data: bytes, kind: str, folder: Path) -> bytes:
    """The workbook, opened and saved by LibreOffice."""
    source = folder / "in.xlsx"
    source.write_bytes(data)
    program = shutil.which("soffice")
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    command = [str(program), profile, "--headless", "--convert-to", kind, "--outdir", str(folder / "out"), str(source)]
    subprocess.run(command, check=True, capture_output=True, timeout=180)
    return next((folder / "out").glob(f"*.{kind.partition(':')[0]}")).read_bytes()


WRITERS: dict[str, Callable[[], bytes]] = {
    "openpyxl.xlsx": by_openpyxl,
    "xlsxwriter.xlsx": by_xlsxwriter,
    "inline.xlsx": lambda: by_xlsxwriter(inline=True),
    "strict.xlsx": lambda: strict(by_xlsxwriter()),
    "hand.xls": by_hand_xls,
    "hand.xlsb": by_hand_xlsb,
    "hand.ods": by_hand_ods,
}


# --- chance -----------------------------------------------------------------------------------------------------------


def changed(data: bytes, chance: random.Random) -> bytes:
    """The bytes after one to five accidents: bits flipped, numbers made huge, pieces lost, repeated or cut off."""
    out = bytearray(data)
    for _ in range(chance.randrange(1, 6)):
        if not out:
            break
        at, act = chance.randrange(len(out)), chance.randrange(7)
        if act == 0:
            out[at] ^= 1 << chance.randrange(8)
        elif act == 1:
            out[at : at + 4] = chance.choice([b"\xff\xff\xff\xff", b"\xff\xff\xff\x7f", bytes(4), b"\x01\0\0\0"])
        elif act == 2:
            del out[at : at + chance.randrange(1, 60)]
        elif act == 3:
            other = chance.randrange(len(out))
            out[at:at] = out[other : other + chance.randrange(120)]
        elif act == 4:
            del out[at:]
        elif act == 5:
            size = chance.randrange(1, 600)
            out[at : at + size] = bytes(size)
        else:
            out[at:at] = chance.randbytes(chance.randrange(1, 30))
    return bytes(out)


def changed_inside(data: bytes, chance: random.Random) -> bytes:
    """A package with an accident in one member, packed again so that sizes and checksums are right."""
    parts = makers.unpacked(data)
    name = chance.choice(sorted(parts))
    parts[name] = changed(parts[name], chance)
    return makers.package(parts)


def mutants(each: int, seed: int) -> Iterator[tuple[str, bytes]]:
    """For every writer as many accidents from outside as from inside."""
    for writer, make in WRITERS.items():
        data = make()
        for number in range(each):
            # the seed is text so that every mutant can be made again by itself
            yield f"{writer} {number}", changed(data, random.Random(f"{seed} {writer} {number}"))  # noqa: S311 - a test
            if data.startswith(b"PK"):
                chance = random.Random(f"{seed} inside {writer} {number}")  # noqa: S311 - a test
                yield f"{writer} inside {number}", changed_inside(data, chance)
