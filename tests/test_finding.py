"""What findings are made of: places, and texts of others within a sentence."""

from hypothesis import given
from hypothesis import strategies as st

from xlplan import rules
from xlplan.finding import within

OPEN, CLOSE = "\u202a\u202b\u202d\u202e\u2066\u2067\u2068", "\u202c\u2069"


def still_open(text: str) -> list[str]:
    """The runs that the last line of a text leaves open, by the rules of Unicode's UAX 9 (BD9, BD11)."""
    runs: list[str] = []
    for char in text.rpartition("\n")[2]:
        if char in OPEN:
            runs.append("\u2069" if char >= "\u2066" else "\u202c")
        elif char == "\u202c" and runs and runs[-1] == char:
            runs.pop()
        elif char == "\u2069" in runs:
            del runs[len(runs) - 1 - runs[::-1].index(char) :]
    return runs


@given(st.text("甲a1\n\u05d0\u200f" + OPEN + CLOSE, max_size=30))
def test_a_text_within_a_sentence_ends_every_run_that_it_began_and_is_itself(text: str) -> None:
    assert within(text).startswith(text)
    assert still_open(within(text)) == []


@given(st.text())
def test_a_text_that_runs_as_the_sentence_does_stays_as_it_is(text: str) -> None:
    plain = "".join(char for char in text if char.isascii() or "\u4e00" <= char <= "\u9fff")
    assert within(plain) == plain


def test_what_somebody_wrote_does_not_reverse_the_message_about_it():
    found = rules.find("E308", text="1\u202e2", row="T001-01")
    assert "1\u202e2\u202c\u200e" in rules.message(found, "zh")
