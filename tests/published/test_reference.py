"""The hand-kept tables hold every row of the public register and agree with the published files."""

from pathlib import Path

import pandas as pd
import pytest

from data_sources.reference_tables import REFERENCE_FOLDER, load_reference
from data_sources.tables import read_sheet

pytestmark = pytest.mark.published

OWN = load_reference(REFERENCE_FOLDER)
SPELLS = OWN["programme_spells"].set_index("register_row")
SAME_IN_SPELLS = {
    "org_code": "org_code",
    "org_name": "org_name_at_time",
    "region": "region",
    "entry_date": "entered",
    "entry_precision": "entered_precision",
    "exit_date": "left",
    "exit_precision": "left_precision",
    "transferred_from": "transferred_from",
    "themes": "themes",
    "source_url": "source_urls",
    "source_date": "source_date",
    "confidence": "confidence",
    "note": "note",
}
CARRIED = (
    "cqc_ratings",
    "exit_targets",
    "nof_2025_26_q3_detail",
    "org_changes",
    "oversight_metrics",
    "segment_counts",
    "segment_snapshots",
)


def read(path: Path) -> pd.DataFrame:
    return pd.read_csv(path, dtype=str, keep_default_na=False)


@pytest.mark.parametrize(("name", "count"), [("rsp_register", 44), ("special_measures", 55)])
def test_every_spell_of_the_register_is_kept_word_for_word(register, name, count):
    given = read(register / f"{name}.csv")
    given.index = [f"{name}.csv:{number}" for number in range(1, len(given) + 1)]
    kept = SPELLS.loc[given.index, list(SAME_IN_SPELLS.values())]
    assert len(given) == count
    assert kept.to_numpy().tolist() == given[list(SAME_IN_SPELLS)].to_numpy().tolist()


def test_no_spell_stands_beside_the_register():
    assert len(SPELLS) == 99
    assert SPELLS.index.is_unique


def test_programmes_are_those_of_the_register(register):
    regimes = read(register / "special_measures.csv")["regime"].str.lower()
    assert SPELLS.loc[
        [f"special_measures.csv:{n}" for n in range(1, 56)], "programme"
    ].tolist() == (regimes.tolist())
    successors = SPELLS[SPELLS["note"].str.startswith("SUCCESSOR REGIME")]
    assert dict(
        zip(successors["spell_id"], successors["confidence"], strict=True)
    ) == dict.fromkeys(["pip-RCX-1", "pip-RYR-1", "irp-RJL-1", "irp-RVV-1", "irp-RWA-1"], "medium")
    (doubtful,) = SPELLS[SPELLS["org_code"] == "RAJ"].itertuples()
    assert (doubtful.spell_id, doubtful.confidence) == ("pip-RAJ-1", "low")


def test_each_last_sighting_lands_on_one_spell_without_exit(register):
    given = read(register / "rsp_last_known_in.csv")
    seen = SPELLS[SPELLS["last_known_in"] != ""]
    assert len(given) == len(seen) == 19
    assert set(seen["left"]) == {""}
    assert set(seen["programme"]) == {"rsp"}
    columns = ["org_code", "last_known_in", "precision", "source_url", "note"]
    kept = [
        "org_code",
        *(f"last_known_in{part}" for part in ("", "_precision", "_source", "_note")),
    ]
    assert sorted(map(tuple, seen[kept].to_numpy())) == sorted(
        map(tuple, given[columns].to_numpy())
    )
    ids = seen.set_index("org_code")["spell_id"]
    assert (ids["RVV"], ids["RJZ"]) == ("rsp-RVV-1", "rsp-RJZ-2")


@pytest.mark.parametrize("name", CARRIED)
def test_other_files_of_the_register_are_carried_as_they_are(register, name):
    given = read(register / f"{name}.csv")
    assert OWN[name][list(given.columns)].to_numpy().tolist() == given.to_numpy().tolist()


def test_segment_statements_carry_their_era():
    snapshots = OWN["segment_snapshots"]
    assert len(snapshots) == 339
    assert snapshots["era_id"].value_counts().to_dict() == {"R2": 257, "R1": 82}
    later = snapshots["framework"].str.startswith("NOF 2025/26")
    assert set(snapshots.loc[later, "era_id"]) == {"R2"}
    assert snapshots.loc[~later, "framework"].isin(["SOF 2021/22", "NOF 2022/23"]).all()


def test_segments_and_domain_segments_agree_with_the_compiled_framework_table(published):
    ours = OWN["nof_2025_26_q3_detail"].set_index("org_code")
    theirs = read(published / "compiled" / "nof_2025_26_q3_trust.csv").set_index("org_code")
    same = {
        "segment": "overall_adjusted_segment",
        "dom_access": "domain_segment_access",
        "dom_eff": "domain_segment_effectiveness_experience",
        "dom_fin": "domain_segment_finance_productivity",
        "dom_safety": "domain_segment_patient_safety",
        "dom_people": "domain_segment_people_workforce",
    }
    assert set(ours.index) == set(theirs.index)
    expected = theirs.loc[ours.index, list(same.values())]
    assert ours[list(same)].to_numpy().tolist() == expected.to_numpy().tolist()


def test_every_trust_of_the_register_and_the_waiting_figures_has_a_type(published):
    trusts = read(published / "compiled" / "org_dates.csv")
    trusts = set(trusts.loc[(trusts[["is_nhs_trust"]] == "True").any(axis=1), "org_code"])
    found = {*SPELLS["org_code"], *OWN["segment_snapshots"]["org_code"]}
    for name in ("ae_trust_month_2016_2019", "rtt_full_extract_trust_month"):
        found |= set(read(published / "compiled" / f"{name}.csv")["org_code"])
    typed = set(OWN["org_types"].query("org_type != ''")["org_code"])
    assert found & (trusts | {"TAD", "TAH", "TAJ"}) <= typed


def test_types_follow_the_framework_and_then_the_staff_survey(published):
    types = OWN["org_types"].set_index("org_code")
    subtypes = read(published / "compiled" / "nof_2025_26_q3_trust.csv").set_index("org_code")
    assert types.loc[subtypes.index, "source_detail"].tolist() == (
        subtypes["trust_subtype"].tolist()
    )
    (path,) = (published / "published" / "staff_survey").glob("*.xlsx")
    rows = read_sheet(path, "PEOPLE PROMISE ELEMENTS").rows[5:]
    groups = {row[0]: row[2] for row in rows}
    surveyed = types[types["source"] == "NHS Staff Survey 2024, benchmarking group"]
    assert len(surveyed) == 59
    assert surveyed["source_detail"].to_dict() == {code: groups[code] for code in surveyed.index}


FIELD_TEST = OWN["field_test_trusts"].set_index("org_code")


@pytest.mark.parametrize(
    ("month", "missing"),
    [
        ("2019-04", []),
        ("2019-05", sorted({*FIELD_TEST.index} - {"R0D"})),
        ("2020-09", sorted({*FIELD_TEST.index} - {"R0D"})),
        ("2020-10", sorted({*FIELD_TEST.index} - {"RD3"})),
        ("2023-05", sorted({*FIELD_TEST.index} - {"RD3"})),
        ("2023-06", []),
    ],
)
def test_field_test_gap_is_the_one_in_the_ae_workbooks(published, month, missing):
    manifest = read(published / "MANIFEST.csv")
    chosen = (manifest["family"] == "ae") & (manifest["period_from"] == month)
    workbooks = [path for path in manifest.loc[chosen, "path"] if path.endswith(".xls")]
    sheet = read_sheet(published / workbooks[0], "Provider Level Data")
    assert sheet.cell(16, 16) == "Total Attendances > 4 hours"
    absent = [
        sheet.cell(row, 2) for row in range(19, len(sheet.rows)) if sheet.cell(row, 16) == "-"
    ]
    assert sorted(absent) == missing
    first_day = f"{month}-01"
    told = FIELD_TEST[
        (FIELD_TEST["missing_from"] <= first_day) & (FIELD_TEST["missing_to"] > first_day)
    ]
    assert sorted(told.index) == missing
