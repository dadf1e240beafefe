"""Ambulance items: as published at every level, but a time of zero seconds is no time."""

import pytest

from tests.unit.sql.models import Row, figure, run, snapshot

SERIES = snapshot("series", "ambulance_quality", layout="time_series_workbook")


def item(row: Row) -> tuple[object, object]:
    """Amount and reason of the one row."""
    found = run("intermediate.int_ambulance_quality__measures", snapshots=[SERIES], figures=[row])
    (one,) = found.astype(object).where(found.notna(), None).to_dict("records")
    return (None if one["amount"] is None else float(one["amount"])), one["missing_reason"]


@pytest.mark.parametrize("time", ["a25", "a26", "a31", "a32"])
def test_a_time_of_zero_seconds_is_missing(time: str) -> None:
    assert item(figure(SERIES, time, "0", "RX6")) == (None, "no activity reported")


def test_a_count_of_zero_is_zero() -> None:
    assert item(figure(SERIES, "a8", "0", "RX6")) == (0, None)


@pytest.mark.parametrize("mark", ["-", "", "*"])
def test_a_missing_mark_is_missing(mark: str) -> None:
    assert item(figure(SERIES, "a25", mark, "RX6")) == (None, "not published")


@pytest.mark.parametrize(
    ("level", "org"), [("england", "ENG"), ("region", "Y63"), ("provider", "RX6")]
)
def test_every_level_is_taken_as_published(level: str, org: str) -> None:
    assert item(figure(SERIES, "a31", "2,406", org, level=level)) == (2_406, None)


def test_england_is_not_added_up() -> None:
    rows = [figure(SERIES, "a8", "10", "RX6"), figure(SERIES, "a8", "11", "ENG", level="england")]
    found = run("intermediate.int_ambulance_quality__measures", snapshots=[SERIES], figures=rows)
    assert found.set_index("org_code")["amount"].astype(float).to_dict() == {"RX6": 10, "ENG": 11}
