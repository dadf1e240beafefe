"""fct_crosscheck: our value beside what another publication prints for the same organisation and period."""

import pandas as pd
import pytest

from tests.unit.sql.models import Row, answer, figure, run, snapshot, trust

RTT = snapshot("rtt", "rtt", layout="full_extract")
TABLE = snapshot(
    "apt",
    "acute_provider_table",
    layout="time_series_csv",
    file_name="acute-provider-timeseries.csv",
)
FRAMEWORK = snapshot(
    *("nof", "oversight_framework"),
    layout="acute_data",
    period_start="2025-04-01",
    period_end="2025-07-01",
)
SICKNESS = snapshot("sick", "sickness_absence", layout="monthly_csv")
WEEKS: Row = {
    "indicator_id": "rtt_18w",
    "source_id": "rtt",
    "short_title": "RTT within 18 weeks",
    "numerator": "within_18_weeks",
    "denominator": "incomplete",
    "scale": "100",
}
ABSENCE: Row = {
    "indicator_id": "sickness",
    "source_id": "sickness_absence",
    "numerator": "days_lost",
    "denominator": "days_available",
    "scale": "100",
}
CHECKS: list[Row] = [
    {
        "indicator_id": "rtt_18w",
        "source_id": "acute_provider_table",
        "measure": "rtt_within_18_weeks",
        "factor": "100",
        "months_later": "0",
    },
    {
        "indicator_id": "sickness",
        "source_id": "oversight_framework",
        "measure": "of0082",
        "factor": "1",
        "months_later": "-3",
    },
]
INPUTS: dict[str, list[Row]] = {
    "catalogue": [WEEKS, ABSENCE],
    "snapshots": [RTT, TABLE, FRAMEWORK, SICKNESS],
    "reference_crosschecks": CHECKS,
    "reference_org_types": [trust("RAA"), trust("RBB")],
}


def checked(rows: list[Row], **changes: list[Row]) -> pd.DataFrame:
    return run("marts.fct_crosscheck", **(INPUTS | {"figures": rows} | changes))


def ours(within: str, org: str = "RAA", month: str = "2024-04") -> list[Row]:
    """So many of a thousand within 18 weeks."""
    counts = {"within_18_weeks": within, "incomplete": "1000"}
    return [figure(RTT, name, text, org, month) for name, text in counts.items()]


def theirs(value: str, org: str = "RAA", month: str = "2024-04", **more: str) -> Row:
    return figure(TABLE, "rtt_within_18_weeks", value, org, month, **more)


def test_a_value_stands_beside_the_others_in_our_unit_with_both_files() -> None:
    (row,) = checked([*ours("615"), theirs("0.6125")]).to_dict("records")
    assert row["own_value"] == 61.5
    assert row["other_value"] == 61.25
    assert row["difference"] == pytest.approx(0.25)
    assert not row["within_tolerance"]
    assert [row[name] for name in ("indicator_id", "org_code")] == ["rtt_18w", "RAA"]
    assert [f"{row[name]:%Y-%m-%d}" for name in ("period_start", "period_end")] == [
        "2024-04-01",
        "2024-05-01",
    ]
    assert [row[name] for name in ("source_id", "snapshot_id")] == ["rtt", "rtt"]
    assert (row["other_source_id"], row["other_snapshot_id"]) == ("acute_provider_table", "apt")


@pytest.mark.parametrize(
    ("value", "agrees"),
    [
        *[("0.615", True), ("0.613", True), ("0.617", True)],
        *[("0.6129", False), ("0.6171", False), ("0", False)],
    ],
)
def test_up_to_two_tenths_of_a_point_either_way_agree(value: str, agrees: bool) -> None:
    found = checked([*ours("615"), theirs(value)])
    assert found["within_tolerance"].tolist() == [agrees]


@pytest.mark.parametrize(
    "rows",
    [
        [*ours("615"), theirs("NA")],  # not printed there
        [*ours("*"), theirs("0.615")],  # no value of ours
        [*ours("615"), theirs("0.615", org="RBB")],  # another organisation
        [*ours("615"), theirs("0.615", month="2024-05")],  # another month
        [*ours("615"), theirs("0.615", period_end="2024-07-01")],  # a quarter
        [*ours("615"), theirs("0.615", "ENG", level="england")],  # England
        [*ours("615"), figure(TABLE, "rtt_over_52_weeks", "0.615", "RAA")],  # another rate
        [*ours("615", "RZZ"), theirs("0.615", "RZZ")],  # no organisation of the marts
    ],
)
def test_only_like_is_held_against_like(rows: list[Row]) -> None:
    assert checked(rows).empty


def quarter(counts: tuple[str, str], first: str) -> list[Row]:
    """Days lost and available in each of three months."""
    months = pd.period_range(first, periods=3, freq="M").astype(str)
    names = ("days_lost_in_month", "days_available_in_month")
    return [
        figure(SICKNESS, name, count, "RAA", month)
        for month in months
        for name, count in zip(names, counts, strict=True)
    ]


def test_a_figure_of_the_quarter_before_is_held_against_the_quarter_before() -> None:
    rows = [
        *quarter(("521", "10000"), "2025-01"),
        *quarter(("700", "10000"), "2025-04"),
        figure(FRAMEWORK, "of0082", "5.2", "RAA", "2025-04", period_end="2025-07-01"),
    ]
    (row,) = checked(rows).to_dict("records")
    assert (f"{row['period_start']:%Y-%m}", f"{row['period_end']:%Y-%m}") == ("2025-01", "2025-04")
    assert (row["own_value"], row["other_value"]) == (pytest.approx(5.21), 5.2)
    assert row["within_tolerance"]


def test_of_two_issues_the_one_that_reaches_further_is_compared() -> None:
    """`zz` would go before by its name alone."""
    span = {"layout": "time_series_csv", "period_start": "2024-04-01"}
    longer = snapshot("aa", "acute_provider_table", **span, period_end="2024-06-01")
    shorter = snapshot(
        "zz",
        "acute_provider_table",
        **(span | {"period_start": "2024-03-01"}),
        period_end="2024-05-01",
    )
    rows = [
        *ours("615"),
        figure(longer, "rtt_within_18_weeks", "0.615", "RAA"),
        figure(shorter, "rtt_within_18_weeks", "0.5", "RAA"),
    ]
    found = checked(rows, snapshots=[RTT, longer, shorter])
    assert found["other_snapshot_id"].tolist() == ["aa"]


def test_differences_beyond_what_is_allowed_come_first() -> None:
    rows = [
        *ours("615"),
        theirs("0.614"),
        *ours("500", "RBB"),
        theirs("0.49", "RBB"),
        *ours("615", "RBB", "2024-05"),
        theirs("0.59", "RBB", "2024-05"),
    ]
    found = answer("crosscheck", {"source": "rtt"}, **INPUTS, figures=rows)
    assert [tuple(row) for row in found[["org_code", "within_tolerance"]].to_numpy()] == [
        ("RBB", False),
        ("RBB", False),
        ("RAA", True),
    ]
    assert found["difference"].round(6).tolist() == [2.5, 1.0, 0.1]
    first = found.iloc[0]
    assert first["indicator"] == "RTT within 18 weeks"
    assert (first["org_name"], first["other_file"]) == (
        "Trust RBB",
        "acute-provider-timeseries.csv",
    )
    assert answer("crosscheck", {"source": "dm01"}, **INPUTS, figures=rows).empty
