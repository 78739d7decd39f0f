"""What was worked out once, kept in `.cache/` beside the workspace until anything that it depends on changes.

Only a convenience: it may be deleted at any time, and what is missing, damaged, of another version or not writable is
worked out anew.
"""

from __future__ import annotations

import json
import os
import sys
from contextlib import suppress
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from xlplan import __version__
from xlplan.errors import XlplanError
from xlplan.files.disk import digest, write_bytes
from xlplan.files.limits import MEGABYTE
from xlplan.ledger.records import to_json

if TYPE_CHECKING:
    from collections.abc import Iterable

_encode = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode
_LARGEST = 64 * MEGABYTE
_IGNORE = b"# made by xlplan, may be deleted\n*\n"


@dataclass(frozen=True)
class Kept:
    """JSON values in a file, one a line, so that a large one may come in parts; `key` says what they were made of."""

    path: Path
    key: str

    @classmethod
    def of(cls, root: Path, name: str, *facts: object) -> Kept:
        """What a workspace keeps by a name, for these facts, which JSON can hold."""
        return cls(root / ".cache" / f"{name}.json", digest(to_json([_reader(), *facts]).encode()))

    def get(self) -> list[Any]:
        """What was kept under this key; nothing when nothing was, or it is not whole."""
        try:
            if self.path.stat().st_size > _LARGEST:
                return []
            head, _, body = self.path.read_bytes().partition(b"\n")
        except OSError:
            return []
        if head != self._head(body):
            return []
        try:
            return [json.loads(line) for line in body.split(b"\n")]
        except (ValueError, RecursionError):
            return []

    def put(self, values: Iterable[object]) -> None:
        """Keep values, where there is room and leave to."""
        body = b"\n".join(_encode(one).encode(errors="surrogatepass") for one in values)
        if len(body) > _LARGEST:
            return
        with suppress(XlplanError):
            write_bytes(self.path.with_name(".gitignore"), _IGNORE)
            write_bytes(self.path, self._head(body) + b"\n" + body)

    def _head(self, body: bytes) -> bytes:
        return f"{self.key} {digest(body)}".encode()


@cache
def _reader() -> str:
    """What stands for the program: a clone changes without a new version, so its sources are looked at."""
    mark = [__version__, sys.version]
    for folder, inside, names in os.walk(Path(__file__).parent.parent):
        inside[:] = sorted(set(inside) - {"__pycache__"})
        for name in sorted(names):
            found = os.stat(os.path.join(folder, name))  # noqa: PTH116, PTH118 - there are hundreds, at every start
            mark.append(f"{folder} {name} {found.st_size} {found.st_mtime_ns}")
    return "\n".join(mark)
