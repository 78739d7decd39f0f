"""Files on a store: what is listed, what is lost on the way, and when it is the store itself that is lost."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from fsspec.implementations.memory import MemoryFileSystem

from xlplan.errors import XlplanError
from xlplan.files.archives import Item
from xlplan.files.limits import Limits
from xlplan.files.remote import fetch

INBOX = "memory://桶/收件箱"
HERE = "/桶/收件箱"


@pytest.fixture
def store() -> Iterator[MemoryFileSystem]:
    fs = MemoryFileSystem()
    yield fs
    fs.store.clear()
    fs.pseudo_dirs[:] = [""]


def fetched(address: str = INBOX) -> dict[str, str]:
    return {one.path: one.finding.code if one.finding else one.data.decode() for one in fetch(address, Limits())}


def code_of(items: Iterator[Item]) -> str:
    with pytest.raises(XlplanError) as caught:
        list(items)
    return caught.value.finding.code


def lose(monkeypatch: pytest.MonkeyPatch, path: str, *, whole: bool) -> None:
    """From the moment on when this file is asked for it is gone, or the whole store is."""
    read = MemoryFileSystem.cat_file
    gone: list[str] = []

    def cat_file(self: Any, at: str, *words: Any, **named: Any) -> Any:
        if at == path or (whole and gone):
            gone.append(at)
            raise ConnectionError("no answer") if whole else FileNotFoundError(at)
        return read(self, at, *words, **named)

    def ls(self: Any, at: str, **named: Any) -> Any:
        if whole and gone:
            raise ConnectionError("no answer")
        return listing(self, at, **named)

    listing = MemoryFileSystem.ls
    monkeypatch.setattr(MemoryFileSystem, "cat_file", cat_file)
    monkeypatch.setattr(MemoryFileSystem, "ls", ls)


@pytest.mark.parametrize("at_once", [False, True])
def test_all_files_come_in_the_order_of_names_whatever_these_are(
    store: MemoryFileSystem, monkeypatch: pytest.MonkeyPatch, *, at_once: bool
) -> None:
    monkeypatch.setattr(MemoryFileSystem, "async_impl", at_once)
    names = sorted([*(f"甲/{number:03d}.csv" for number in range(100)), "乙?#[1].csv", "乙%20 *.csv"])
    for name in names:
        store.pipe_file(f"{HERE}/{name}", name.encode())
    assert list(fetched().items()) == [(f"收件箱/{name}", name) for name in names]
    assert fetched(f"{INBOX}/甲/007.csv") == {"007.csv": "甲/007.csv"}


def test_what_marks_a_folder_is_no_return(store: MemoryFileSystem, monkeypatch: pytest.MonkeyPatch) -> None:
    """The consoles of object stores make empty objects whose names end with a slash."""
    store.pipe_file(f"{HERE}/甲.csv", b"a")
    marker = {"name": f"{HERE}/县里/", "size": 0, "type": "file"}
    found = {f"{HERE}/甲.csv": {"name": f"{HERE}/甲.csv", "size": 1, "type": "file"}, f"{HERE}/县里/": marker}
    monkeypatch.setattr(MemoryFileSystem, "find", lambda *_, **__: found)
    assert fetched() == {"收件箱/甲.csv": "a"}
    monkeypatch.setattr(MemoryFileSystem, "find", lambda *_, **__: {f"{HERE}/县里/": marker})
    assert code_of(fetch(INBOX, Limits())) == "W101"


def test_a_file_that_is_gone_when_it_is_fetched_costs_only_itself(
    store: MemoryFileSystem, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in "abc":
        store.pipe_file(f"{HERE}/{name}.csv", name.encode())
    lose(monkeypatch, f"{HERE}/b.csv", whole=False)
    assert fetched() == {"收件箱/a.csv": "a", "收件箱/b.csv": "F144", "收件箱/c.csv": "c"}


def test_a_store_that_goes_away_meanwhile_ends_the_run(
    store: MemoryFileSystem, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Else every return that was not fetched yet would be on record as one that cannot be read."""
    for number in range(50):
        store.pipe_file(f"{HERE}/{number:02d}.csv", b"a")
    lose(monkeypatch, f"{HERE}/20.csv", whole=True)
    assert code_of(fetch(INBOX, Limits())) == "W801"


def test_too_large_files_and_lock_files_are_not_fetched(
    store: MemoryFileSystem, monkeypatch: pytest.MonkeyPatch
) -> None:
    store.pipe_file(f"{HERE}/~$甲.xlsx", b"x")
    store.pipe_file(f"{HERE}/大.csv", b"12345")
    monkeypatch.setattr(MemoryFileSystem, "cat_file", lambda *_, **__: pytest.fail("fetched"))
    codes = {one.path: one.finding.code for one in fetch(INBOX, Limits(archive=4)) if one.finding}
    assert codes == {"收件箱/~$甲.xlsx": "F141", "收件箱/大.csv": "F111"}


def test_the_kind_of_store_may_be_written_in_capitals(store: MemoryFileSystem) -> None:
    store.pipe_file(f"{HERE}/a.csv", b"a")
    assert fetched("MEMORY://桶/收件箱") == {"收件箱/a.csv": "a"}
    assert code_of(fetch("nosuch://桶/收件箱", Limits())) == "W801"
