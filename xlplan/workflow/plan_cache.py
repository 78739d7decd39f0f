"""What was read of plan.xlsx, kept beside the workspace until anything that the reading depends on changes.

Only a convenience: it may be deleted at any time, and a cache that is missing, damaged, of another version or not
writable means that the plan is read anew.
"""

from __future__ import annotations

import json
import os
import sys
from contextlib import suppress
from dataclasses import astuple, dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from xlplan import __version__
from xlplan.errors import XlplanError
from xlplan.files.disk import digest, write_bytes
from xlplan.files.limits import MEGABYTE
from xlplan.ledger.records import finding_of, finding_record, row_of, row_record, to_json
from xlplan.model import Office, Plan, Section, Task

if TYPE_CHECKING:
    from collections.abc import Mapping

    from xlplan.finding import Finding

_LARGEST = 64 * MEGABYTE
_IGNORE = b"# made by xlplan, may be deleted\n*\n"
_MISREAD = (AttributeError, KeyError, TypeError, ValueError, ArithmeticError, RecursionError)


@dataclass(frozen=True)
class PlanRead:
    """A plan workbook as read: the plan (None when it is none), the findings, and what is still to be written down.

    `given` are the codes that the workbook lacks, by sheet and cell; `news` the identities, by code, that the ledger
    does not know yet.
    """

    plan: Plan | None
    findings: tuple[Finding, ...]
    given: Mapping[tuple[str, str], str]
    news: Mapping[str, str]


@dataclass(frozen=True)
class PlanCache:
    """The last reading of plan.xlsx, in a file; `key` says what it was made of."""

    path: Path
    key: str

    @classmethod
    def of(cls, root: Path, data: bytes, *others: object) -> PlanCache:
        """The cache of a workspace, for a plan.xlsx of these bytes and whatever else its reading depends on."""
        return cls(root / ".cache" / "plan.json", digest(to_json([_reader(), digest(data), *others]).encode()))

    def get(self) -> PlanRead | None:
        """What was kept under this key; None when nothing was, or it is not whole."""
        try:
            if self.path.stat().st_size > _LARGEST:
                return None
            head, _, body = self.path.read_bytes().partition(b"\n")
        except OSError:
            return None
        if head != self._head(body):
            return None
        try:
            return _read_of(json.loads(body))
        except _MISREAD:
            return None

    def put(self, read: PlanRead) -> None:
        """Keep a reading, where there is room and leave to."""
        if read.plan is None:
            return
        record = _record(read.plan, read)
        body = json.dumps(record, ensure_ascii=False, separators=(",", ":")).encode(errors="surrogatepass")
        if len(body) > _LARGEST:
            return
        with suppress(XlplanError):
            write_bytes(self.path.with_name(".gitignore"), _IGNORE)
            write_bytes(self.path, self._head(body) + b"\n" + body)

    def _head(self, body: bytes) -> bytes:
        return f"{self.key} {digest(body)}".encode()


@cache
def _reader() -> str:
    """What stands for the program that reads: a clone changes without a new version, so its sources are looked at."""
    mark = [__version__, sys.version]
    for folder, inside, names in os.walk(Path(__file__).parent.parent):
        inside[:] = sorted(set(inside) - {"__pycache__"})
        for name in sorted(names):
            found = os.stat(os.path.join(folder, name))  # noqa: PTH116, PTH118 - there are hundreds, at every start
            mark.append(f"{folder} {name} {found.st_size} {found.st_mtime_ns}")
    return "\n".join(mark)


def _record(plan: Plan, read: PlanRead) -> dict[str, Any]:
    return {
        "plan": _plan_record(plan),
        "findings": [finding_record(one) for one in read.findings],
        "given": [[sheet, cell, code] for (sheet, cell), code in read.given.items()],
        "news": dict(read.news),
    }


def _read_of(record: dict[str, Any]) -> PlanRead:
    return PlanRead(
        _plan_of(record["plan"]),
        tuple(map(finding_of, record["findings"])),
        {(sheet, cell): code for sheet, cell, code in record["given"]},
        record["news"],
    )


def _plan_record(plan: Plan) -> dict[str, Any]:
    """A plan as it stands in plan.xlsx: its tasks are a title and a text, everything else is in the rows."""
    return {
        "about": [plan.title, plan.issuer, plan.number, plan.year, plan.language],
        "sections": [[one.code, one.label, one.title] for one in plan.sections],
        "tasks": [[one.code, one.label, one.section, one.title, one.text] for one in plan.tasks],
        "offices": [astuple(one) for one in plan.offices],
        "rows": [row_record(row) for row in plan.rows],
    }


def _plan_of(record: dict[str, Any]) -> Plan:
    title, issuer, number, year, language = record["about"]
    return Plan(
        title,
        issuer,
        number,
        year,
        tuple(Section(*one) for one in record["sections"]),
        tuple(Task(*one) for one in record["tasks"]),
        offices=tuple(_office_of(one) for one in record["offices"]),
        rows=tuple(map(row_of, record["rows"])),
        language=language,
    )


def _office_of(record: list[Any]) -> Office:
    code, name, aliases, members, leader, contact, duties = record
    return Office(sys.intern(code), name, tuple(aliases), tuple(members), leader, contact, tuple(duties))
