from __future__ import annotations

from decimal import Decimal

from xlplan.model import Amount, Assignment, Doubt, Entry, Grade, Office, Plan, Role, Source, Target
from xlplan.model.progress import Progress, Tally
from xlplan.period import Period, Span
from xlplan.steps.merge import Folded
from xlplan.steps.settle import disputes

Q2 = Period(2019, Span.QUARTER, 2)
GOAL = Target("新增10家", "企业", value=Decimal(10), unit="家")


def entry(office: str, value: int | None = None, row: str = "T001-01", digest: str = "ab", **facts) -> Entry:
    amount = None if value is None else Amount(str(value), Decimal(value))
    return Entry(row, "2019-Q2", office, Source(f"{digest}.xlsx", "表", (("done", "I7"),), digest), amount, **facts)


def line(one: Entry, role: Role = Role.LEAD) -> Progress:
    return Progress(Assignment(one.row, "T001", one.office, role, GOAL), one.office, one, Grade.OK)


def test_numbers_that_differ_are_listed_with_every_answer() -> None:
    lines = tuple(line(one) for one in (entry("甲", 3), entry("乙", 4), entry("丙", 4)))
    found = disputes(Tally(Plan("", offices=(Office("K1", "甲"),)), Q2, lines), Folded({}, ()))
    assert [(one.doubt, [answer.office for answer in one.entries]) for one in found] == [
        (Doubt.NUMBERS, ["甲", "乙", "丙"])
    ]
    same = tuple(line(one) for one in (entry("甲", 3), entry("乙", 3), entry("丙")))
    assert disputes(Tally(Plan(""), Q2, same), Folded({}, ())) == ()


def test_a_tie_has_both_answers_and_its_row() -> None:
    answers = (entry("甲", 3, digest="a"), entry("甲", 5, digest="b"))
    tally = Tally(Plan(""), Q2, (line(answers[0]),))
    (found,) = disputes(tally, Folded({}, (), ties={("T001-01", "甲"): answers}))
    assert (found.doubt, found.entries, found.row) == (Doubt.TIE, answers, tally.lines[0].row)


def test_an_unplaced_row_is_listed_once_from_the_newest_file() -> None:
    rows = [entry("甲", row="", digest=digest, extra=(("task", "新加的事"),)) for digest in ("old", "new")] + [
        entry("乙", row="", extra=(("task", "新加的事"),))
    ]
    found = disputes(Tally(Plan(""), Q2, ()), Folded({}, (), unplaced=tuple(rows)))
    assert [(one.doubt, one.entries[0].office, one.entries[0].source.sha256) for one in found] == [
        (Doubt.UNCLAIMED, "甲", "new"),
        (Doubt.UNCLAIMED, "乙", "ab"),
    ]
