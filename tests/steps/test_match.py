"""Placing the rows of a return: what goes by text, and how far that goes."""

from __future__ import annotations

from xlplan.headers import Field
from xlplan.model import Assignment, ReturnedRow, ReturnedSheet, Written
from xlplan.steps.match import Expected, place_rows

OWN = {code: Assignment(code, code[:4], "甲科") for code in ("T001-01", "T002-01")}
SHOWN = {"T001-01": "培育科技型企业和高新技术企业", "T002-01": "组织实施重点研发项目"}
EXPECTED = Expected(OWN, SHOWN, dict.fromkeys(OWN, "甲科"))


def row(at: int, task: str, code: str = "") -> ReturnedRow:
    cells = ((Field.CODE, code, "A"), (Field.TASK, task, "C"), (Field.PROGRESS, "已办", "K"))
    return ReturnedRow.of(at, tuple((name, Written(text, f"{letter}{at + 1}")) for name, text, letter in cells))


def placed(rows: list[ReturnedRow]) -> tuple[dict[int, str], set[str]]:
    sheet = ReturnedSheet("表", tuple(rows), (Field.CODE, Field.TASK, Field.PROGRESS))
    found, said = place_rows(sheet, "a.xlsx", "甲科", EXPECTED)
    return {one.written.index: one.row.code for one in found if one.row}, {one.code for one in said}


def test_texts_without_codes_are_found_also_when_slightly_reworded() -> None:
    assert placed([row(0, "培育科技型企业与高新技术企业"), row(1, SHOWN["T002-01"])]) == (
        {0: "T001-01", 1: "T002-01"},
        {"E102"},
    )


def test_swapped_codes_give_way_to_the_text() -> None:
    rows = [row(0, SHOWN["T002-01"], "T001-01"), row(1, SHOWN["T001-01"], "T002-01")]
    assert placed(rows) == ({0: "T002-01", 1: "T001-01"}, {"E245"})


def test_a_text_copied_over_another_ones_row_keeps_that_rows_code() -> None:
    rows = [row(0, SHOWN["T001-01"], "T001-01"), row(1, SHOWN["T001-01"], "T002-01")]
    assert placed(rows) == ({0: "T001-01", 1: "T002-01"}, set())


def test_among_very_many_rows_of_ones_own_only_the_same_text_is_looked_for() -> None:
    rows = [row(at, f"自行增加的事项第{at}件") for at in range(600)]
    rows += [row(600, SHOWN["T001-01"]), row(601, "组织实施重点的研发项目")]
    found, said = placed(rows)
    assert found == {600: "T001-01"}
    assert said == {"E102", "E103"}
