"""What a view says of returns."""

from datetime import date, datetime

import pytest

from xlplan.model import State, Submission
from xlplan.workflow.clock import BEIJING
from xlplan.workflow.view import days_late

DUE = date(2019, 6, 20)


@pytest.mark.parametrize(
    ("made", "today", "late"),
    [
        (date(2019, 6, 20), date(2019, 7, 1), 0),
        (date(2019, 6, 23), date(2019, 7, 1), 3),
        (date(2028, 1, 1), date(2019, 6, 18), 0),
        (date(2028, 1, 1), date(2019, 6, 21), 1),
        (None, date(2019, 6, 18), 0),
        (None, date(2019, 6, 22), 2),
    ],
)
def test_days_late_count_to_the_day_of_the_return_and_never_beyond_today(
    made: date | None, today: date, late: int
) -> None:
    when = datetime(made.year, made.month, made.day, 0, 30, tzinfo=BEIJING) if made else None
    submission = Submission("a.xlsx", "", State.MERGED, "2019-Q2", ("甲科",), when=when) if made else None
    assert days_late(submission, DUE, today) == late
    assert days_late(submission, None, today) == 0
