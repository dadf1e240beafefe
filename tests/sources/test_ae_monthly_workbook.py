"""The monthly A&E workbook by provider: what is read of it."""

from datetime import date

import pandas as pd
import pytest

from data_sources import ae_monthly as ae
from data_sources.source import FIGURE_COLUMNS
from tests.sources.ae_files import (
    KENT_ICB,
    LEEDS_ICB,
    provider_sheet,
    system_sheet,
    workbook_sheets,
    write_workbook,
)

LEEDS_FIGURES = {
    "attendances_type1": "7",
    "attendances_type2": "2",
    "attendances_other": "1",
    "attendances_total": "10",
    "within_4h_type1": "4",
    "within_4h_type2": "2",
    "within_4h_other": "1",
    "within_4h_total": "7",
    "over_4h_type1": "3",
    "over_4h_type2": "0",
    "over_4h_other": "0",
    "over_4h_total": "3",
    "percent_within_4h": "0.7",
    "admissions_type1": "5",
    "admissions_type2": "0",
    "admissions_other": "0",
    "admissions_via_ae": "5",
    "admissions_not_via_ae": "6",
    "dta_over_4h": "2",
    "dta_over_12h": "1",
}


def values(figures: pd.DataFrame, level: str, org_code: str) -> dict[str, str]:
    rows = figures[(figures["level"] == level) & (figures["org_code"] == org_code)]
    return dict(zip(rows["measure"], rows["value"], strict=True))


def test_workbook_gives_england_providers_and_systems(tmp_path):
    parsed = ae.parse(write_workbook(tmp_path, workbook_sheets()))

    figures = parsed.tables["figures"]
    assert tuple(figures.columns) == FIGURE_COLUMNS
    bodies = figures[["level", "org_code", "org_name", "sheet", "source_row"]].drop_duplicates()
    assert bodies.to_numpy().tolist() == [
        ["england", "ENG", "England", "Provider Level Data", 17],
        ["provider", "RR8", "Leeds Teaching Hospitals", "Provider Level Data", 19],
        ["provider", "RVV", "East Kent Hospitals", "Provider Level Data", 20],
        ["system", "QWO", LEEDS_ICB, "System Level Data", 19],
        ["system", "QKS", KENT_ICB, "System Level Data", 20],
    ]
    assert set(figures["period_start"]) == {"2024-04-01"}
    assert set(figures["period_end"]) == {"2024-05-01"}
    assert parsed.layout == "provider_workbook"
    assert (parsed.period_start, parsed.period_end) == (date(2024, 4, 1), date(2024, 5, 1))


def test_workbook_columns_become_the_named_measures(tmp_path):
    figures = ae.parse(write_workbook(tmp_path, workbook_sheets())).tables["figures"]
    assert values(figures, "provider", "RR8") == LEEDS_FIGURES
    assert values(figures, "system", "QWO") == LEEDS_FIGURES
    assert values(figures, "england", "ENG")["dta_over_12h"] == "4"


def test_dash_of_a_field_test_trust_stays_a_dash(tmp_path):
    kent = values(
        ae.parse(write_workbook(tmp_path, workbook_sheets())).tables["figures"], "provider", "RVV"
    )
    assert kent["attendances_total"] == "9"
    assert kent["over_4h_total"] == kent["within_4h_type1"] == kent["percent_within_4h"] == "-"


@pytest.mark.parametrize(
    ("title", "heading", "spacer"),
    [
        ("STP Level Data", "STP", True),
        ("System Level Data", "STP", True),
        ("System Level Data", "STP", False),
        ("System Level Data", "System", True),
    ],
)
def test_every_form_of_the_system_sheet_reads_alike(tmp_path, title, heading, spacer):
    sheets = {title: system_sheet(heading, spacer), "Provider Level Data": provider_sheet()}

    parsed = ae.parse(write_workbook(tmp_path, sheets))

    assert values(parsed.tables["figures"], "system", "QWO") == LEEDS_FIGURES
    assert set(parsed.tables) == {"figures"}


@pytest.mark.parametrize(
    ("period", "name"),
    [
        ("April 2026", "April-2026-AE-by-provider.xls"),
        ("April 26", "April-26-AE-by-provider-v2.xls"),
        ("April  2026", "by-provider.xls"),
    ],
)
def test_period_is_read_in_every_spelling(tmp_path, period, name):
    provider, system = provider_sheet(period=period), system_sheet(period=period)
    sheets = {"System Level Data": system, "Provider Level Data": provider}
    assert ae.parse(write_workbook(tmp_path, sheets, name)).period_start == date(2026, 4, 1)


@pytest.mark.parametrize(
    ("revised", "day"), [("", date(2024, 5, 9)), ("14th November 2024", date(2024, 11, 14))]
)
def test_published_on_is_the_revision_where_there_is_one(tmp_path, revised, day):
    sheets = workbook_sheets() | {"Provider Level Data": provider_sheet(revised=revised)}
    assert ae.parse(write_workbook(tmp_path, sheets)).published_on == day


def test_notes_below_the_providers_are_no_figures(tmp_path):
    sheets = workbook_sheets()
    sheets["Provider Level Data"] |= {
        22: ["", "Note:"],
        23: ["", "1. Organisations that did not submit data"],
        24: ["", "code - RYF", "Organisation - South Western Ambulance Service"],
    }
    figures = ae.parse(write_workbook(tmp_path, sheets)).tables["figures"]
    assert figures.loc[figures["level"] == "provider", "org_code"].nunique() == 2


def test_mapping_sheet_gives_memberships_with_the_codes_of_the_month(tmp_path):
    sheets = workbook_sheets()
    sheets["System Mapping"][7] = sheets["System Mapping"][4]
    sheets["System Mapping"][8] = ["RAP", "London Commissioning Region", "Closed", "Abolished ICB"]

    memberships = ae.parse(write_workbook(tmp_path, sheets)).tables["icb_memberships"]

    columns = ["org_code", "org_name", "region_name", "icb_name", "icb_code", "valid_from"]
    assert list(memberships.columns) == columns
    assert memberships.to_numpy().tolist() == [
        ["RR8", "Leeds", "North East Commissioning Region", LEEDS_ICB, "QWO", "2024-04-01"],
        ["RVV", "East Kent", "South East Commissioning Region", KENT_ICB, "QKS", "2024-04-01"],
        ["RAP", "Closed", "London Commissioning Region", "Abolished ICB", "", "2024-04-01"],
    ]


def test_a_workbook_is_recognised_by_sheet_and_title_whatever_its_name(tmp_path):
    assert ae.recognises(write_workbook(tmp_path, workbook_sheets(), "a.bin").path, "a.bin")


def test_other_workbooks_are_not_recognised(tmp_path):
    other_title = {2: ["", "Title:", "Bed availability"]}
    assert not ae.recognises(
        write_workbook(tmp_path, {"Provider Level Data": other_title}).path, "ae.xls"
    )
    assert not ae.recognises(write_workbook(tmp_path, {"Data": provider_sheet()}).path, "ae.xls")
