"""The only way in: read-only, locked down, through questions with bound parameters."""

from datetime import date
from pathlib import Path
from typing import Any

import duckdb
import pandas as pd
import pytest

from sql.inputs import SQL_DIR
from sql.reads import open_database, read, show_mart

LOCKED_OUT = {
    "a system file as text": "select * from read_text('/etc/hosts')",
    "a system file as a table": "select * from read_csv('/etc/hosts')",
    "a folder": "select * from glob('/etc/*')",
    "another database": "attach '{folder}/other.duckdb'",
    "a copy to a file": "copy marts.dim_era to '{folder}/era.csv'",
    "an export": "export database '{folder}/all'",
    "an extension": "install httpfs",
    "an extension of this machine": "load httpfs",
    "a setting": "set memory_limit = '64GB'",
    "its own lock": "set lock_configuration = false",
    "external access": "set enable_external_access = true",
    "a table": "create table marts.own as select 1",
    "a row": "insert into marts.dim_era select * from marts.dim_era",
    "a deletion": "delete from marts.fct_indicator",
}


@pytest.mark.parametrize("statement", LOCKED_OUT.values(), ids=LOCKED_OUT)
def test_a_connection_reaches_nothing_but_its_file(
    marts: duckdb.DuckDBPyConnection, tmp_path: Path, statement: str
) -> None:
    with pytest.raises((duckdb.PermissionException, duckdb.InvalidInputException)):
        marts.cursor().execute(statement.format(folder=tmp_path))
    assert list(tmp_path.iterdir()) == []


def test_a_file_that_is_not_there_is_not_made(tmp_path: Path) -> None:
    with pytest.raises(duckdb.IOException, match="does not exist"):
        open_database(tmp_path / "absent.duckdb")
    assert list(tmp_path.iterdir()) == []


QUESTIONS: dict[str, dict[str, Any]] = {
    "aligned_comparators": {
        "indicator": "ae_4h_all",
        "events": [
            {
                "event": "entry",
                "month_zero": date(2021, 8, 1),
                "entry_zero": date(2021, 8, 1),
                "org_type": "acute",
            }
        ],
        "scale": "raw",
        "least": 0.0,
    },
    "aligned_series": {"indicator": "ae_4h_all", "programmes": ["rsp"]},
    "area_tiles": {},
    "distribution_band": {"indicator": "ae_4h_all", "org_type": "acute"},
    "distribution_periods": {"indicator": "ae_4h_all"},
    "period_values": {"indicator": "ae_4h_all", "period": date(2024, 3, 1)},
    "documents": {},
    "eras": {},
    "predecessors": {"org": "RAL"},
    "comparator_candidates": {
        "org": "RXW",
        "first": date(2016, 4, 1),
        "last": date(2026, 5, 31),
    },
    "completeness": {},
    "count_placements": {"count": "2023-02-13-trusts-4"},
    "crosscheck": {"source": "ae_monthly"},
    "current_series": {"org": "RAL"},
    "date_disagreements": {},
    "exit_targets": {},
    "indicator_frameworks": {},
    "indicator_freshness": {},
    "indicator_coverage": {"indicator": "rtt_18w"},
    "indicator_reach": {},
    "indicator_peers": {"indicator": "ae_4h_all", "by_region": True},
    "indicators": {},
    "latest_moves": {"most": 5},
    "latest_segment_moves": {},
    "lineage": {},
    "layouts": {"source": "cancer_waits"},
    "last_segments": {},
    "latest_values": {"org": "RXW"},
    "ledger_as_known": {"org": None, "day": date(2023, 2, 13)},
    "mart_names": {},
    "held_files": {},
    "missing": {"source": "ae_monthly"},
    "national_events": {},
    "never_by_segment": {},
    "never_in_programme": {"org": "RXW"},
    "organisation_events": {},
    "organisation_series": {"org": "RXW"},
    "organisation_sizes": {},
    "organisations": {},
    "peer_bands": {"org_type": "acute"},
    "programme_counts": {"today": date(2026, 11, 22), "org_types": ["acute"]},
    "published_changes": {},
    "programmes": {},
    "published_counts": {},
    "reconciliation": {"source": "ae_monthly"},
    "revisions": {"source": "ae_monthly"},
    "segment_strip": {},
    "segment_moves": {"era": "R1"},
    "segment_panel": {"era": "R2"},
    "segment_statements": {},
    "segment_three": {},
    "segment_values": {"indicator": "ae_4h_all"},
    "segments": {"org": "RXW"},
    "lineage_values": {"indicator": "rtt_18w", "lineage": "current"},
    "series": {"indicator": "rtt_18w", "orgs": ["RXW", "ENG"]},
    "snapshot_files": {},
    "snapshots": {"source": "rtt"},
    "source_coverage": {},
    "spells": {},
    "standing_by_type": {},
    "usual_value": {"indicator": "ae_4h_all"},
}

EMPTY = {"held_files", "crosscheck"}
"""Questions without an answer in the bundle: nothing of it is held back, and no file of the publications
that ours are held against is in it.
"""
"""Every question of the folder with parameters to ask it with; a new one has to be added here."""


@pytest.mark.parametrize("name", sorted(path.stem for path in (SQL_DIR / "reads").glob("*.sql")))
def test_every_question_has_an_answer(marts: duckdb.DuckDBPyConnection, name: str) -> None:
    assert name in QUESTIONS, "give the new question parameters in QUESTIONS"
    answer = read(marts, name, **QUESTIONS[name])
    assert (len(answer) > 0) == (name not in EMPTY)
    assert answer.columns.is_unique


def test_every_case_asks_a_question_of_the_folder() -> None:
    assert set(QUESTIONS) <= {path.stem for path in (SQL_DIR / "reads").glob("*.sql")}


def test_an_unknown_organisation_has_no_rows(marts: duckdb.DuckDBPyConnection) -> None:
    assert read(marts, "organisation_series", org="' or 1=1 --").empty


def test_questions_leave_the_connection_as_it_was(marts: duckdb.DuckDBPyConnection) -> None:
    whole = marts.cursor().execute("from marts.fct_indicator")
    read(marts, "eras")
    assert len(whole.fetchall()) > 100_000


def test_a_mart_is_shown_whole(marts: duckdb.DuckDBPyConnection) -> None:
    assert len(show_mart(marts, "fct_programme_spell")) == 99


@pytest.mark.parametrize("table", ["fct_nothing", "dim_era; drop table dim_era", ""])
def test_an_unknown_mart_is_refused_with_those_there_are(
    marts: duckdb.DuckDBPyConnection, table: str
) -> None:
    with pytest.raises(ValueError, match="There is no mart") as refusal:
        show_mart(marts, table)
    for mart in (SQL_DIR / "marts").glob("*.sql"):
        assert mart.stem in str(refusal.value)


def test_spells_are_aligned_on_the_first_month_they_were_exposed(
    marts: duckdb.DuckDBPyConnection,
) -> None:
    """An event up to the 15th exposes its own month, a later one the next."""
    rows = read(marts, "aligned_series", indicator="ae_4h_all", programmes=["rsp", "qsm", "fsm"])
    spells = read(marts, "spells").set_index("spell_id")
    for event, column in (("entry", "entered_on"), ("exit", "left_on")):
        zero = rows[rows["event"] == event].groupby("spell_id")["month_zero"].first()
        day = spells.loc[zero.index, column]
        month = day.dt.to_period("M") + (day.dt.day > 15).astype(int)
        assert (zero.dt.to_period("M") == month).all()
        assert len(zero) > 10
    assert rows["month"].between(-24, 24).all()


def test_comparators_are_organisations_without_any_spell(marts: duckdb.DuckDBPyConnection) -> None:
    never = read(marts, "aligned_comparators", **QUESTIONS["aligned_comparators"])
    assert list(never["month"]) == sorted(never["month"])
    organisations = read(marts, "organisations")
    acute = organisations[organisations["org_type"] == "acute"]
    assert never["n"].max() <= (~acute["has_spell"]).sum()
    assert (never["p10"] <= never["median"]).all()
    assert (never["median"] <= never["p90"]).all()


def test_places_count_from_the_most_favourable(marts: duckdb.DuckDBPyConnection) -> None:
    rows = read(marts, "latest_values", org="RXW").set_index("indicator_id")
    month = rows.loc["ae_4h_all", "period_start"]
    query = (
        "select org_code from marts.fct_indicator join marts.dim_organisation using (org_code) "
        "where indicator_id = 'ae_4h_all' and org_type = 'acute' and period_start = ? "
        "and value is not null order by value desc"
    )
    best_first = [org for (org,) in marts.cursor().execute(query, [month]).fetchall()]
    assert rows.loc["ae_4h_all", "place"] == best_first.index("RXW") + 1
    assert rows.loc["ae_4h_all", "peers"] == len(best_first)


def test_counts_of_any_programme_count_an_organisation_once(
    marts: duckdb.DuckDBPyConnection,
) -> None:
    rows = read(marts, "programme_counts", today=date(2026, 11, 22), org_types=[])
    by_group = rows.pivot_table(index="month", columns="programme_group", values="known")
    parts = by_group.drop(columns="any programme")
    assert (by_group["any programme"] <= parts.sum(axis=1)).all()
    assert (by_group["any programme"] >= parts.max(axis=1)).all()
    assert by_group.index.max() == pd.Timestamp("2026-11-01")


def test_a_series_has_every_month_and_says_why_one_has_no_value(
    marts: duckdb.DuckDBPyConnection,
) -> None:
    rows = read(marts, "series", indicator="ae_4h_all", orgs=["RGT", "ENG"])
    assert set(rows["org_code"]) == {"RGT", "ENG"}
    assert rows["file_name"].notna().all()
    assert not rows.duplicated(["org_code", "period_start"]).any()
    tested = rows["period_start"].between("2019-05-01", "2023-05-01") & (rows["org_code"] == "RGT")
    assert tested.sum() == 49
    assert rows.loc[tested, "value"].isna().all()
    assert rows.loc[tested, "missing_reason"].str.contains("field test").all()
