"""Oversight framework: from published text to measures, and to segments beside the register's statements."""

import pytest

from tests.unit.sql.models import Row, by, figure, run, snapshot

DATA = snapshot(
    "data",
    "oversight_framework",
    layout="acute_data",
    layout_rank="0",
    period_start="2025-04-01",
    period_end="2026-01-01",
    url="https://a.example/data.csv",
)
LEAGUE = snapshot("league", "oversight_framework", layout="acute_league_table", layout_rank="3")
COMPILED = snapshot(
    "compiled",
    "oversight_framework",
    layout="compiled_q3_trust",
    layout_rank="12",
    kind="compiled",
    period_start="2025-10-01",
    period_end="2026-01-01",
)
ERAS: list[Row] = [
    {"era_id": "R2", "short_name": "NOF 2025/26", "starts_on": "2025-06-26", "ends_on": ""},
    {"era_id": "R3", "short_name": "NOF 2026/27", "starts_on": "", "ends_on": ""},
]
for era in ERAS:
    era |= {"lowest_segment": "1", "highest_segment": "5"}
ENDS = {"04": "-07-01", "07": "-10-01", "10": "-01-01", "01": "-04-01"}


def cell(origin: Row, measure: str, value: str, month: str = "2025-10", org: str = "RXX") -> Row:
    year, begins = month.split("-")
    end = f"{int(year) + (begins == '10')}{ENDS[begins]}"
    return figure(origin, measure, value, org=org, month=month) | {"period_end": end}


def measures(*rows: Row) -> dict[object, dict[str, object]]:
    found = run("intermediate.int_measures", snapshots=[DATA, LEAGUE, COMPILED], figures=list(rows))
    return by("measure", found)


@pytest.mark.parametrize(
    ("text", "amount"), [("1", 1), ("0", 0), ("Yes", 1), ("No", 0), ("-2.5", -2.5), ("2.26", 2.26)]
)
def test_a_figure_is_a_measure_as_it_stands_and_a_yes_is_one(text, amount):
    row = measures(cell(DATA, "of5007", text))["of5007"]
    assert float(str(row["amount"])) == amount
    assert row["missing_reason"] is None
    assert row["source_id"] == "oversight_framework"


@pytest.mark.parametrize("mark", ["NA", "", "-"])
def test_a_flag_that_is_not_given_is_missing_and_never_a_no(mark):
    row = measures(cell(DATA, "of5007", mark))["of5007"]
    assert (row["amount"], row["missing_reason"]) == (None, "not published")


def test_ranges_are_no_measures_and_nothing_is_added_up():
    found = measures(
        cell(LEAGUE, "score_range", "1.72 to 2.73"),
        cell(LEAGUE, "rank_range", "6 to 49"),
        cell(LEAGUE, "in_deficit", "Yes"),
    )
    assert {name: row["org_code"] for name, row in found.items()} == {"in_deficit": "RXX"}
    assert found["in_deficit"]["amount"] == 1


def test_metric_data_speak_before_a_league_table_and_before_the_compiled_table():
    found = measures(
        cell(COMPILED, "of5002", "2.3"),
        cell(LEAGUE, "of5002", "2.2"),
        cell(DATA, "of5002", "2.1"),
    )
    assert float(str(found["of5002"]["amount"])) == 2.1


def statement(framework: str = "NOF 2025/26 Q3", segment: str = "4", **more: str) -> Row:
    return {
        "org_code": "RXX",
        "era_id": "R2",
        "framework": framework,
        "snapshot_date": "2025-12-31",
        "segment": segment,
    } | more


def segments(rows: list[Row], *statements: Row) -> list[dict[str, object]]:
    frame = run(
        "marts.fct_segment",
        snapshots=[DATA, LEAGUE, COMPILED],
        figures=rows,
        reference_segment_snapshots=list(statements),
        reference_framework_eras=ERAS,
    )
    frame = frame.sort_values(["effective_from", "snapshot_id"])
    return frame.astype(object).where(frame.notna(), None).to_dict("records")


SUMMARY = [cell(DATA, "of5000", "3"), cell(DATA, "of5003", "2"), cell(DATA, "of5004", "1")]


def test_a_files_segment_stands_before_and_after_the_override_with_its_quarter_and_file():
    (row,) = segments(SUMMARY)
    span = f"{row['effective_from']:%Y-%m-%d}", f"{row['effective_to']:%Y-%m-%d}"
    assert span == ("2025-10-01", "2026-01-01")
    del row["effective_from"], row["effective_to"]
    assert row == {
        "org_code": "RXX",
        "era_id": "R2",
        "published_on": None,
        "segment": 3,
        "segment_before_override": 2,
        "framework": "NOF 2025/26 Q3",
        "stated_as": "Q3 2025/26",
        "confidence": "high",
        "source_url": "https://a.example/data.csv",
        "snapshot_id": "data",
    }


@pytest.mark.parametrize(
    ("month", "framework", "era"),
    [
        ("2025-04", "NOF 2025/26 Q1", "R2"),
        ("2025-07", "NOF 2025/26 Q2", "R2"),
        ("2026-01", "NOF 2025/26 Q4", "R2"),
        ("2026-04", "NOF 2026/27 Q1", "R3"),
    ],
)
def test_a_quarter_belongs_to_the_era_of_its_financial_year(month, framework, era):
    (row,) = segments([cell(DATA, "of5000", "1", month)])
    assert (row["framework"], row["era_id"]) == (framework, era)


def test_a_quarter_of_no_known_framework_has_no_era_for_the_release_check_to_find():
    (row,) = segments([cell(DATA, "of5000", "1", "2027-04")])
    assert row["era_id"] is None


def test_a_published_file_speaks_instead_of_the_register_and_the_compiled_table():
    rows = [*SUMMARY, cell(COMPILED, "of5000", "2")]
    found = segments(rows, statement(), statement(snapshot_date="2026-03", segment="2"))
    assert [(row["segment"], row["snapshot_id"]) for row in found] == [(3, "data")]


def test_the_register_speaks_instead_of_the_compiled_table():
    found = segments([cell(COMPILED, "of5000", "4")], statement())
    assert [row["snapshot_id"] for row in found] == ["reference-segment_snapshots"]


def test_the_compiled_table_speaks_where_nothing_else_does_and_with_less_confidence():
    found = segments([cell(COMPILED, "of5000", "4")], statement("NOF 2025/26 Q2"))
    assert [(row["snapshot_id"], row["confidence"]) for row in found] == [
        ("reference-segment_snapshots", "high"),
        ("compiled", "medium"),
    ]


def test_statements_of_other_quarters_trusts_and_frameworks_stay():
    others = [
        statement("NOF 2025/26 Q2"),
        statement(org_code="RYY"),
        statement("NOF 2022/23", era_id="R1", snapshot_date="2025-03"),
        statement("NOF 2025/26 (late release)", snapshot_date="2025-12"),
    ]
    found = segments(SUMMARY, statement(), *others)
    assert len(found) == 1 + len(others)
    assert sum(row["snapshot_id"] == "data" for row in found) == 1


@pytest.mark.parametrize("mark", ["NA", ""])
def test_a_missing_segment_is_no_statement(mark):
    assert segments([cell(DATA, "of5000", mark), cell(DATA, "of5003", "2")]) == []


def test_a_league_table_alone_gives_a_segment_without_one_before_the_override():
    (row,) = segments([cell(LEAGUE, "of5000", "3")])
    assert (row["segment"], row["segment_before_override"]) == (3, None)
    # Added by hand, so that no address of the file is known: the publication's page stands for it.
    assert row["source_url"] == (
        "https://www.england.nhs.uk/nhs-oversight-framework/segmentation-and-league-tables/"
    )
