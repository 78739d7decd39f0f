"""A period's merged entries as the JSON document of `xlplan export --json`."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from xlplan import rules
from xlplan.headers import Field, header_words
from xlplan.reasons import reason_text

if TYPE_CHECKING:
    from collections.abc import Iterable
    from decimal import Decimal

    from xlplan.finding import Finding
    from xlplan.model import Entry, Source, Submission
    from xlplan.model.progress import OfficeLight, Progress, Tally

_FIELDS = frozenset(Field)

COLUMNS: dict[str, str] = {
    **dict.fromkeys(("period", "row", "task"), "text"),
    **dict.fromkeys(("office", "role"), "word"),
    "target": "text",
    "value": "number",
    "status": "word",
    **dict.fromkeys(("progress", "problem"), "text"),
    **dict.fromkeys(("grade", "light"), "word"),
    "reason": "text",
    "rate": "number",
    **dict.fromkeys(("color", "word", "section", "leader"), "word"),
    "deadline": "day",
    **dict.fromkeys(("kind", "comparator"), "word"),
    **dict.fromkeys(("target_value", "target_max", "baseline"), "number"),
    "unit": "word",
    **dict.fromkeys(("extra", "file", "sheet", "cells", "sha256", "origins"), "text"),
}
"""The columns of a flat table of entries, in their order: text, number, day, or word (one of a few texts)."""


def finding_json(finding: Finding, lang: str) -> dict[str, str]:
    """One finding with its sentence in `zh` or `en`."""
    return {
        "code": finding.code,
        "severity": finding.severity.value,
        "place": str(finding.place),
        "message": rules.message(finding, lang),
    }


def submission_json(one: Submission, lang: str) -> dict[str, Any]:
    """One file and what became of it; of several offices in one file the first is named."""
    return {
        "path": one.path,
        "sha256": one.sha256,
        "state": one.state.value,
        "office": one.offices[0] if one.offices else None,
        "findings": [finding_json(finding, lang) for finding in one.findings],
    }


def export_json(
    tally: Tally, files: Iterable[Submission], lang: str, unplaced: Iterable[Entry] | None = None
) -> dict[str, Any]:
    """The whole period: files, an entry per slot in plan order, findings.

    With `unplaced` it is told in full: the rows waiting to be claimed, the lights of whole offices, and for each entry
    its rate, its light's colour and name by the rule, who set it by hand, what the plan says of its row, and the
    columns that the office or the bureau added.
    """
    titles = {task.code: task.title for task in tally.plan.tasks}
    entries = [_entry(tally, line, titles[line.row.task]) for line in tally.lines]
    content: dict[str, Any] = {
        "period": tally.period.code,
        "files": [submission_json(one, lang) for one in files],
        "entries": entries,
        "findings": [finding_json(finding, lang) for finding in tally.findings],
    }
    if unplaced is not None:
        more = _More(tally)
        for entry, line in zip(entries, tally.lines, strict=True):
            entry.update(more.of(line))
        content["unplaced"] = [_unplaced(one) for one in unplaced]
        content["offices"] = [_office(tally, one) for one in tally.offices]
    return content


def origins_json(source: Source) -> list[dict[str, str]]:
    """Where the content comes from one level down: column, office, text, file, sheet, cell, digest."""
    return [{**asdict(one), "field": header_words(Field(one.field))} for one in source.origins]


def where_text(origin: dict[str, str]) -> str:
    """An origin in one line: office, file, sheet and cell."""
    return f"{origin['office']} {origin['file']} {origin['sheet']}!{origin['cell']}"


def flat_rows(content: dict[str, Any]) -> list[dict[str, str | None]]:
    """The entries of a document told in full as flat rows with the `COLUMNS`: each with its period and its source."""
    rows = []
    for entry in content["entries"]:
        source = entry["source"] or {}
        told = {"period": content["period"], "extra": _pairs(entry["extra"]), "cells": _pairs(source.get("cells", {}))}
        told["origins"] = ";".join(where_text(one) for one in entry["origins"]) or None
        flat = {**entry, **{name: source.get(name) for name in ("file", "sheet", "sha256")}, **told}
        rows.append({name: flat[name] for name in COLUMNS})
    return rows


def _office(tally: Tally, one: OfficeLight) -> dict[str, str]:
    """The light of a whole office, where the rule gives one."""
    lang, sign = tally.plan.language, tally.sign(one.light)
    reason = reason_text(one.reason, lang)
    return {"office": one.office, "light": sign.counts_as.value, "word": sign.word(lang), "reason": reason}


def _pairs(content: dict[str, str]) -> str | None:
    return ";".join(f"{key}={value}" for key, value in content.items()) or None


class _More:
    """What is told of an entry beyond the contract."""

    def __init__(self, tally: Tally) -> None:
        self.tally = tally
        titles = {one.code: one.title for one in tally.plan.sections}
        self.sections = {task.code: titles.get(task.section) or None for task in tally.plan.tasks}
        self.leaders = {office.name: office.leader or None for office in tally.plan.offices}

    def of(self, line: Progress) -> dict[str, Any]:
        """The row's place in the plan and its target in parts; the rate, the light by the rule, and users' columns."""
        row, target = line.row, line.row.target
        return {
            "rate": None if line.rate is None else f"{line.rate:.4f}",
            "color": line.light.value,
            "word": self.tally.sign(line.light).word(self.tally.plan.language),
            "override": _override(line),
            "section": self.sections.get(row.task),
            "leader": row.leader or self.leaders.get(line.office),
            "deadline": row.deadline.isoformat() if row.deadline else None,
            "kind": target.kind.value if target else None,
            "comparator": target.comparator.value if target else None,
            "target_value": _number(target.value) if target else None,
            "target_max": _number(target.value_max) if target else None,
            "baseline": _number(target.baseline) if target else None,
            "unit": (target.unit or None) if target else None,
            "extra": dict(line.entry.extra) if line.entry else {},
            "origins": origins_json(line.entry.source) if line.entry else [],
        }


def _number(value: Decimal | None) -> str | None:
    return None if value is None else f"{value.normalize():f}"


def _override(line: Progress) -> dict[str, str] | None:
    one = line.override
    if one is None:
        return None
    return {
        "by": one.by,
        "why": one.why,
        "at": one.at.isoformat(sep=" ", timespec="seconds"),
        "instead": one.instead.light.value,
    }


def _entry(tally: Tally, line: Progress, task: str) -> dict[str, Any]:
    entry, row = line.entry, line.row
    value = entry.amount.value if entry and entry.amount else None
    return {
        "row": row.code,
        "task": task,
        "office": line.office,
        "role": row.role.value,
        "target": row.target.text if row.target else None,
        "value": _number(value),
        "status": entry.status.value if entry and entry.status else None,
        "progress": (entry.progress or None) if entry else None,
        "problem": (entry.problem or None) if entry else None,
        "grade": line.grade.value,
        "light": tally.sign(line.light).counts_as.value,
        "reason": reason_text(line.reason, tally.plan.language, line.override),
        "source": _source(entry.source) if entry else None,
    }


def _unplaced(entry: Entry) -> dict[str, Any]:
    return {"office": entry.office, "texts": dict(entry.extra), "source": _source(entry.source)}


def _source(source: Source) -> dict[str, Any]:
    cells = {header_words(Field(name)) if name in _FIELDS else name: cell for name, cell in source.cells}
    return {"file": source.file, "sheet": source.sheet, "cells": cells, "sha256": source.sha256}
