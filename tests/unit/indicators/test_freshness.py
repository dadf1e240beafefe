"""When the next figures are due, by hand; from which files the last ones came, from made rows."""

from datetime import date

import duckdb
import pandas as pd
import pytest

from indicators.freshness import COLUMNS, freshness
from sql.reads import read
from tests.unit.sql.models import Row, answer, by, figure, figures, snapshot, trust


def one(step_months: int, start: str, end: str, lag_days: int, **more: object) -> pd.DataFrame:
    """A row of the question `indicator_freshness`."""
    row = {
        "indicator_id": "one",
        "status": "published",
        "step_months": step_months,
        "lag_days": lag_days,
        "last_start": pd.Timestamp(start),
        "last_end": pd.Timestamp(end),
        "published_on": pd.NaT,
        "retrieved_at": pd.NaT,
    }
    return pd.DataFrame([row | more])


TODAY = date(2026, 11, 26)


@pytest.mark.parametrize(
    ("rows", "due"),
    [
        # May 2026, so June is next: it ends on 1 July (exclusive), and 12 days later is 13 July.
        (one(1, "2026-05-01", "2026-06-01", 12), "2026-07-13"),
        # January is next to December; 31 + 28 of February, less 42, leaves 15 March.
        (one(1, "2025-12-01", "2026-01-01", 42), "2026-03-15"),
        # A month of 28 days follows one of 31, and the end stays the first of a month.
        (one(1, "2026-01-01", "2026-02-01", 0), "2026-03-01"),
        # April to June, so July to September is next: 1 October and 49 days are 19 November.
        (one(3, "2025-04-01", "2025-07-01", 49), "2025-11-19"),
        # The survey of 2024, so that of 2025: 1 January 2026 and 120 days are 1 May.
        (one(12, "2024-01-01", "2025-01-01", 120), "2026-05-01"),
        # A window of twelve months moves on by one month: to 31 January 2026, and 120 days more.
        (one(1, "2025-01-01", "2026-01-01", 120), "2026-06-01"),
        # 2024 has a 29 February.
        (one(1, "2023-12-01", "2024-01-01", 29), "2024-03-01"),
    ],
)
def test_the_next_figures_are_due_a_lag_after_the_end_of_the_next_period(
    rows: pd.DataFrame, due: str
) -> None:
    (told,) = freshness(rows, TODAY).to_dict("records")
    assert told["next_due"] == pd.Timestamp(due)


@pytest.mark.parametrize(
    ("today", "is_overdue"),
    [(date(2026, 7, 12), False), (date(2026, 7, 13), False), (date(2026, 7, 14), True)],
)
def test_figures_are_overdue_from_the_day_after_they_were_due(
    today: date, is_overdue: bool
) -> None:
    told = freshness(one(1, "2026-05-01", "2026-06-01", 12), today)
    assert list(told["is_overdue"]) == [is_overdue]


def test_a_retired_indicator_expects_nothing() -> None:
    told = freshness(one(1, "2016-05-01", "2016-06-01", 12, status="retired"), TODAY)
    assert list(told["next_due"].isna()) == [True]
    assert list(told["is_overdue"]) == [False]


def test_the_rows_given_stay_as_they_are() -> None:
    rows = pd.concat(
        [one(1, "2026-05-01", "2026-06-01", 12), one(3, "2025-04-01", "2025-07-01", 49)]
    )
    before = rows.copy()
    assert list(freshness(rows, TODAY).columns) == list(COLUMNS)
    pd.testing.assert_frame_equal(rows, before)


def test_no_indicator_with_data_means_no_rows() -> None:
    told = freshness(one(1, "2026-05-01", "2026-06-01", 12).iloc[:0], TODAY)
    assert (len(told), list(told.columns)) == (0, list(COLUMNS))


INDICATOR: Row = {
    "indicator_id": "calls",
    "source_id": "ambulance_quality",
    "numerator": "a1",
    "scale": "1",
    "order": "1",
    "cadence": "month",
    "lag_days": "12",
    "status": "published",
}
ORGS = ("RAA", "RBB")


def last_known(files: list[Row], cells: list[Row]) -> dict[str, object]:
    rows = answer(
        "indicator_freshness",
        {},
        catalogue=[INDICATOR, INDICATOR | {"indicator_id": "awaited", "numerator": "a2"}],
        snapshots=files,
        figures=cells,
        reference_org_types=[*map(trust, ORGS)],
    )
    assert list(rows["indicator_id"]) == ["calls"]
    return by("indicator_id", rows)["calls"]


def test_the_last_period_is_the_last_with_a_value_and_its_newest_file_tells_the_days() -> None:
    april, newer = (
        snapshot("april", "ambulance_quality", published_on="2024-05-09", layout="a"),
        snapshot(
            *("newer", "ambulance_quality"),
            layout="b",
            published_on="2024-06-13",
            retrieved_at="2024-06-14T08:00:00",
        ),
    )
    empty = snapshot(
        *("may", "ambulance_quality"),
        published_on="2024-07-11",
        period_start="2024-05-01",
        period_end="2024-06-01",
    )
    row = last_known(
        [april, newer, empty],
        [
            figure(april, "a1", "5", "RAA"),
            figure(newer, "a1", "6", "RBB"),
            *figures(empty, {"a1": "*"}, org="RAA", month="2024-05"),
        ],
    )
    assert (row["last_start"], row["last_end"]) == (
        pd.Timestamp("2024-04-01"),
        pd.Timestamp("2024-05-01"),
    )
    assert row["published_on"] == pd.Timestamp("2024-06-13")
    assert row["retrieved_at"] == pd.Timestamp("2024-06-14T08:00:00")
    assert (row["step_months"], row["lag_days"], row["status"]) == (1, 12, "published")


def test_days_that_no_file_gives_stay_unknown() -> None:
    undated = snapshot("april", "ambulance_quality")
    row = last_known([undated], [figure(undated, "a1", "5", "RAA")])
    assert (row["published_on"], row["retrieved_at"]) == (None, None)


def test_every_indicator_with_a_value_in_the_warehouse_has_its_freshness(
    marts: duckdb.DuckDBPyConnection,
) -> None:
    told = freshness(read(marts, "indicator_freshness"), TODAY).set_index("indicator_id")
    query = "select distinct indicator_id from marts.fct_indicator where value is not null"
    assert set(told.index) == {id_ for (id_,) in marts.cursor().execute(query).fetchall()}
    # NHS England published A&E attendances of May 2026 on 11 June; those of June were due a month later.
    assert told.loc["ae_4h_all", "last_start"] == pd.Timestamp("2026-05-01")
    assert told.loc["ae_4h_all", "published_on"] == pd.Timestamp("2026-06-11")
    assert told.loc["ae_4h_all", "next_due"] == pd.Timestamp("2026-07-13")
    assert told["is_overdue"].all()
