"""Files that wait on an object store, or wherever else fsspec reaches (`s3://bucket/inbox`), as items to be read."""

from __future__ import annotations

import posixpath
from collections import deque
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any

from xlplan.errors import XlplanError
from xlplan.files import names
from xlplan.files.archives import Item, unpack, without
from xlplan.files.limits import Limits
from xlplan.rules import find

_AT_ONCE = 8  # files that are fetched at the same time, where the store's library can do that
_AHEAD = 64 << 20  # bytes that are fetched before they are asked for


def fetch(address: str, limits: Limits) -> Iterator[Item]:
    """Every file at an address, opened like those of a folder, in the order of names.

    A file that cannot be fetched is an item with its finding. XlplanError W801 when the store itself cannot be reached,
    before or meanwhile, W101 when there is nothing.
    """
    store = _Store(address)
    waiting: deque[tuple[_File, Future[bytes] | None]] = deque()
    ahead = 0
    with ThreadPoolExecutor(_AT_ONCE if getattr(store.files, "async_impl", False) else 1) as pool:
        try:
            for one in store.listed():
                refused = one.refused(limits)
                waiting.append((one, None if refused else pool.submit(store.read, one.path)))
                ahead += one.size
                while len(waiting) > _AT_ONCE or ahead > _AHEAD:
                    ahead -= waiting[0][0].size
                    yield from _opened(store, *waiting.popleft(), limits)
            while waiting:
                yield from _opened(store, *waiting.popleft(), limits)
        finally:
            pool.shutdown(wait=False, cancel_futures=True)


@dataclass(frozen=True)
class _File:
    """A file on a store: its path there, the path that people are told, its size and when it was last changed."""

    path: str
    shown: str
    size: int
    time: datetime | None

    def refused(self, limits: Limits) -> Item | None:
        """The item that it is without being fetched, where that is clear from its name or size."""
        if code := names.early(self.shown):
            return replace(without(self.shown, code), time=self.time)
        if self.size > limits.archive:
            return without(self.shown, "F111", found=self.size, limit=limits.archive)
        return None


def _opened(store: _Store, one: _File, data: Future[bytes] | None, limits: Limits) -> Iterator[Item]:
    if data is None:
        yield one.refused(limits) or without(one.shown, "F144", detail="-")
        return
    try:
        content = data.result()
    except Exception as error:  # noqa: BLE001 - every store's library has errors of its own
        store.still_there()
        yield without(one.shown, "F144", detail=_told(error))
        return
    yield from unpack(content, one.shown, limits, one.time)


class _Store:
    """The place behind an address. XlplanError W801 when it cannot be reached."""

    def __init__(self, address: str) -> None:
        scheme, mark, rest = address.partition("://")
        self.address = f"{scheme.lower()}{mark}{rest}"
        try:
            from fsspec.core import url_to_fs

            self.files, self.root = url_to_fs(self.address, use_listings_cache=False)
        except Exception as error:
            raise self._gone(error) from error

    def listed(self) -> list[_File]:
        """The files in the order of names. XlplanError W101 when there is none."""
        try:
            found = self.files.find(self.root, detail=True)
        except FileNotFoundError:
            found = {}
        except Exception as error:
            raise self._gone(error) from error
        top = posixpath.dirname(self.root.rstrip("/"))
        files = [
            _File(path, names.readable(posixpath.relpath(path, top) if top else path), _size(about), _time(about))
            for path, about in sorted(found.items())
            if not _is_folder(path, about)
        ]
        if not files:
            raise XlplanError(find("W101", path=self.address))
        return files

    def read(self, path: str) -> bytes:
        """The bytes of a file."""
        return bytes(self.files.cat_file(path))

    def still_there(self) -> None:
        """Raise when it is not one file that is lost but the store: what was not read did not come back broken."""
        try:
            self.files.ls(self.root, detail=False)
        except FileNotFoundError:  # it answers
            return
        except Exception as error:
            raise self._gone(error) from error

    def _gone(self, error: Exception) -> XlplanError:
        return XlplanError(find("W801", place=self.address, detail=_told(error)))


def _told(error: Exception) -> str:
    return f"{type(error).__name__}: {error}"[:200]


def _is_folder(path: str, about: dict[str, Any]) -> bool:
    """Whether it is a folder, or the empty object by which consoles of object stores mark one."""
    return about.get("type") == "directory" or (path.endswith("/") and not _size(about))


def _size(about: dict[str, Any]) -> int:
    return int(about.get("size") or 0)


def _time(about: dict[str, Any]) -> datetime | None:
    """When the object was last changed, where the store says; aware."""
    time = about.get("LastModified") or about.get("last_modified") or about.get("mtime") or about.get("created")
    if isinstance(time, int | float):
        return datetime.fromtimestamp(time, UTC)
    if isinstance(time, datetime):
        return time if time.tzinfo else time.replace(tzinfo=UTC)
    return None
