from __future__ import annotations

import itertools
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xlplan.finding import Place
from xlplan.model import Assignment, Plan, PlanLine, Role, Target
from xlplan.steps.codes import settle


def line(code: str, title: str, office: str = "办公室", target: str = "", section: str = "一、总") -> PlanLine:
    row = Assignment("", "", office, Role.LEAD, Target(target) if target else None)
    return PlanLine(
        Place("plan.xlsx", "任务分解表", f"A{abs(hash((code, title, office))) % 99}"),
        code,
        "",
        section,
        title,
        title,
        row,
    )


def known(lines: list[PlanLine]) -> dict[str, str]:
    return {one.code: one.identity for one in lines}


BASE = [
    line("T001-01", "培育企业", "甲科", "新增10家"),
    line("T001-02", "培育企业", "乙科"),
    line("T002-01", "建设平台", "甲科"),
]


def codes(lines: list[PlanLine], before: list[PlanLine] = BASE) -> tuple[list[str], list[str]]:
    plan, found = settle(Plan("计划"), lines, known(before))
    return [row.code for row in plan.rows], [one.code for one in found]


def test_an_unchanged_plan_keeps_its_codes() -> None:
    assert codes(BASE) == (["T001-01", "T001-02", "T002-01"], [])


@given(st.permutations(BASE))
def test_resorting_keeps_each_rows_code(lines: list[PlanLine]) -> None:
    assert codes(lines) == ([one.code for one in lines], [])


def test_an_added_row_of_a_task_gets_the_tasks_next_code() -> None:
    got, found = codes([*BASE, line("", "培育企业", "丙科")])
    assert got[-1] == "T001-03"
    assert found == ["P202"]


def test_an_added_task_gets_a_fresh_number() -> None:
    got, _ = codes([line("", "全新任务"), *BASE])
    assert got[0] == "T003-01"


def test_a_deleted_row_leaves_its_code_unused() -> None:
    got, found = codes([BASE[0], BASE[2], line("", "培育企业", "丙科")])
    assert got == ["T001-01", "T002-01", "T001-03"]
    assert sorted(found) == ["P202", "P211"]


def test_a_copied_row_gets_a_code_of_its_own_and_the_original_keeps_its() -> None:
    copy = replace(BASE[0], row=replace(BASE[0].row, office="丙科"))
    got, found = codes([copy, *BASE])
    assert got == ["T001-03", "T001-01", "T001-02", "T002-01"]
    assert found == ["P201"]


def test_a_code_that_was_wiped_comes_back() -> None:
    got, _ = codes([replace(BASE[0], code=""), *BASE[1:]])
    assert got == ["T001-01", "T001-02", "T002-01"]


def test_a_made_up_code_is_replaced() -> None:
    got, found = codes([*BASE, line("7", "培育企业", "丙科")])
    assert got[-1] == "T001-03"
    assert found == ["P210"]


def test_edited_owner_and_target_keep_the_code() -> None:
    edited = replace(BASE[0], row=replace(BASE[0].row, office="丙科", target=Target("新增12家")))
    assert codes([edited, *BASE[1:]])[0][0] == "T001-01"


def test_two_wordings_of_one_task_are_a_finding() -> None:
    _, found = codes([BASE[0], replace(BASE[1], title="培育企业主体"), BASE[2]])
    assert found == ["P209"]


@pytest.mark.parametrize("order", list(itertools.permutations([0, 1, 2]))[1:])
def test_texts_sorted_without_their_codes_take_their_codes_along(order: tuple[int, ...]) -> None:
    lines = [replace(BASE[text], code=BASE[at].code) for at, text in enumerate(order)]
    got, found = codes(lines)
    assert got == [BASE[text].code for text in order]
    assert found == ["P219"] * sum(at != text for at, text in enumerate(order))


def test_an_edited_code_is_given_back_by_the_text() -> None:
    assert codes([replace(BASE[0], code="T999-01"), *BASE[1:]]) == (["T001-01", "T001-02", "T002-01"], ["P219"])


def test_anothers_text_under_a_code_never_takes_the_codes_history() -> None:
    moved = replace(line("T002-01", "培育企业", "丙科"))
    got, found = codes([*BASE[:2], moved])
    assert got == ["T001-01", "T001-02", "T001-03"]
    assert sorted(found) == ["P211", "P219"]


def test_an_owner_changed_to_one_that_the_task_has_keeps_the_code() -> None:
    twice = replace(BASE[0], row=BASE[1].row)
    assert codes([twice, *BASE[1:]]) == (["T001-01", "T001-02", "T002-01"], [])


@given(
    st.lists(
        st.sampled_from([*BASE, line("", "新任务"), line("", "培育企业", "丁科"), line("x", "建设平台")]), max_size=12
    )
)
def test_codes_are_always_unique_and_none_is_lost(lines: list[PlanLine]) -> None:
    plan, _ = settle(Plan("计划"), lines, known(BASE))
    given_codes = [row.code for row in plan.rows]
    assert len(given_codes) == len(set(given_codes)) == len(lines)
    assert all(plan.task(row.task) for row in plan.rows)


def test_full_width_changes_neither_a_code_nor_whose_row_it_is() -> None:
    before = [line("T001-01", "培育企业(一期)", "甲科", "新增10家,评优3家"), *BASE[1:]]
    wide = ("培育企业\uff08一期\uff09", "甲科", "新增\uff11\uff10家\uff0c评优3家")
    assert codes([line("\uff34\uff10\uff10\uff11\uff0d\uff10\uff11", *wide), *BASE[1:]], before)[0] == [
        "T001-01",
        "T001-02",
        "T002-01",
    ]
    assert codes([line("", *wide), *BASE[1:]], before)[0][0] == "T001-01"
    added = line("", "培育企业\uff08一期\uff09", "丙科")
    got, found = codes([before[0], BASE[2], added], [before[0], BASE[2]])
    assert (got[-1], found) == ("T001-02", ["P202"])
