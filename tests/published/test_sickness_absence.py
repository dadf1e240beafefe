"""Sickness absence as published: twelve months are read, their rates follow, and the quarters join up."""

from decimal import Decimal
from pathlib import Path

import pandas as pd
import pytest

from data_sources import sickness_absence as sickness
from data_sources.compiled import parse_compiled, recognise_compiled
from data_sources.registry import recognise
from data_sources.source import Parsed, Snapshot

pytestmark = pytest.mark.published

ORGANISATIONS = [285, 285, 285, 285, 285, 285, 283, 281, 280, 280, 280, 280]


@pytest.fixture(scope="module")
def months(published: Path) -> dict[str, Parsed]:
    paths = sorted((published / "published" / "sickness").glob("*.csv"))
    return {path.name[-11:-4]: parsed(path) for path in paths}


@pytest.fixture(scope="module")
def compiled(published: Path) -> pd.DataFrame:
    path = published / "compiled" / "sickness_org_quarter_2009_2023.csv"
    assert recognise_compiled(path) == ("sickness_absence", "compiled_org_quarter")
    snapshot = Snapshot("s", "sickness_absence", path, path.name, "", 0)
    return table(parse_compiled(snapshot)).reset_index()


def parsed(path: Path) -> Parsed:
    publication = recognise(path, path.name)
    assert publication is not None
    assert publication.SOURCE.id == "sickness_absence"
    return sickness.parse(Snapshot("s", "sickness_absence", path, path.name, "", 0))


def table(file: Parsed) -> pd.DataFrame:
    """Exact numbers, one row per period and organisation, one column per measure."""
    figures = file.tables["figures"].assign(
        value=lambda frame: [Decimal(text) for text in frame["value"]]
    )
    keys = ["period_start", "org_code"]
    return figures.pivot_table("value", index=keys, columns="measure", aggfunc="first")


def rate(frame: pd.DataFrame, lost: str, available: str) -> float:
    return round(float(100 * frame[lost].sum() / frame[available].sum()), 3)


def test_every_month_of_2024_25_is_there_under_its_name(months):
    spans = {name: str(file.period_start)[:7] for name, file in months.items()}
    assert list(spans) == list(spans.values())
    assert (len(spans), min(spans), max(spans)) == (12, "2024-04", "2025-03")


def test_organisations_leave_with_the_mergers_of_the_year(months):
    tables = [table(file).reset_index() for file in months.values()]
    assert [len(one) for one in tables] == ORGANISATIONS
    first, last = (set(tables[at]["org_code"]) for at in (0, -1))
    assert first - last == {"R1C", "RAP", "RRP", "RY9", "RYK", "TAF"}
    assert last - first == {"G6V2S"}


def test_england_of_each_month(months):
    rates = [
        rate(table(file), "days_lost_in_month", "days_available_in_month")
        for file in months.values()
    ]
    assert rates == [
        *(4.764, 4.712, 4.874, 5.198, 4.793, 4.962),
        *(5.412, 5.430, 5.745, 5.715, 5.262, 4.884),
    ]


def test_counts_of_april_2024(months):
    april = table(months["2024-04"])
    assert april.sum().to_dict() == {
        # The mirror's copy carries the dust of binary fractions in some cells.
        "days_available_in_month": Decimal("43405896.431869999939"),
        "days_lost_in_month": Decimal("2067858.2714199999994"),
    }


def test_compiled_quarters(compiled):
    assert (len(compiled), compiled["org_code"].nunique()) == (21_143, 605)
    starts = compiled["period_start"]
    assert (starts.nunique(), starts.min(), starts.max()) == (58, "2009-04-01", "2023-07-01")
    for start, expected in (("2009-04-01", 4.049), ("2022-01-01", 6.124), ("2023-07-01", 4.873)):
        assert rate(compiled[starts == start], "days_lost", "days_available") == expected
    assert compiled["days_available"].eq(0).sum() == 87


def test_months_and_quarters_do_not_overlap_but_tell_of_the_same_organisations(months, compiled):
    assert compiled["period_start"].max() < "2023-10" < min(months)
    last = compiled[compiled["period_start"] == "2023-07-01"].set_index("org_code")
    later = sum(
        table(months[month]).droplevel(0)["days_available_in_month"].astype(float)
        for month in ("2024-07", "2024-08", "2024-09")
    )
    assert set(later.index) - set(last.index) == {"Z1E5K"}
    assert set(last.index) - set(later.index) == {"X36"}
    growth = (later / last["days_available"].astype(float)).dropna()
    # A year apart: staff of most trusts grew by three or four percent, so both count the same thing.
    assert growth.median() == pytest.approx(1.035, abs=0.001)
    trusts = growth[growth.index.str.fullmatch("R..")]
    # Community services passed between these in 2024 (Isle of Wight, Hounslow, Dudley and their takers).
    assert set(trusts[(trusts < 0.9) | (trusts > 1.15)].index) == {
        *("R1D", "R1F", "RKL", "RW1", "RY9", "RYK"),
    }
