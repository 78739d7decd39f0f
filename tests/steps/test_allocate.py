from __future__ import annotations

from decimal import Decimal

from xlplan.model import Owner, Plan, Role, Target, Task
from xlplan.steps.allocate import Mode, allocate

TEN, TWENTY = Target("新增10家", value=Decimal(10)), Target("总数20家", value=Decimal(20))


def plan(*owners: Owner, targets: tuple[Target, ...] = (TEN, TWENTY), goals: tuple[Target, ...] = ()) -> Plan:
    return Plan(
        "计划", tasks=(Task("T001", "一", "01", "任务", "任务。", owners=owners, targets=targets),), targets=goals
    )


def rows(value: Plan, mode: Mode = Mode.LEAD) -> list[tuple[str, str, Role, str]]:
    got = allocate(value, mode).rows
    return [(row.code, row.office, row.role, row.target.text if row.target else "") for row in got]


def test_the_first_owner_leads_every_target_and_the_others_support() -> None:
    assert rows(plan(Owner("甲"), Owner("乙"), Owner("丙"))) == [
        ("T001-01", "甲", Role.LEAD, "新增10家"),
        ("T001-02", "甲", Role.LEAD, "总数20家"),
        ("T001-03", "乙", Role.SUPPORT, ""),
        ("T001-04", "丙", Role.SUPPORT, ""),
    ]


def test_all_gives_every_owner_every_target() -> None:
    assert [row[1::2] for row in rows(plan(Owner("甲"), Owner("乙")), Mode.ALL)] == [
        ("甲", "新增10家"),
        ("甲", "总数20家"),
        ("乙", "新增10家"),
        ("乙", "总数20家"),
    ]


def test_roles_that_the_document_gives_are_kept() -> None:
    got = rows(plan(Owner("甲"), Owner("乙"), Owner("丙", Role.SUPPORT), targets=()))
    assert [row[1:3] for row in got] == [("甲", Role.LEAD), ("乙", Role.LEAD), ("丙", Role.SUPPORT)]


def test_a_task_without_owner_or_target_still_has_a_row() -> None:
    assert rows(plan(targets=())) == [("T001-01", "", Role.LEAD, "")]


def test_overall_goals_become_tasks_to_be_assigned() -> None:
    got = allocate(plan(Owner("甲"), goals=(TWENTY,)))
    assert got.targets == ()
    assert next((row.code, row.office) for row in got.rows) == ("G001-01", "")
    assert got.sections[0].code == "00"
