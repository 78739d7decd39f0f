"""Ways in which files go wrong: formats, containers, endings, copies, damage."""

from __future__ import annotations

import io
import struct
import zipfile
from email.message import EmailMessage

from docx import Document
from museum import makers, writers

from simulator.case import Case, way
from simulator.paper import as_csv


@way
def plain(case: Case) -> None:
    case.send()


@way
def nothing_sent(case: Case) -> None:
    case.lose("未报", "E307")


@way
def named_xls(case: Case) -> None:
    case.send(name=f"{case.office}.xls")


@way
def named_et(case: Case) -> None:
    case.send(name=f"{case.office}.et")


@way
def named_xlsm(case: Case) -> None:
    case.send(name=f"{case.office}.xlsm")


@way
def strict_open_xml(case: Case) -> None:
    case.send(writers.strict(case.paper.bytes()))


@way
def csv_utf8(case: Case) -> None:
    case.send(as_csv(case.paper.table(), "utf-8-sig"), name=f"{case.office}.csv")


@way
def csv_gb18030(case: Case) -> None:
    case.send(as_csv(case.paper.table(), "gb18030"), name=f"{case.office}.csv")


@way
def binary_workbook(case: Case) -> None:
    cells = []
    for row, values in enumerate(case.paper.table()):
        cells.append(makers.xlsb_record(0, struct.pack("<I", row) + bytes(12)))
        for column, value in enumerate(values):
            place = struct.pack("<II", column, 0)
            if isinstance(value, int | float):
                cells.append(makers.xlsb_record(5, place + struct.pack("<d", value)))
            elif value is not None:
                text = value if isinstance(value, str) else f"{value:%Y-%m-%d}"
                cells.append(makers.xlsb_record(6, place + makers.wide(text)))
    case.send(makers.xlsb(cells, name="填报表"), name=f"{case.office}.xlsb")


def _zip(members: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as pack:
        for name, data in members.items():
            pack.writestr(name, data)
    return out.getvalue()


@way
def in_an_archive(case: Case) -> None:
    case.files["包.zip"] = _zip({f"乡镇/{case.office}.xlsx": case.paper.bytes(), "__MACOSX/._x": b"x"})
    case.expect(f"包.zip/乡镇/{case.office}.xlsx", "merged")
    case.expect("包.zip/__MACOSX/._x", "ignored")


@way
def in_an_archive_with_gbk_names(case: Case) -> None:
    raw = _zip({"AAAA.xlsx": case.paper.bytes()})
    case.files["旧包.zip"] = raw.replace(b"AAAA", "甲乙".encode("gb18030"))
    case.expect("旧包.zip/甲乙.xlsx", "merged")


@way
def in_an_archive_in_an_archive(case: Case) -> None:
    case.files["套.zip"] = _zip({"内.zip": _zip({f"{case.office}.xlsx": case.paper.bytes()})})
    case.expect(f"套.zip/内.zip/{case.office}.xlsx", "merged")


@way
def in_a_mail(case: Case) -> None:
    mail = EmailMessage()
    mail["Subject"], mail["Date"] = "报表", "Mon, 24 Jun 2019 09:00:00 +0800"
    mail.set_content("请查收")
    mail.add_attachment(
        case.paper.bytes(), maintype="application", subtype="octet-stream", filename=f"{case.office}.xlsx"
    )
    case.files["邮件.eml"] = mail.as_bytes()
    case.expect(f"邮件.eml/{case.office}.xlsx", "merged")


@way
def with_litter(case: Case) -> None:
    case.send()
    for name in (f"~${case.office}.xlsx", ".DS_Store", "说明.txt", "Thumbs.db"):
        case.send(b"x", name=name, state="ignored")


@way
def still_copying(case: Case) -> None:
    case.send(b"x", "F143", name=f"{case.office}.xlsx.crdownload", state="ignored")
    case.lose("未报", "E307")


@way
def with_a_password(case: Case) -> None:
    case.send(
        makers.compound({"EncryptedPackage": bytes(5000), "EncryptionInfo": bytes(300)}), "F101", state="quarantined"
    )
    case.lose("未报", "E307")


@way
def cut_off(case: Case) -> None:
    data = case.paper.bytes()
    case.send(data[: len(data) // 2], "F103", state="quarantined")
    case.lose("未报", "E307")


@way
def zero_bytes(case: Case) -> None:
    case.send(b"", "F104", state="quarantined")
    case.lose("未报", "E307")


@way
def copied(case: Case) -> None:
    data = case.paper.bytes()
    case.send(data, name=f"{case.office}.xlsx", state="duplicate")  # of two copies the first by name counts
    case.send(data, name=f"{case.office}(1).xlsx")


@way
def linked(case: Case) -> None:
    case.links["链接.xlsx"] = f"{case.office}.xlsx"
    case.expect("链接.xlsx", "ignored")
    case.send()


@way
def a_letter_beside_it(case: Case) -> None:
    case.send()
    letter, out = Document(), io.BytesIO()
    letter.add_paragraph("请查收")
    letter.save(out)
    case.send(out.getvalue(), name="报告.docx", state="ignored")


@way
def a_web_page_named_xls(case: Case) -> None:
    case.send(
        b"<html><table><tr><td>1</td></tr></table></html>", "F131", name=f"{case.office}.xls", state="quarantined"
    )
    case.lose("未报", "E307")
