"""The bulletin (通报): what its template can name."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal
from typing import TYPE_CHECKING, Any

from xlplan.marks import in_print
from xlplan.render.report import COUNTS, FACTS, Bar, Item, Lamp, Owing, Report, Turned

if TYPE_CHECKING:
    from collections.abc import Iterable

_TENTH = Decimal("0.1")
_PLANNED = (
    "code",
    "label",
    "section",
    "task",
    "target",
    "office",
    "role",
    "leader",
    "deadline",
    "light",
    "reason",
    "grade",
)
_ENTERED = ("status", "done", "before", "progress", "problem")


def bulletin_facts(report: Report) -> dict[str, Any]:
    """Everything that a template of the bulletin can name: texts, whole numbers, and lists of such tables."""
    behind = [item for item in report.items if item.is_behind]
    finished = [item for item in report.items if item.is_finished]
    ahead = [item for item in report.items if item.ahead > 0 and not item.is_finished]
    ahead.sort(key=lambda item: -item.ahead)  # stable: plan order among equals
    counts = {key: count for key, count in report.counts.items() if key not in {"late", "missing"}}
    return {
        **report.facts,
        **counts,
        "lights": [{"word": one.word, "count": one.count, "share": f"{one.share:.1f}"} for one in report.lamps],
        "sections": _bars(report, report.sections),
        "offices": _bars(report, report.offices),
        "changes": [{"word": one.word, "count": one.count} for one in report.turns],
        **{key: [_item(item, report.lang) for item in items] for key, items in _lists(report, behind, finished, ahead)},
        **{key: [vars(one) for one in owing] for key, owing in (("missing", report.missing), ("late", report.late))},
    }


def sample_facts() -> dict[str, Any]:
    """Facts to try a template on: every name is there, and every list has something in it."""
    word, one = "样例", Decimal("0.5")
    texts: dict[str, Any] = dict.fromkeys((*_PLANNED, *_ENTERED), word)
    item, done = Item(**texts, is_behind=True, ahead=one), Item(**texts, is_finished=True)
    lamp, bar, owing = Lamp("red", word, "■", 1), Bar(word, (1,)), Owing(word, 1, word, word)
    facts = dict.fromkeys(FACTS, word)
    report = Report(
        "zh", facts, dict.fromkeys(COUNTS, 1), one, (lamp,), (bar, bar), (bar,), (bar,), (owing,), (owing,),
        (Turned("red", word, 1),), (item, done),
    )  # fmt: skip
    return bulletin_facts(report)


def _lists(report: Report, *chosen: Iterable[Item]) -> list[tuple[str, Iterable[Item]]]:
    return [("items", report.items), *zip(("behind", "finished", "ahead"), chosen, strict=True)]


def _bars(report: Report, bars: Iterable[Bar]) -> list[dict[str, Any]]:
    return [
        {
            "name": bar.name,
            "total": bar.total,
            "lights": [
                {"word": lamp.word, "count": count} for lamp, count in zip(report.lamps, bar.counts, strict=True)
            ],
        }
        for bar in bars
    ]


def _item(item: Item, lang: str) -> dict[str, Any]:
    rate = "" if item.rate is None else f"{(item.rate * 100).quantize(_TENTH, ROUND_HALF_UP)}%"
    ahead = str((item.ahead * 100).quantize(_TENTH, ROUND_HALF_UP))
    printed = {}
    if lang == "zh":
        printed = {name: in_print(getattr(item, name)) for name in ("task", "target")}
    return {
        **{name: getattr(item, name) for name in (*_PLANNED, *_ENTERED)},
        **printed,
        "rate": rate,
        "ahead": ahead,
    }
