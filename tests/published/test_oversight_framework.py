"""The oversight framework's files as published (rows of one trust) and its compiled table: what they say."""

from pathlib import Path

import pandas as pd
import pytest

from data_sources import oversight_framework as nof
from data_sources.compiled import parse_compiled, recognise_compiled
from data_sources.reference_tables import REFERENCE_FOLDER, load_reference
from data_sources.registry import recognise
from data_sources.source import Parsed, Snapshot

pytestmark = pytest.mark.published

DATA = "nhs-oversight-framework-mental-health-and-community-trust-data.RDY-rows.csv"
LEAGUE = "nhs-oversight-framework-mental-health-and-community-trust-league-table.RDY-rows.csv"
QUARTERS = ["2025-04-01", "2025-07-01", "2025-10-01", "2026-01-01"]
OWN = load_reference(REFERENCE_FOLDER)


def parsed(published: Path, name: str) -> Parsed:
    path = published / "published" / "nof" / name
    publication = recognise(path, name)
    assert publication is not None
    assert publication.SOURCE.id == "oversight_framework"
    return publication.parse(Snapshot("s", nof.SOURCE.id, path, name, "", 0))


def by_quarter(file: Parsed) -> pd.DataFrame:
    """Published text: one row per measure, one column per quarter."""
    return file.tables["figures"].pivot_table(
        "value", index="measure", columns="period_start", aggfunc="first"
    )


@pytest.fixture(scope="module")
def metrics(published: Path) -> pd.DataFrame:
    return by_quarter(parsed(published, DATA))


@pytest.fixture(scope="module")
def compiled(published: Path) -> pd.DataFrame:
    """The compiled table: published text, one row per trust and one column per measure."""
    path = published / "compiled" / "nof_2025_26_q3_trust.csv"
    assert recognise_compiled(path) == ("oversight_framework", "compiled_q3_trust")
    figures = parse_compiled(Snapshot("s", nof.SOURCE.id, path, path.name, "", 0)).tables["figures"]
    assert set(figures["period_start"]) == {"2025-10-01"}
    return figures.pivot_table("value", index="org_code", columns="measure", aggfunc="first")


def test_both_files_are_read_without_a_refusal(published):
    assert {path.name for path in (published / "published" / "nof").iterdir()} == {DATA, LEAGUE}
    assert parsed(published, DATA).layout == "mental_health_community_data"
    assert parsed(published, LEAGUE).layout == "mental_health_community_league_table"


def test_every_row_of_values_and_of_the_summary_is_read(published, metrics):
    rows = pd.read_csv(published / "published" / "nof" / DATA, dtype=str, keep_default_na=False)
    wanted = rows[rows["Metric_ID"].str.match("OF0|OF50")]
    assert len(rows) == 156
    figures = parsed(published, DATA).tables["figures"]
    assert figures["value"].tolist() == wanted["Value"].tolist()
    assert figures["measure"].tolist() == wanted["Metric_ID"].str.lower().tolist()
    assert list(metrics.columns) == QUARTERS


def test_segment_and_score_of_each_quarter(metrics):
    assert metrics.loc["of5000"].tolist() == ["2", "2", "2", "2"]
    assert metrics.loc["of5003"].tolist() == ["2", "2", "2", "2"]
    assert metrics.loc["of5002"].tolist() == ["2.26", "2.15", "2.27", "2.21"]
    assert metrics.loc["of0057"].tolist() == ["80.08", "82.68", "79.82", "79.28"]
    assert metrics.loc["of0086"].tolist() == ["109.98", "106.96", "106.96", "106.96"]


def test_the_programme_flag_and_final_override_end_with_the_second_quarter(metrics):
    for measure in ("of5005", "of5007"):
        assert metrics.loc[measure].notna().tolist() == [True, True, False, False]
    assert metrics.loc["of5007"].tolist()[:2] == ["0", "0"]


def test_the_league_table_says_the_same_as_the_metric_data(published, metrics):
    table = by_quarter(parsed(published, LEAGUE))["2026-01-01"]
    shared = ["of5000", "of5002"]
    assert table[shared].tolist() == metrics.loc[shared, "2026-01-01"].tolist() == ["2", "2.21"]
    assert table[["score_range", "rank", "rank_range", "in_deficit"]].tolist() == [
        *("1.72 to 2.73", "24", "6 to 49", "No")
    ]


def test_the_compiled_table_agrees_with_the_publishers_rows(metrics, compiled):
    assert compiled.loc["RDY"].tolist() == metrics.loc[["of5000", "of5002"], "2025-10-01"].tolist()


def test_the_compiled_table_agrees_with_the_register_in_every_trust(compiled):
    detail = OWN["nof_2025_26_q3_detail"].set_index("org_code").loc[compiled.index]
    assert len(compiled) == 150
    assert compiled["of5000"].tolist() == detail["segment"].tolist()
    assert compiled["of5002"].tolist() == detail["avg_score"].tolist()
    statements = OWN["segment_snapshots"].query("framework == 'NOF 2025/26 Q3'")
    segments = statements.set_index("org_code")["segment"]
    assert segments.index.is_unique
    assert len(segments) == 179
    assert segments.loc[compiled.index].tolist() == compiled["of5000"].tolist()


def test_counts_of_segments_are_those_of_the_design(compiled):
    counts = compiled["of5000"].value_counts()
    assert (counts["4"], counts["3"]) == (38, 73)
    assert counts.sum() == 150
