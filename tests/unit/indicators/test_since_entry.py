import pandas as pd
import pytest

from indicators.since_entry import changes_since_entry, first_exposed


def months(org: str, start: str, values: list[float]) -> pd.DataFrame:
    starts = pd.date_range(start, periods=len(values), freq="MS")
    return pd.DataFrame(
        {
            "org_code": org,
            "period_start": starts,
            "period_end": starts + pd.DateOffset(months=1),
            "value": values,
        }
    )


MEDIANS = months("", "2021-01-01", [70.0, 71, 72, 73, 74, 75, 76, 77]).assign(org_type="acute")
MEDIANS = MEDIANS.rename(columns={"value": "median"}).drop(columns=["org_code", "period_end"])


def entry(org: str = "RAA", zero: str | None = "2021-04-01") -> pd.DataFrame:
    return pd.DataFrame(
        {"org_code": [org], "org_type": ["acute"], "month_zero": [pd.Timestamp(zero)]}
    )


def test_the_change_is_from_the_last_month_before_entry_to_the_latest() -> None:
    """RAA: 60 61 62 | 50 55; entered in April 2021. Its peers: 72 in March, 74 in May."""
    (row,) = changes_since_entry(
        months("RAA", "2021-01-01", [60, 61, 62, 50, 55]), entry(), MEDIANS
    ).itertuples()
    assert (f"{row.before_on:%Y-%m}", row.before) == ("2021-03", 62)
    assert (f"{row.last_on:%Y-%m}", row.last) == ("2021-05", 55)
    assert (row.change, row.peers_change) == (-7, 2)


def test_a_missing_month_before_entry_gives_way_to_the_one_before_it() -> None:
    values = months("RAA", "2021-01-01", [60, 61, None, 50, 55])
    (row,) = changes_since_entry(values, entry(), MEDIANS).itertuples()
    assert (row.before, row.change, row.peers_change) == (61, -6, 3)


def test_a_figure_over_a_year_old_is_not_one_of_just_before_entry() -> None:
    old = months("RAA", "2020-02-01", [60.0])
    recent = months("RAA", "2020-03-01", [61.0])
    now = months("RAA", "2021-04-01", [50.0])
    for values, before in ((old, None), (recent, 61.0)):
        (row,) = changes_since_entry(pd.concat([values, now]), entry(), MEDIANS).itertuples()
        assert (None if pd.isna(row.before) else row.before) == before
        assert row.last == 50


def test_a_quarter_that_holds_the_entry_is_neither_before_nor_after() -> None:
    starts = pd.to_datetime(["2021-01-01", "2021-04-01", "2021-07-01"])
    quarters = pd.DataFrame(
        {
            "org_code": "RAA",
            "period_start": starts,
            "period_end": starts + pd.DateOffset(months=3),
            "value": [80.0, 85.0, 90.0],
        }
    )
    (row,) = changes_since_entry(quarters, entry(zero="2021-05-01"), MEDIANS).itertuples()
    assert (row.before, row.last) == (80, 90)


@pytest.mark.parametrize(
    ("zero", "values"), [(None, [60.0, 61.0]), ("2021-04-01", [60.0, 61.0]), ("2020-01-01", [60.0])]
)
def test_what_is_not_known_is_missing(zero: str | None, values: list[float]) -> None:
    """No dated entry; no figure since; no figure before."""
    rows = changes_since_entry(months("RAA", "2021-01-01", values), entry(zero=zero), MEDIANS)
    assert len(rows) == 1
    assert rows["change"].isna().all()


def test_peers_need_a_median_in_both_months() -> None:
    values = months("RAA", "2021-03-01", [62, 50])
    found = changes_since_entry(values, entry(), MEDIANS.iloc[3:])
    assert found["change"].tolist() == [-12]
    assert found["peers_change"].isna().all()


def test_an_entry_up_to_the_15th_exposes_its_own_month() -> None:
    spells = pd.DataFrame(
        {
            "entered_on": pd.to_datetime(
                ["2021-07-15", "2021-07-16", "2021-12-16", "2021-07-01", None]
            ),
            "entered_precision": ["day", "day", "day", "quarter", None],
        }
    )
    found = first_exposed(spells)
    assert [None if pd.isna(day) else f"{day:%Y-%m-%d}" for day in found] == [
        "2021-07-01",
        "2021-08-01",
        "2022-01-01",
        None,
        None,
    ]
