from __future__ import annotations

from datetime import UTC, datetime

from hypothesis import given
from hypothesis import strategies as st

from xlplan.model import Entry, Source, State, Submission
from xlplan.steps.merge import fold


def entry(row: str, text: str, sha: str, office: str = "甲科") -> Entry:
    return Entry(row, "2019-Q2", office, Source(f"{sha}.xlsx", "表", (), sha), progress=text)


def sent(sha: str, rows: dict[str, str], day: int = 1, edition: int = 1, path: str = "") -> Submission:
    entries = tuple(entry(row, text, sha) for row, text in rows.items())
    when = datetime(2019, 6, day, tzinfo=UTC)
    return Submission(path or f"{sha}.xlsx", sha, State.MERGED, "2019-Q2", ("甲科",), edition, when, entries)


def texts(files: list[Submission], preferred: frozenset[str] = frozenset()) -> dict[str, str]:
    return {row: one.progress for (row, _), one in fold(files, preferred).entries.items()}


def states(files: list[Submission]) -> dict[str, State]:
    return {one.path: one.state for one in fold(files).files}


EARLY, LATE = sent("a", {"r1": "早", "r2": "早"}, day=1), sent("b", {"r1": "晚", "r2": "晚"}, day=2)


def test_the_later_document_counts_and_the_earlier_is_superseded() -> None:
    assert texts([LATE, EARLY]) == {"r1": "晚", "r2": "晚"}
    assert states([LATE, EARLY]) == {"a.xlsx": State.SUPERSEDED, "b.xlsx": State.MERGED}


def test_a_newer_edition_beats_a_later_day() -> None:
    assert texts([sent("c", {"r1": "新版"}, day=1, edition=2), LATE])["r1"] == "新版"


def test_a_later_return_that_lacks_a_row_leaves_the_earlier_answer() -> None:
    assert texts([EARLY, sent("d", {"r1": "补"}, day=3)]) == {"r1": "补", "r2": "早"}


def test_copies_are_one_file_whatever_their_names() -> None:
    copy = sent("a", {"r1": "早", "r2": "早"}, day=1, path="甲科(1).xlsx")
    assert sorted(states([copy, EARLY]).values()) == [State.DUPLICATE, State.MERGED]


def test_a_tie_with_different_contents_is_a_conflict_until_somebody_decides() -> None:
    other = sent("e", {"r1": "另一个"}, day=1)
    folded = fold([EARLY, other])
    assert [one.code for one in folded.findings] == ["M108"]
    assert {slot: [one.progress for one in found] for slot, found in folded.ties.items()} == {
        ("r1", "甲科"): ["早", "另一个"]
    }
    assert set(states([EARLY, other]).values()) == {State.MERGED}
    assert texts([EARLY, other], frozenset({"a"}))["r1"] == "早"
    assert texts([EARLY, other], frozenset({"e"}))["r1"] == "另一个"
    assert fold([EARLY, other], frozenset({"e"})).findings == ()


def test_rows_that_fit_nowhere_are_kept_apart() -> None:
    folded = fold([sent("f", {"": "无主"})])
    assert [one.progress for one in folded.unplaced] == ["无主"]
    assert folded.entries == {}


files = st.lists(
    st.builds(
        sent,
        st.sampled_from("abcdefgh"),
        st.dictionaries(st.sampled_from(["r1", "r2", "r3", ""]), st.sampled_from(["甲", "乙", "丙"]), max_size=4),
        st.integers(1, 3),
        st.integers(1, 2),
    ),
    max_size=6,
    unique_by=lambda one: one.sha256,
)


@given(files.flatmap(lambda some: st.tuples(st.just(some), st.permutations(some))))
def test_the_order_of_reading_makes_no_difference(both: tuple[list[Submission], list[Submission]]) -> None:
    assert fold(both[0]) == fold(both[1])


@given(files)
def test_every_answered_row_has_an_entry_and_every_file_one_state(some: list[Submission]) -> None:
    folded = fold(some)
    answered = {(one.row, one.office) for file in some for one in file.entries if one.row}
    assert set(folded.entries) == answered
    assert sorted(one.path for one in folded.files) == sorted(one.path for one in some)
    assert len(folded.unplaced) == sum(not one.row for file in some for one in file.entries)
