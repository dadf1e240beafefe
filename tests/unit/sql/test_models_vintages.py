"""Staff Survey scores and SHMI: one vintage at a time, the newest whole."""

from tests.unit.sql.models import Row, figure, run, snapshot

SPAN = {"period_start": "2020-01-01", "period_end": "2025-01-01"}
OLD = snapshot(
    "old", "staff_survey", layout="benchmark_workbook", period_start="2019-01-01",
    period_end="2024-01-01",
)  # fmt: skip
NEW = snapshot("new", "staff_survey", layout="benchmark_workbook", **SPAN)
DETAIL = snapshot(
    "detail", "staff_survey", layout="detailed_workbook", layout_rank="1",
    period_start="2024-01-01", period_end="2025-01-01",
)  # fmt: skip


def score(origin: Row, year: int, value: str, measure: str = "morale", org: str = "RXX") -> Row:
    end = {"period_end": f"{year + 1}-01-01"}
    return figure(origin, measure, value, org, f"{year}-01", **end)


def measures(snapshots: list[Row], rows: list[Row]) -> list[tuple[object, ...]]:
    found = run("intermediate.int_vintages__measures", snapshots=snapshots, figures=rows)
    found = found.sort_values(["org_code", "period_start"])
    return [
        (row.org_code, row.period_start.year, str(row.amount), row.snapshot_id)
        for row in found.itertuples()
    ]


def test_a_year_is_never_filled_from_an_older_vintage():
    rows = [score(OLD, 2019, "6.1"), score(OLD, 2023, "6.2"), score(NEW, 2023, "6.3")]
    assert measures([OLD, NEW], rows) == [("RXX", 2023, "6.3", "new")]


def test_an_organisation_missing_in_the_newest_vintage_is_not_taken_from_an_older_one():
    rows = [score(OLD, 2023, "6.2", org="RYY"), score(NEW, 2023, "6.3")]
    assert measures([OLD, NEW], rows) == [("RXX", 2023, "6.3", "new")]


def test_a_newer_file_of_one_year_replaces_a_longer_older_series():
    rows = [score(OLD, 2022, "6.1"), score(OLD, 2023, "6.2"), score(DETAIL, 2024, "6.4")]
    assert measures([OLD, DETAIL], rows) == [("RXX", 2024, "6.4", "detail")]


def test_within_a_vintage_the_preferred_layout_speaks_first_and_the_other_adds():
    rows = [
        score(NEW, 2024, "6.3"),
        score(DETAIL, 2024, "6.4"),
        score(DETAIL, 2024, "6.5", org="RYY"),
    ]
    assert measures([NEW, DETAIL], rows) == [
        ("RXX", 2024, "6.3", "new"),
        ("RYY", 2024, "6.5", "detail"),
    ]


def test_a_suppressed_score_is_a_row_with_its_reason():
    found = run(
        "intermediate.int_vintages__measures", snapshots=[NEW], figures=[score(NEW, 2024, "")]
    )
    assert found["amount"].isna().tolist() == [True]
    assert found["missing_reason"].to_list() == ["not published"]


def test_no_england_is_added_up():
    rows = [score(NEW, 2024, "200", "morale_base"), score(NEW, 2024, "6.3")]
    found = run("intermediate.int_measures", snapshots=[NEW], figures=rows)
    assert found["level"].unique().tolist() == ["provider"]
    assert len(found) == 2


def test_each_source_has_a_newest_vintage_of_its_own():
    deaths = snapshot(
        "deaths",
        "shmi",
        layout="historical_csv",
        period_start="2018-01-01",
        period_end="2026-01-01",
    )
    window = figure(deaths, "shmi", "1.05", month="2025-01", period_end="2026-01-01")
    found = run(
        "intermediate.int_vintages__measures",
        snapshots=[NEW, deaths],
        figures=[score(NEW, 2024, "6.3"), window],
    )
    assert dict(zip(found["source_id"], found["amount"].astype(str), strict=True)) == {
        "staff_survey": "6.3",
        "shmi": "1.05",
    }
