"""An archive on an object store, or whatever else fsspec reaches: `s3://bucket/prefix`."""

from __future__ import annotations

import hashlib
import os
import posixpath
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from xlplan import rules

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from xlplan.finding import Finding
    from xlplan.ledger.archive import Original


@dataclass(frozen=True)
class Store:
    """An archive at an address. Objects appear whole or not at all, so nothing unfinished is ever left."""

    where: str
    is_here: bool = False

    def keep(self, one: Original) -> None:
        """Keep it (`ab/abcdef….xlsx`)."""
        store, root = self._open()
        path = f"{root}/{one.sha256[:2]}/{one.sha256}{posixpath.splitext(one.path)[1].lower()}"
        with _Told():
            if not store.exists(path):
                store.pipe_file(path, one.data)

    def read(self, sha256: str) -> bytes:
        """Its bytes."""
        store, root = self._open()
        with _Told():
            kept = _digests(store, f"{root}/{sha256[:2]}").get(sha256)
            if not kept:
                raise FileNotFoundError(2, os.strerror(2), sha256)
            return bytes(store.cat_file(kept))

    def check(self, recorded: Mapping[str, str]) -> Iterator[Finding]:
        """What is missing or changed."""
        store, root = self._open()
        with _Told():
            kept = _digests(store, root)
            for sha256, path in recorded.items():
                if sha256 not in kept:
                    yield rules.find("W722", path=path, sha256=sha256)
                elif hashlib.sha256(store.cat_file(kept[sha256])).hexdigest() != sha256:
                    yield rules.find("W723", path=path, file=posixpath.relpath(kept[sha256], root))

    def settle(self) -> None:
        """A store has what it was given."""

    def tidy(self) -> None:
        """Nothing is left unfinished."""

    def _open(self) -> tuple[Any, str]:
        with _Told():
            from fsspec.core import url_to_fs

            # what was listed once may have changed since; several machines keep originals here
            store, root = url_to_fs(self.where, use_listings_cache=False)
            return store, root.rstrip("/")


def _digests(store: Any, folder: str) -> dict[str, str]:  # noqa: ANN401 - the library ships no types
    """The files in a folder and its folders, by the digests that they are named by."""
    return {posixpath.basename(path).partition(".")[0]: path for path in sorted(store.find(folder), reverse=True)}


class _Told:
    """Turns whatever a store's library raises into an OSError, which is what callers reckon with."""

    def __enter__(self) -> None:
        """Begin."""

    def __exit__(self, kind: object, error: BaseException | None, trace: object) -> None:
        """End."""
        if isinstance(error, Exception) and not isinstance(error, OSError):
            raise OSError(5, f"{type(error).__name__}: {error}"[:200]) from error
