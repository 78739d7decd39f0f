"""Times are told by the clock of the bureau, whatever zone the file or the computer has."""

from datetime import UTC, date, datetime, timedelta, timezone

import pytest

from xlplan.workflow.clock import BEIJING, read_zone, recorded_at, saved_at


@pytest.mark.parametrize(
    ("text", "hours"),
    [("+08:00", 8), ("\uff0b08\uff1a00", 8), ("-03:30", -3.5), ("+00:00", 0), ("8", None), (8, None), ("+24:00", None)],
)
def test_a_zone_is_its_distance_to_utc(text: object, hours: float | None) -> None:
    assert read_zone(text) == (None if hours is None else timezone(timedelta(hours=hours)))


def test_a_form_saved_at_dawn_is_of_that_day_and_not_of_the_day_before():
    saved = saved_at(datetime(2019, 6, 26, 17, 30, tzinfo=UTC), BEIJING)
    assert saved is not None
    assert (saved.date(), saved.hour) == (date(2019, 6, 27), 1)


def test_a_time_without_a_zone_is_of_the_clock_of_whoever_saved_it():
    assert saved_at(datetime(2019, 6, 27, 1, 30), BEIJING) == datetime(2019, 6, 26, 17, 30, tzinfo=UTC)  # noqa: DTZ001
    assert saved_at(None, BEIJING) is None


@pytest.mark.parametrize("moment", [datetime.min.replace(tzinfo=UTC), datetime.max.replace(tzinfo=UTC)])
def test_a_time_at_the_end_of_all_times_is_taken_as_it_is(moment: datetime) -> None:
    assert saved_at(moment, read_zone("-03:00") or BEIJING) == moment


def test_what_the_ledger_recorded_is_told_by_the_local_clock():
    assert recorded_at(datetime(2019, 6, 26, 17, 30), BEIJING) == datetime(2019, 6, 27, 1, 30)  # noqa: DTZ001
