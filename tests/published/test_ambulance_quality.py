"""AmbSYS as published: the time series to August 2025, and rows of the CSV of 2024."""

from pathlib import Path

import pandas as pd
import pytest

from data_sources import ambulance_quality as amb
from data_sources.source import Parsed, Snapshot

pytestmark = pytest.mark.published

WORKBOOK = "AmbSYS-Time-Series-until-20250831.xlsx"
CSV = "AmbSYS-csv-row-subset-2024.csv"
COUNTS_AND_TOTALS = [
    measure for measure in amb.MEASURES if measure not in ("a25", "a26", "a31", "a32")
]


def read(published: Path, name: str) -> Parsed:
    path = published / "published" / "ambulance" / name
    assert amb.recognises(path, name)
    return amb.parse(Snapshot("s", "ambulance_quality", path, name, "", 0))


@pytest.fixture(scope="module")
def workbook(published: Path) -> Parsed:
    return read(published, WORKBOOK)


@pytest.fixture(scope="module")
def numbers(workbook: Parsed) -> pd.DataFrame:
    """One row per body and month, one column per measure, missing marks as NaN."""
    figures = workbook.tables["figures"]
    figures = figures.assign(value=pd.to_numeric(figures["value"], errors="coerce"))
    keys = ["level", "org_code", "period_start"]
    return figures.pivot_table("value", keys, "measure", dropna=False).dropna(how="all")


def test_the_series_holds_eleven_trusts_three_regions_and_england_for_97_months(workbook):
    figures = workbook.tables["figures"]
    rows = figures[figures["measure"] == "a7"]

    assert rows.groupby("level").size().to_dict() == {
        "england": 97, "provider": 11 * 97, "region": 3 * 97,
    }  # fmt: skip
    assert len(figures) == 15 * 97 * 20
    assert {str(workbook.period_start), str(workbook.period_end)} == {"2017-08-01", "2025-09-01"}


def test_marks_other_than_numbers_are_blanks_and_dashes(workbook):
    values = workbook.tables["figures"]["value"]

    assert set(values[~values.str.fullmatch(r"\d+")]) == {"", "-"}


def test_january_2024_category_2(numbers):
    england = numbers.loc[("england", "ENG", "2024-01-01")]

    assert england[["a10", "a30", "a31"]].to_list() == [404_619, 973_478_879, 2_406]


@pytest.mark.parametrize(("mean", "total", "count"), [("a25", "a24", "a8"), ("a31", "a30", "a10")])
def test_england_mean_is_total_over_count_in_whole_seconds(numbers, mean, total, count):
    england = numbers.loc["england"]

    assert len(england) == 97
    assert england[mean].eq((england[total] / england[count]).round()).all()


def test_trusts_sum_to_england_in_every_month(numbers):
    trusts = numbers.loc["provider"].groupby("period_start").sum(min_count=1)
    england = numbers.loc["england"].droplevel("org_code")

    pd.testing.assert_frame_equal(trusts[COUNTS_AND_TOTALS], england[COUNTS_AND_TOTALS])


def test_all_eleven_trusts_report_from_april_2018_but_london_in_two_months(workbook, numbers):
    category_2 = numbers.loc["provider", "a10"]
    assert category_2[category_2 == 0].index.get_level_values("period_start").max() == "2018-03-01"

    figures = workbook.tables["figures"]
    missing = figures[(figures["measure"] == "a10") & (figures["value"] == "-")]
    assert missing[["org_code", "period_start"]].to_numpy().tolist() == [
        ["RRU", "2022-10-01"],
        ["RRU", "2022-11-01"],
    ]


def test_handover_items_begin_in_october_2023(numbers):
    england = numbers.loc[("england", "ENG")]

    assert england["a140"].first_valid_index() == "2023-10-01"
    assert england.loc["2023-10-01":, "a140"].notna().all()


def test_csv_agrees_with_the_workbook_value_for_value(published, workbook):
    rows = read(published, CSV).tables["figures"]
    keys = ["period_start", "level", "org_code", "measure"]
    both = rows.merge(workbook.tables["figures"], how="left", on=keys, suffixes=("", "_workbook"))

    found = both["value_workbook"].notna()
    assert both.loc[found, "value"].eq(both.loc[found, "value_workbook"]).all()
    assert set(both.loc[~found, "org_code"]) == {"Y56", "Y58", "Y61", "Y62"}
    assert found.sum() == 1_600 - 4 * 4 * 20


def test_a_region_with_one_service_repeats_its_figures(published):
    rows = read(published, CSV).tables["figures"]
    keys = ["period_start", "measure"]
    for region, trust in {"Y56": "RRU", "Y58": "RYF", "Y61": "RYC", "Y62": "RX7"}.items():
        both = rows[rows["org_code"] == region].merge(rows[rows["org_code"] == trust], on=keys)
        assert both["value_x"].to_list() == both["value_y"].to_list()
        assert len(both) == 4 * 20
