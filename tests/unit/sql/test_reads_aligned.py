"""Spells beside their comparators and their own year before entry, and peers, from made rows."""

from datetime import date

import pandas as pd
import pytest

from tests.unit.sql.models import Row, answer, figure, snapshot, trust
from tests.unit.sql.test_reads_made import spell

ORIGIN = snapshot("calls", "ambulance_quality", period_start="2021-01-01", period_end="2023-01-01")
CALLS: Row = {
    "indicator_id": "calls",
    "source_id": "ambulance_quality",
    "numerator": "a1",
    "scale": "1",
    "cadence": "month",
    "unit": "count",
}
NEVER = ("RB1", "RB2", "RB3", "RB4", "RB5")
MONTHS = [f"{month:%Y-%m}" for month in pd.date_range("2021-07-01", "2022-07-01", freq="MS")]


def calls(org: str, values: list[float], months: list[str] = MONTHS) -> list[Row]:
    pairs = zip(months, values, strict=True)
    return [figure(ORIGIN, "a1", f"{value:g}", org, month) for month, value in pairs]


def made(never: tuple[str, ...] = NEVER) -> dict[str, list[Row]]:
    """RAA entered in May 2022: 1, 2 … 13 calls; each comparator's are 10, 20 … 50 in every month."""
    figures = calls("RAA", list(range(1, 14)))
    for place, org in enumerate(never, start=1):
        figures += calls(org, [10 * place] * len(MONTHS))
    return {
        "catalogue": [CALLS],
        "snapshots": [ORIGIN],
        "figures": figures,
        "reference_org_types": [*map(trust, ("RAA", *NEVER))],
        "reference_programme_spells": [
            spell(1, "rsp", entered="2022-05-01", entered_precision="day", left="2022-07-10")
            | {"left_precision": "day"}
        ],
    }


def series(**changed: list[Row]) -> pd.DataFrame:
    rows = answer(
        "aligned_series", {"indicator": "calls", "programmes": ["rsp"]}, **made() | changed
    )
    return rows.set_index(["event", "month"])


def test_the_mean_before_entry_is_of_its_twelve_months_and_holds_for_the_exit_too() -> None:
    """Entry in May 2022: July 2021 to April 2022 are 1 to 10, so 5.5 over ten months."""
    rows = series()
    assert set(rows["pre_entry_mean"]) == {5.5}
    assert set(rows["pre_entry_months"]) == {10}
    assert rows.loc[("exit", 0), "value"] == 13
    assert set(rows["entry_zero"]) == {pd.Timestamp("2022-05-01")}


def test_comparators_are_of_the_same_month_and_at_least_five() -> None:
    rows = series()
    assert set(rows["comparators_median"]) == {30}
    assert set(rows["comparators"]) == {5}
    fewer = series(**{"figures": made(NEVER[:4])["figures"]})
    assert fewer["comparators_median"].isna().all()
    assert len(fewer) == len(rows)


def test_the_usual_value_is_the_median_of_all_that_is_published() -> None:
    """Of 78 values 26 are 13 or less, then come thirteen times 20 and thirteen times 30: 25 is between."""
    absent = figure(ORIGIN, "a1", None, "RAA", "2022-08")
    figures = [*made()["figures"], absent]
    rows = answer("usual_value", {"indicator": "calls"}, **made() | {"figures": figures})
    assert rows["usual"].to_list() == [25]
    assert answer("usual_value", {"indicator": "other"}, **made())["usual"].isna().all()


def test_without_a_month_of_entry_there_is_no_mean_before_it() -> None:
    undated = spell(1, "rsp", entered="2022", entered_precision="year", left="2022-07-10")
    rows = series(reference_programme_spells=[undated | {"left_precision": "day"}])
    assert set(rows.index.get_level_values("event")) == {"exit"}
    assert rows["pre_entry_mean"].isna().all()
    assert rows["entry_zero"].isna().all()


def comparators(
    scale: str, least: float = 0.0, entry: date | None = date(2022, 5, 1)
) -> pd.DataFrame:
    event = {"event": "entry", "month_zero": date(2022, 5, 1), "org_type": "acute"}
    given = {"indicator": "calls", "events": [event | {"entry_zero": entry}]}
    figures = made()["figures"] + calls("RB1", [40.0], ["2022-08"])
    rows = answer(
        "aligned_comparators",
        given | {"scale": scale, "least": least},
        **made() | {"figures": figures},
    )
    return rows.set_index("month")


def test_comparators_as_published() -> None:
    at_entry = comparators("raw").loc[0]
    assert (at_entry["median"], at_entry["p10"], at_entry["p90"], at_entry["n"]) == (30, 14, 46, 5)


def test_comparators_differ_from_their_own_median_where_five_have_a_value() -> None:
    rows = comparators("difference")
    assert (rows.loc[0, "median"], rows.loc[0, "p10"], rows.loc[0, "p90"]) == (0, -16, 16)
    assert 3 not in rows.index
    assert 3 in comparators("raw").index


def test_comparators_in_per_cent_of_their_own_mean_before_the_spells_entry() -> None:
    """All are as they were; in August 2022 the first, at 10 before, is at 40."""
    rows = comparators("percent")
    assert (rows.loc[0, "median"], rows.loc[0, "n"]) == (100, 5)
    assert (rows.loc[3, "median"], rows.loc[3, "n"]) == (400, 1)


def test_comparators_whose_mean_is_about_nothing_are_left_out() -> None:
    assert comparators("percent", least=20.0).loc[0, "n"] == 3


@pytest.mark.parametrize("entry", [date(2022, 1, 1), date(2021, 12, 1)])
def test_comparators_need_six_months_before_entry(entry: date) -> None:
    """Figures begin in July 2021: six months before January 2022, five before December 2021."""
    assert len(comparators("percent", entry=entry)) == (14 if entry.year == 2022 else 0)


def test_without_a_month_of_entry_no_comparator_is_read_in_per_cent() -> None:
    assert comparators("percent", entry=None).empty


@pytest.mark.parametrize(("by_region", "n"), [(False, {6}), (True, {6})])
def test_peers_are_counted_however_few(by_region: bool, n: set[int]) -> None:
    rows = answer("indicator_peers", {"indicator": "calls", "by_region": by_region}, **made())
    first = rows.set_index("period_start").loc["2021-07-01"]
    assert (first["median"], first["n"], first["org_type"]) == (25, 6, "acute")
    assert set(rows["n"]) == n
