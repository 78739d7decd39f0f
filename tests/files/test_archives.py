"""Everything that is handed in comes out, with its path and time, or is named."""

from __future__ import annotations

import os
import sys
from datetime import UTC, datetime, timedelta, timezone
from email.message import EmailMessage
from pathlib import Path

import pytest
from museum import makers

from xlplan.files.archives import Item, unpack
from xlplan.files.limits import Limits

FORM = makers.one_sheet('<row r="1"><c r="A1"><v>1</v></c></row>')


def outcome(items: list[Item]) -> dict[str, str]:
    """For each path the finding's code, or that there is something to read."""
    return {item.path: item.finding.code if item.finding else "read" for item in items}


def packed(members: dict[str, bytes]) -> bytes:
    return makers.package(members)


def named_in(encoding: str) -> bytes:
    """An archive whose member's name is in an encoding that it does not declare."""
    raw = "甲科室.xlsx".encode(encoding)
    return packed({"X" * len(raw): FORM}).replace(b"X" * len(raw), raw)


@pytest.fixture
def inbox(tmp_path: Path) -> Path:
    folder = tmp_path / "收件"
    (folder / "二级").mkdir(parents=True)
    return folder


def test_a_folder_is_walked_in_order_and_nothing_is_dropped(inbox):
    for name in ("乙科.xlsx", "甲科.xlsx", "~$甲科.xlsx", ".DS_Store", "Thumbs.db", "desktop.ini", "二级/丙科.et"):
        (inbox / name).write_bytes(FORM)
    (inbox / "说明.txt").write_text("请填报", encoding="utf-8")
    (inbox / "通知.pdf").write_bytes(b"%PDF-1.7")
    (inbox / "丁科.xlsx.crdownload").write_bytes(FORM)
    (inbox / "戊科.csv").write_text("编号,值", encoding="gb18030")
    (inbox / "己科.xlsx").write_bytes(b"")
    (inbox / "打包.rar").write_bytes(b"Rar!\x1a\x07\x01\x00")
    items = list(unpack(inbox))
    assert outcome(items) == {
        "收件/.DS_Store": "F141",
        "收件/Thumbs.db": "F141",
        "收件/desktop.ini": "F141",
        "收件/~$甲科.xlsx": "F141",
        "收件/丁科.xlsx.crdownload": "F143",
        "收件/乙科.xlsx": "read",
        "收件/二级/丙科.et": "read",
        "收件/己科.xlsx": "read",
        "收件/戊科.csv": "read",
        "收件/打包.rar": "read",
        "收件/甲科.xlsx": "read",
        "收件/说明.txt": "F141",
        "收件/通知.pdf": "F141",
    }
    assert [item.path for item in items] == sorted(item.path for item in items)


def test_content_decides_where_the_ending_is_strange(inbox):
    (inbox / "甲科.xlsx(1)").write_bytes(FORM)
    (inbox / "甲科").write_bytes(makers.xls([]))
    (inbox / "备注").write_text("无", encoding="utf-8")
    assert outcome(list(unpack(inbox))) == {"收件/备注": "F141", "收件/甲科": "read", "收件/甲科.xlsx(1)": "read"}


def test_a_file_says_when_it_was_changed(inbox):
    path = inbox / "甲科.xlsx"
    path.write_bytes(FORM)
    os.utime(path, (0, datetime(2019, 6, 28, tzinfo=UTC).timestamp()))
    [item] = unpack(path)
    assert (item.path, item.data, item.time) == ("甲科.xlsx", FORM, datetime(2019, 6, 28, tzinfo=UTC))


@pytest.mark.skipif(sys.platform == "win32", reason="links need rights on Windows")
def test_links_and_special_files_are_not_opened(inbox, tmp_path):
    (tmp_path / "外面.xlsx").write_bytes(FORM)
    (inbox / "链接.xlsx").symlink_to(tmp_path / "外面.xlsx")
    (inbox / "绕圈").symlink_to(inbox)
    os.mkfifo(inbox / "管道.xlsx")
    assert outcome(list(unpack(inbox))) == {"收件/管道.xlsx": "F142", "收件/绕圈": "F142", "收件/链接.xlsx": "F142"}


def test_what_is_not_there_is_named(tmp_path):
    assert outcome(list(unpack(tmp_path / "没有.xlsx"))) == {"没有.xlsx": "F144"}


def test_archives_are_opened_also_inside_one_another():
    inner = packed({"丙科.xlsx": FORM})
    data = packed({"乙科.xlsx": FORM, "内.zip": inner, "读我.txt": b"x", "__MACOSX/._乙科.xlsx": b"x", "夹/": b""})
    items = list(unpack(data, "包.zip"))
    assert outcome(items) == {
        "包.zip/__MACOSX/._乙科.xlsx": "F141",
        "包.zip/乙科.xlsx": "read",
        "包.zip/内.zip/丙科.xlsx": "read",
        "包.zip/读我.txt": "F141",
    }
    assert {item.time for item in items if item.data} == {datetime(2019, 6, 28, 9, 30)}  # noqa: DTZ001 - archives have no zone


def test_archives_too_deep_are_named():
    data = FORM
    for name in ("a.xlsx", "b.zip", "c.zip", "d.zip", "e.zip"):
        data = packed({name: data})
    assert outcome(list(unpack(data, "f.zip"))) == {"f.zip/e.zip/d.zip/c.zip": "F118"}
    for name in ("甲.eml", "乙.eml", "丙.eml", "丁.eml"):
        data = mail(**{name: data}).as_bytes()
    assert outcome(list(unpack(data, "戊.eml"))) == {"戊.eml/丁.eml/丙.eml/乙.eml": "F118"}


@pytest.mark.parametrize("encoding", ["gb18030", "utf-8"])
def test_names_in_either_encoding(encoding):
    [item] = unpack(named_in(encoding), "包.zip")
    assert item.path == "包.zip/甲科室.xlsx"


def test_names_that_the_archive_declares():
    [item] = unpack(packed({"甲科.xlsx": FORM}), "包.zip")
    assert item.path == "包.zip/甲科.xlsx"


@pytest.mark.parametrize("name", ["../甲科.xlsx", "/甲科.xlsx", "a/../../甲科.xlsx"])
def test_members_do_not_leave_their_folder_and_do_not_stop_the_others(name):
    found = outcome(list(unpack(packed({name: FORM, "乙科.xlsx": FORM}), "包.zip")))
    assert sorted(found.values()) == ["F108", "read"]


def test_a_damaged_member_does_not_stop_the_others():
    data = bytearray(packed({"甲科.xlsx": FORM, "乙科.xlsx": FORM}))
    at = data.index(b"PK\x03\x04")
    data[at + 80 : at + 90] = bytes(10)
    assert sorted(outcome(list(unpack(bytes(data), "包.zip"))).values()) == ["F102", "read"]


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (packed({"甲科.xlsx": FORM})[:200], "F103"),
        (packed({}), "F145"),
        (packed({"夹/": b""}), "F145"),
    ],
)
def test_archives_with_nothing_to_read(data, code):
    assert outcome(list(unpack(data, "包.zip"))) == {"包.zip": code}


def test_bounds_of_archives():
    data = packed({f"{number}.csv": b"1,2\n" * 100 for number in range(4)})
    assert set(outcome(list(unpack(data, "包.zip", Limits(members=3)))).values()) == {"F112"}
    assert set(outcome(list(unpack(data, "包.zip", Limits(size=100)))).values()) == {"F111"}
    found = outcome(list(unpack(data, "包.zip", Limits(archive=900))))
    assert sorted(found.values()) == ["F113", "F113", "read", "read"]


def test_a_bomb_in_an_archive_is_refused():
    data = packed({"bomb.csv": bytes(30 << 20), "乙科.xlsx": FORM})
    assert sorted(outcome(list(unpack(data, "包.zip"))).values()) == ["F114", "read"]


def mail(**parts: bytes) -> EmailMessage:
    message = EmailMessage()
    message["From"], message["To"], message["Subject"] = "a@example.org", "b@example.org", "二季度"
    message["Date"] = datetime(2019, 6, 28, 9, 30, tzinfo=timezone(timedelta(hours=8)))
    message.set_content("见附件")
    for name, data in parts.items():
        message.add_attachment(data, maintype="application", subtype="octet-stream", filename=name)
    return message


def test_attachments_come_with_the_mails_date():
    message = mail(**{"甲科.xlsx": FORM, "包.zip": packed({"乙科.xlsx": FORM}), "图.png": b"\x89PNG\r\n"})
    items = list(unpack(message.as_bytes(), "信.eml"))
    assert outcome(items) == {"信.eml/甲科.xlsx": "read", "信.eml/包.zip/乙科.xlsx": "read", "信.eml/图.png": "F141"}
    assert items[0].time == datetime(2019, 6, 28, 1, 30, tzinfo=UTC)


def test_attachment_names_in_bare_gbk():
    text = mail(**{"PLACE.xlsx": FORM}).as_bytes().replace(b"PLACE.xlsx", "甲科.xlsx".encode("gb18030"))
    [item] = unpack(text, "信.eml")
    assert item.path == "信.eml/甲科.xlsx"


@pytest.mark.parametrize(
    ("header", "code"),
    [
        ("Content-Disposition: attachment; " + "a=b; " * 20_000, "F141"),
        ('Content-Disposition: attachment; filename="' + "=?utf-8?q?a?= " * 10_000 + '"', "F141"),
        ("Content-Type: multipart/mixed; boundary=b\r\n\r\n" + "--b\r\n\r\nx\r\n" * 50_000, "F112"),
        ("".join(f"Content-Type: multipart/mixed; boundary=b{n}\r\n\r\n--b{n}\r\n" for n in range(3000)), "F112"),
    ],
    ids=["parameters", "words", "parts", "nested"],
)
def test_mails_that_are_made_to_cost_much_are_cheap(header, code):
    text = f"From: a@example.org\r\nTo: b@example.org\r\nSubject: x\r\n{header}\r\n\r\nx".encode()
    assert set(outcome(list(unpack(text, "信.eml"))).values()) == {code}


def test_a_mail_without_attachments_is_named():
    assert outcome(list(unpack(mail().as_bytes(), "信.eml"))) == {"信.eml": "F145"}
