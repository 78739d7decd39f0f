"""A file is never written under a name that says it is something else."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from conftest import SEED

if TYPE_CHECKING:
    from conftest import Bureau


@pytest.mark.parametrize(
    "words",
    [
        ("breakdown", "-o", "x.xls"),
        ("breakdown", "--docx", "-o", "x.xlsx"),
        ("breakdown", "-o", "x"),
        ("consolidate", "-p", "2019-Q2", "-o", "x.pdf"),
        ("draft", SEED / "plan.txt", "-o", "x.xls"),
        ("export", "-p", "2019-Q2", "-o", "x.csv"),
    ],
)
def test_another_ending_is_one_error_and_writes_nothing(bureau: Bureau, words: tuple[str, ...]) -> None:
    ran = bureau(*words).expect(2)
    assert [line for line in ran.err.splitlines() if "T160" in line]
    assert not [path for path in bureau.xlplan.home.iterdir() if path.stem == "x"]


def test_the_ending_may_be_in_capitals(bureau: Bureau) -> None:
    bureau("breakdown", "-o", "X.DOCX").expect(0)
    assert (bureau.xlplan.home / "X.DOCX").read_bytes()[:2] == b"PK"
