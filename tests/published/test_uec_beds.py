"""Beds of the daily situation reports: what the compiled table holds."""

from itertools import pairwise
from pathlib import Path

import pandas as pd
import pytest

from data_sources.compiled import parse_compiled, recognise_compiled
from data_sources.source import Snapshot

pytestmark = pytest.mark.published

ADULTS = ("adult_beds_occupied", "adult_beds_available")


@pytest.fixture(scope="module")
def beds(published: Path) -> pd.DataFrame:
    """Beds by trust and month, one column per measure."""
    path = published / "compiled" / "uec_sitrep_beds_trust_month.csv"
    assert recognise_compiled(path) == ("uec_beds", "compiled_trust_month")
    figures = parse_compiled(Snapshot("s", "uec_beds", path, path.name, "", 0)).tables["figures"]
    assert set(figures["level"]) == {"provider"}
    numbers = figures.assign(value=pd.to_numeric(figures["value"]))
    return numbers.pivot_table("value", ["period_start", "org_code"], "measure")


def test_40_months_of_134_to_137_trusts(beds):
    months = beds.groupby("period_start").size()
    assert (len(months), months.index.min(), months.index.max()) == (40, "2022-04-01", "2025-08-01")
    assert set(months) == {134, 135, 136, 137}
    assert len(beds) == 5_420


def test_august_2022_of_the_table_is_july_and_is_left_out(published, beds):
    """No other two months are alike: at most a fifth of the trusts have the same number of beds."""
    table = pd.read_csv(published / "compiled" / "uec_sitrep_beds_trust_month.csv")
    months = {month: rows.set_index("org_code") for month, rows in table.groupby("month")}
    same = {
        month: (rows == before.reindex(rows.index))["general_acute_beds_available"].mean()
        for (_, before), (month, rows) in pairwise(sorted(months.items()))
    }
    assert same.pop("2022-08") == 1
    assert months["2022-08"].drop(columns="month").equals(months["2022-07"].drop(columns="month"))
    assert max(same.values()) < 0.2
    assert "2022-08-01" not in beds.index.get_level_values("period_start")


@pytest.mark.parametrize(
    ("month", "expected"),
    [
        ("2022-04-01", [86_633, 92_336, 90_757, 98_268]),
        ("2024-04-01", [91_542, 96_488, 96_010, 102_637]),
        ("2025-08-01", [88_312, 94_351, 91_936, 100_398]),
    ],
)
def test_beds_of_all_trusts(beds, month, expected):
    sums = beds.xs(month).sum()
    wanted = [*ADULTS, "beds_occupied", "beds_available"]
    assert sums[wanted].astype(int).to_list() == expected


def test_occupancy_is_possible_and_over_100_percent_in_three_months_of_one_trust(beds):
    occupied, available = (beds[measure] for measure in ADULTS)
    share = (100 * occupied / available)[available.ge(20)]
    assert share.between(30, 103).all()
    over = share[share.gt(100)]
    assert over.round(1).to_dict() == {
        ("2022-06-01", "RN3"): 102.2,
        ("2022-09-01", "RN3"): 102.4,
        ("2022-10-01", "RN3"): 102.0,
    }


def test_trusts_without_adult_beds(beds):
    none = beds[beds["adult_beds_available"].eq(0)]
    counts = none.groupby("org_code").size().to_dict()
    # Children's hospitals throughout; RA4 and RVY only after they had merged into others.
    assert counts == {"RBS": 40, "RCU": 40, "RP4": 10, "RA4": 3, "RVY": 1}
    blank = beds[beds["adult_beds_available"].isna()]
    assert blank.groupby("org_code").size().to_dict() == {"RP4": 30}
    assert beds[["beds_available", "beds_occupied"]].notna().all().all()
