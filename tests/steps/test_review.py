from __future__ import annotations

from decimal import Decimal

from xlplan import rules
from xlplan.finding import Place
from xlplan.model import Plan, Target, Task
from xlplan.steps.allocate import allocate
from xlplan.steps.review import review_notes

PLAN = allocate(
    Plan(
        "计划",
        tasks=(
            Task("T001", "一", "01", "甲事", "甲事。新增 家。", ("title",), place=Place("a.txt", line=3)),
            Task("T002", "二", "01", "乙事", "乙事。", place=Place("a.txt", line=7)),
        ),
    )
)


def test_findings_and_guesses_stand_beside_the_task_they_are_about() -> None:
    found = [
        rules.find("D201", Place("a.txt", line=7), task="乙事"),
        rules.find("D202", Place("a.txt", line=5), text="新增 家", proposal="", indicator="", unit=""),
    ]
    notes = review_notes(PLAN, found)
    assert set(notes) == {"T001-01", "T002-01"}
    assert rules.message(rules.find("D211"), "zh") in notes["T001-01"]
    assert rules.message(found[1], "zh") in notes["T001-01"]
    assert notes["T002-01"] == rules.message(found[0], "zh")


def test_a_baseline_is_a_proposal_to_check() -> None:
    target = Target("高企达到240家", value=Decimal(240), unit="家", baseline=Decimal(209))
    plan = allocate(Plan("计划", tasks=(Task("T001", "一", "01", "甲事", "甲事。", targets=(target,)),)))
    assert review_notes(plan, []) == {"T001-01": rules.message(rules.find("D213", baseline="209家"), "zh")}


def test_nothing_to_say_gives_no_notes() -> None:
    plan = allocate(Plan("计划", tasks=(Task("T001", "一", "01", "甲事", "甲事。"),)))
    assert review_notes(plan, []) == {}
