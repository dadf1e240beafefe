"""The project's own hand-kept tables: free of faults, complete, and counted."""

import tomllib
from collections import Counter

from data_sources.acute_provider_table import MEASURES
from data_sources.reference_tables import REFERENCE_FOLDER, check_reference, load_reference
from data_sources.registry import sources
from settings import Settings


def test_the_projects_own_tables_have_no_fault():
    assert check_reference(REFERENCE_FOLDER) == []


def test_the_projects_own_tables_are_the_ones_that_others_read():
    frames = load_reference(REFERENCE_FOLDER)
    assert {name: len(frame) for name, frame in frames.items()} == {
        "area_tiles": 55,
        "cqc_ratings": 44,
        "crosschecks": 7,
        "date_alternatives": 35,
        "document_publishers": 130,
        "documents": 20,
        "exit_targets": 5,
        "field_test_trusts": 15,
        "framework_eras": 4,
        "national_events": 11,
        "nof_2025_26_q3_detail": 150,
        "org_changes": 25,
        "org_types": 253,
        "oversight_metrics": 44,
        "programme_spells": 99,
        "programmes": 5,
        "regions": 7,
        "segment_counts": 30,
        "segment_snapshots": 339,
        "successions": 19,
    }


def test_crosschecks_are_of_known_indicators_and_measures_and_not_of_an_indicators_own_source():
    indicators = {
        path.stem: tomllib.loads(path.read_text(encoding="utf-8"))
        for path in Settings().catalogue_dir.glob("*/*.toml")
    }
    rows = load_reference(REFERENCE_FOLDER)["crosschecks"].to_dict("records")
    for row in rows:
        assert row["measure"] in sources()[row["source_id"]].SOURCE.not_additive
        assert indicators[row["indicator_id"]]["unit"] == "percent"
        assert indicators[row["indicator_id"]]["from"]["source"] != row["source_id"]
    table = [row["measure"] for row in rows if row["source_id"] == "acute_provider_table"]
    # Of twelve hours from arrival, all patients: no indicator of ours is that.
    assert {*MEASURES.values()} - {*table} == {"ae_over_12h"}
    assert len(table) == len({*table})


def test_exits_are_counted_by_what_the_rows_state():
    kinds = load_reference(REFERENCE_FOLDER)["programme_spells"]["left_kind"]
    assert Counter(kinds) == {
        "improved": 38,
        "not_established": 33,
        "left_unspecified": 15,
        "transferred": 12,
        "merged_or_dissolved": 1,
    }


def test_identifiers_number_the_spells_of_an_organisation_in_order():
    table = load_reference(REFERENCE_FOLDER)["programme_spells"]
    for (programme, code), group in table.groupby(["programme", "org_code"]):
        expected = [f"{programme}-{code}-{number}" for number in range(1, len(group) + 1)]
        assert list(group["spell_id"]) == expected
        entered = [text for text in group["entered"] if text]
        assert entered == sorted(entered)


def test_eras_follow_on_each_other_and_none_is_comparable():
    eras = load_reference(REFERENCE_FOLDER)["framework_eras"].set_index("era_id")
    assert list(eras.index) == ["R0", "R1", "R2", "R3"]
    assert list(eras["starts_on"]) == ["2016-10", "2021-07", "2025-06-26", ""]
    assert list(eras["ends_on"]) == ["2021-07", "2025-06-26", "", ""]
    assert list(eras["highest_segment"]) == ["4", "4", "5", "4"]
    assert set(eras["comparable_with"]) == {""}


def test_field_test_gap_goes_on_in_the_successor_on_the_day_of_the_merger():
    trusts = load_reference(REFERENCE_FOLDER)["field_test_trusts"].set_index("org_code")
    assert len(set(trusts.index) - {"R0D"}) == 14
    assert tuple(trusts.loc["RD3", ["missing_from", "missing_to"]]) == ("2019-05-01", "2020-10-01")
    assert tuple(trusts.loc["R0D", ["missing_from", "missing_to"]]) == ("2020-10-01", "2023-06-01")
    assert tuple(trusts.loc["RGT", ["missing_from", "missing_to"]]) == ("2019-05-01", "2023-06-01")


def test_trust_types_are_known_but_for_nhs_direct():
    types = load_reference(REFERENCE_FOLDER)["org_types"].set_index("org_code")["org_type"]
    assert Counter(types) == {
        "acute": 148,
        "mental_health": 56,
        "specialist": 19,
        "community": 18,
        "ambulance": 11,
        "": 1,
    }
    assert types["RYH"] == ""
    assert types["R1F"] == "acute"
