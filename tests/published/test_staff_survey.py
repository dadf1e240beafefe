"""The Staff Survey of 2024 as published."""

from pathlib import Path

import pandas as pd
import pytest

from data_sources import staff_survey as survey
from data_sources.registry import recognise
from data_sources.source import Parsed, Snapshot
from data_sources.tables import read_sheet

pytestmark = pytest.mark.published

NAME = "NSS24 detailed spreadsheets organisational results.xlsx"
COMPILED = "staff_survey_wellbeing_trust_year_2021_2024.csv"


@pytest.fixture(scope="module")
def path(published: Path) -> Path:
    return published / "published" / "staff_survey" / NAME


@pytest.fixture(scope="module")
def parsed(path: Path) -> Parsed:
    return survey.parse(Snapshot("s", "staff_survey", path, NAME, "", 0))


@pytest.fixture(scope="module")
def numbers(parsed: Parsed) -> pd.DataFrame:
    figures = parsed.tables["figures"]
    wide = figures.pivot_table("value", "org_code", "measure", aggfunc="first")
    return wide.apply(pd.to_numeric)


def test_no_other_publication_claims_it(path):
    claimed = recognise(path, NAME)
    assert claimed is not None
    assert claimed.SOURCE.id == "staff_survey"


def test_every_trust_has_all_five_scores_and_bases(parsed, numbers):
    assert (len(numbers), len(parsed.tables["figures"])) == (210, 2_100)
    assert numbers.notna().all().all()
    assert {"RDY", "TAF", "R1F1", "R1F2"} <= set(numbers.index)
    assert not {"QHM", "0AR", "NAX"} & set(numbers.index)


def test_one_trust_cell_by_cell(parsed, numbers):
    dorset = parsed.tables["figures"].query("org_code == 'RDY' and measure == 'engagement'")
    assert dorset["value"].to_list() == ["7.185836937414136"]
    assert numbers.loc["RDY", ["engagement_base", "compassionate_inclusive_base"]].to_list() == [
        *(3_292, 3_288)
    ]


def test_scores_lie_where_those_of_2024_lay(numbers):
    spans = {
        "engagement": (5.73, 7.72), "morale": (5.13, 6.76), "burnout": (4.25, 5.82),
        "raising_concerns": (5.47, 7.51), "compassionate_inclusive": (6.54, 8.02),
    }  # fmt: skip
    for measure, (low, high) in spans.items():
        assert numbers[measure].between(low, high).all(), measure
    assert numbers["engagement_base"].sum() == 745_006


def test_the_two_sheets_tell_of_the_same_263_organisations_in_the_same_order(path):
    promise, themes = (
        [row[:6] for row in read_sheet(path, name).rows[5:]]
        for name in ("PEOPLE PROMISE ELEMENTS", "THEMES")
    )
    assert promise == themes
    assert len(promise) == 263


def test_the_compiled_percentages_are_of_the_same_questions(published, path):
    """The compiled table is not read; what it says of question 12a equals the workbook."""
    sheet = read_sheet(path, "HEALTH WELLBEING SAFETY Q12")
    often = {row[0]: float(row[9]) + float(row[10]) for row in sheet.rows[5:]}
    base = {row[0]: row[11] for row in sheet.rows[5:]}
    table = pd.read_csv(published / "compiled" / COMPILED, dtype=str).query("year == '2024'")
    table = table.set_index("org_code")
    assert len(table) == 263
    rates = table["emotionally_exhausting_rate"].astype(float)
    assert (rates - pd.Series(often)).abs().max() < 1e-9
    assert table["emotionally_exhausting_base"].to_dict() == base
