"""What other people's tools rely on: names and columns of the marts, and of current.json."""

import json
from pathlib import Path

import pytest

COLUMNS = {
    "dim_organisation": (
        "org_code org_name org_type region icb_code icb_name opened_on closed_on successor_code"
    ),
    "dim_era": (
        "era_id framework starts_on ends_on lowest_segment highest_segment intensive_support comparable_with"
    ),
    "fct_segment": (
        "org_code era_id published_on effective_from effective_to segment segment_before_override "
        "source_url snapshot_id"
    ),
    "fct_programme_spell": (
        "spell_id org_code programme entered_on entered_earliest entered_latest entered_precision left_on "
        "left_earliest left_latest left_precision left_kind last_known_in transferred_from themes confidence "
        "source_urls"
    ),
    "dim_indicator": "indicator_id title unit better",
    "fct_indicator": (
        "indicator_id org_code period_start period_end numerator denominator value missing_reason source_id "
        "snapshot_id"
    ),
    "fct_reconciliation": (
        "source_id period_start measure published computed difference within_tolerance"
    ),
    "fct_snapshot": (
        "snapshot_id source_id url file_name sha256 bytes period_start retrieved_at published_on status "
        "superseded_by"
    ),
    "dim_event": "event_id org_code happened_on kind title source_url",
}


def types_of(marts, mart: str) -> dict[str, str]:
    query = (
        "select column_name, data_type from information_schema.columns "
        "where table_schema = 'marts' and table_name = ?"
    )
    return dict(marts.cursor().execute(query, [mart]).fetchall())


@pytest.mark.parametrize("mart", COLUMNS)
def test_a_mart_has_its_contracted_columns(marts, mart: str) -> None:
    assert set(COLUMNS[mart].split()) - set(types_of(marts, mart)) == set()


@pytest.mark.parametrize("mart", COLUMNS)
def test_dates_are_dates_and_codes_are_text(marts, mart: str) -> None:
    types = types_of(marts, mart)
    dates = [
        name
        for name in types
        if name.endswith(("_on", "_earliest", "_latest", "_from", "_start", "_end"))
    ]
    dates = [name for name in dates if name not in ("transferred_from",)]
    assert {name: types[name] for name in dates} == dict.fromkeys(dates, "DATE")
    codes = [name for name in types if name.endswith(("_code", "_id"))]
    assert {name: types[name] for name in codes} == dict.fromkeys(codes, "VARCHAR")


def test_counts_that_can_be_half_people_are_decimal(marts) -> None:
    types = types_of(marts, "fct_indicator")
    assert types["numerator"].startswith("DECIMAL")
    assert types["denominator"].startswith("DECIMAL")


def test_organisation_types_are_the_contracted_ones(marts) -> None:
    query = "select distinct org_type from marts.dim_organisation where org_type is not null"
    found = {row[0] for row in marts.cursor().execute(query).fetchall()}
    assert found == {
        *("acute", "specialist", "mental_health", "community", "ambulance"),
        *("icb", "region", "england"),
    }


def test_current_json_names_the_file_and_what_it_was_made_from(warehouse: Path) -> None:
    current = json.loads((warehouse / "current.json").read_text())
    assert {"version", "file", "sha256", "built_at", "bundle", "snapshots"} <= set(current)
    assert (warehouse / current["file"]).exists()
    assert len(current["snapshots"]) > 100
