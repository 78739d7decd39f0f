"""Files that wait on an object store, or wherever else fsspec reaches (`s3://bucket/inbox`), as items to be read."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from xlplan.errors import XlplanError
from xlplan.files import names
from xlplan.files.archives import Item, unpack, without
from xlplan.files.limits import Limits
from xlplan.rules import find


def is_address(text: str) -> bool:
    """Whether it is an address of a store and no path."""
    return "://" in text


def fetch(address: str, limits: Limits) -> Iterator[Item]:
    """Every file at an address, opened like those of a folder, in the order of names.

    A file that cannot be fetched is an item with its finding. XlplanError W801 when the store itself cannot be reached,
    W101 when there is nothing.
    """
    store, files = _listed(address)
    top = posixpath.dirname(address.partition("://")[2].rstrip("/"))
    for path, about in files:
        shown = names.readable(posixpath.relpath(path, top) if top else path)
        size, time = int(about.get("size") or 0), _time(about)
        if early := names.early(shown):
            yield replace(without(shown, early), time=time)
        elif size > limits.archive:
            yield without(shown, "F111", found=size, limit=limits.archive)
        else:
            try:
                data = bytes(store.cat_file(path))
            except Exception as error:  # noqa: BLE001 - every store's library has errors of its own
                yield without(shown, "F144", detail=f"{type(error).__name__}: {error}"[:200])
                continue
            yield from unpack(data, shown, limits, time)


def _listed(address: str) -> tuple[Any, list[tuple[str, dict[str, Any]]]]:
    try:
        from fsspec.core import url_to_fs

        store, root = url_to_fs(address, use_listings_cache=False)
        found = store.find(root, detail=True)
    except FileNotFoundError:
        found = {}
    except Exception as error:
        detail = f"{type(error).__name__}: {error}"[:200]
        raise XlplanError(find("W801", place=address, detail=detail)) from error
    if not found:
        raise XlplanError(find("W101", path=address))
    return store, sorted((path, about) for path, about in found.items() if about.get("type") != "directory")


def _time(about: dict[str, Any]) -> datetime | None:
    """When the object was last changed, where the store says; aware."""
    time = about.get("LastModified") or about.get("last_modified") or about.get("mtime") or about.get("created")
    if isinstance(time, int | float):
        return datetime.fromtimestamp(time, UTC)
    if isinstance(time, datetime):
        return time if time.tzinfo else time.replace(tzinfo=UTC)
    return None
