"""Signs of whose a table is that stand outside its stamp: the file's name, the folders around it, the owner column."""

from __future__ import annotations

from typing import TYPE_CHECKING

from xlplan.chinese.owners.resolve import resolve_owner
from xlplan.headers import Field
from xlplan.marks import half

if TYPE_CHECKING:
    from collections.abc import Iterator

    from xlplan.model import Office, Plan, Returned, ReturnedSheet

_SHORTEST = 3  # letters of a name that is hardly part of another word


def other_signs(returned: Returned, sheet: ReturnedSheet, plan: Plan) -> Iterator[tuple[str, Office]]:
    """Each sign that names an office: the head's 填报单位, the column 责任单位, the file's or its folder's name."""
    head = _resolved(sheet.office.strip(), plan)
    if head:
        yield "填报单位", head
    owners = {row.get(Field.OFFICE).text for row in sheet.rows} - {""}
    column = _resolved(next(iter(owners)), plan) if len(owners) == 1 else None
    if column and not column.members:
        yield "责任单位", column
    named = (named_in(part, plan) for part in reversed(returned.file.split("/")))
    if office := next((one for one in named if one), None):
        yield "文件名", office


def named_in(text: str, plan: Plan) -> Office | None:
    """The one office whose full name stands in a file's or folder's name; short names and the issuer's say nothing."""
    named = [one for name, one in plan.offices_in(text) if name == half(one.name) and len(name) >= _SHORTEST]
    hits = [one for one in named if one.name not in plan.issuer and not one.members]
    if not hits:
        return None
    longest = max(len(one.name) for one in hits)
    best = [one for one in hits if len(one.name) == longest]
    return best[0] if len(best) == 1 and all(one.name in best[0].name for one in hits) else None


def _resolved(name: str, plan: Plan) -> Office | None:
    return resolve_owner(name, plan.offices)[0] if name else None
