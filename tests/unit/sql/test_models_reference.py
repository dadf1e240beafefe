"""Hand-kept facts: spells, segments and events keep their sources, and their dates mean what was written."""

from datetime import date

import pytest

from tests.unit.sql.models import Row, by, run

Days = tuple[date, date] | tuple[None, None]


def spell(**more: str) -> dict[str, object]:
    usual: Row = {
        "spell_id": "rsp-RAA-1",
        "org_code": "RAA",
        "programme": "rsp",
        "left_kind": "not_established",
        "source_urls": "https://a.example/1",
    }
    rows = [usual | more]
    return by("spell_id", run("marts.fct_programme_spell", reference_programme_spells=rows))[
        "rsp-RAA-1"
    ]


def days(row: dict[str, object], event: str) -> tuple[str | None, str | None]:
    earliest, latest = row[f"{event}_earliest"], row[f"{event}_latest"]
    return (earliest and f"{earliest:%Y-%m-%d}", latest and f"{latest:%Y-%m-%d}")


@pytest.mark.parametrize(
    ("written", "first", "last"),
    [
        ("2021", "2021-01-01", "2021-12-31"),
        ("2022-Q1", "2022-01-01", "2022-03-31"),
        ("2022-Q4", "2022-10-01", "2022-12-31"),
        ("2021-07", "2021-07-01", "2021-07-31"),
        ("2024-02", "2024-02-01", "2024-02-29"),
        ("2021-08-18", "2021-08-18", "2021-08-18"),
        ("", None, None),
        (" ", None, None),
    ],
)
@pytest.mark.parametrize("event", ["entered", "left"])
def test_a_shortened_date_spans_every_day_it_can_mean(
    event: str, written: str, first: str | None, last: str | None
) -> None:
    row = spell(**{event: written})
    assert days(row, event) == (first, last)
    on = row[f"{event}_on"]
    assert (on and f"{on:%Y-%m-%d}") == first


def test_a_date_is_kept_as_it_was_written() -> None:
    row = spell(entered="2022-Q4", entered_precision="quarter", left="2024", left_precision="year")
    assert [row[name] for name in ("entered_written", "entered_precision")] == [
        "2022-Q4",
        "quarter",
    ]
    assert [row[name] for name in ("left_written", "left_precision")] == ["2024", "year"]


def test_a_spell_without_an_exit_has_no_day_of_leaving() -> None:
    row = spell(entered="2021-07", left="")
    assert [row[name] for name in ("left_on", "left_written", "left_precision")] == [None] * 3


def test_last_known_in_is_the_last_day_the_source_can_mean() -> None:
    assert f"{spell(last_known_in='2022-Q3')['last_known_in']:%Y-%m-%d}" == "2022-09-30"


def test_sources_are_split() -> None:
    row = spell(source_urls="https://a.example/1 ; https://b.example/2")
    assert list(row["source_urls"]) == ["https://a.example/1", "https://b.example/2"]


@pytest.mark.parametrize(
    ("written", "region"),
    [
        ("East", "East of England"),
        ("NHS England East Of England ", "East of England"),
        ("Midlands Commissioning Region", "Midlands"),
        ("North East and Yorkshire", "North East and Yorkshire"),
        ("LONDON", "London"),
        ("", None),
    ],
)
def test_a_region_has_one_name(written: str, region: str | None) -> None:
    assert spell(region=written)["region"] == region


ERA: Row = {
    "era_id": "R2",
    "starts_on": "2025-06-26",
    "ends_on": "",
    "lowest_segment": "1",
    "highest_segment": "5",
}


def segment(framework: str, stated: str, era_id: str = "R2", **more: str) -> dict[str, object]:
    statement: Row = {
        "org_code": "RAA",
        "era_id": era_id,
        "framework": framework,
        "snapshot_date": stated,
        "segment": "3",
    }
    rows = [statement | more]
    eras = [ERA, ERA | {"era_id": "R1", "starts_on": "2021-07", "ends_on": "2025-06-26"}]
    found = run(
        "marts.fct_segment", reference_segment_snapshots=rows, reference_framework_eras=eras
    )
    return by("org_code", found)["RAA"]


def span(row: dict[str, object]) -> tuple[str, str]:
    return f"{row['effective_from']:%Y-%m-%d}", f"{row['effective_to']:%Y-%m-%d}"


@pytest.mark.parametrize(
    ("framework", "first", "until"),
    [
        ("NOF 2025/26 Q1", "2025-04-01", "2025-07-01"),
        ("NOF 2025/26 Q3", "2025-10-01", "2026-01-01"),
        ("NOF 2025/26 Q4", "2026-01-01", "2026-04-01"),
        ("NOF 2026/27 Q1", "2026-04-01", "2026-07-01"),
    ],
)
def test_a_release_for_a_quarter_speaks_of_that_quarter_whenever_it_came_out(
    framework: str, first: str, until: str
) -> None:
    row = segment(framework, "2026-11-12")
    assert span(row) == (first, until)
    assert f"{row['published_on']:%Y-%m-%d}" == "2026-11-12"


@pytest.mark.parametrize(
    ("stated", "first", "until"),
    [
        ("2022-04-25", "2022-04-25", "2022-04-26"),
        ("2023-12", "2023-12-01", "2024-01-01"),
        ("2022-Q4", "2022-10-01", "2023-01-01"),
        ("2023", "2023-01-01", "2024-01-01"),
    ],
)
def test_any_other_statement_speaks_of_the_date_it_gives(
    stated: str, first: str, until: str
) -> None:
    assert span(segment("NOF 2022/23", stated, "R1")) == (first, until)


@pytest.mark.parametrize(
    ("stated", "first", "until"),
    [("2021", "2021-07-01", "2022-01-01"), ("2025-Q2", "2025-04-01", "2025-06-26")],
)
def test_a_statement_reaches_no_further_than_the_framework_it_speaks_of(
    stated: str, first: str, until: str
) -> None:
    assert span(segment("SOF 2021/22", stated, "R1")) == (first, until)


@pytest.mark.parametrize(("stated", "era_id"), [("2025-06-26", "R1"), ("2025-06-26", "R2")])
def test_a_statement_on_the_day_the_framework_changed_has_its_day(stated: str, era_id: str) -> None:
    assert span(segment("NOF", stated, era_id)) == ("2025-06-26", "2025-06-27")


def test_the_last_day_of_a_quarter_is_not_the_day_its_segments_came_out() -> None:
    assert segment("NOF 2025/26 Q3", "2025-12-31")["published_on"] is None


def test_a_date_that_is_no_single_day_is_no_publication_day() -> None:
    assert segment("NOF 2022/23", "2023-12", "R1")["published_on"] is None


@pytest.mark.parametrize(("written", "confidence"), [("", "high"), ("low", "low")])
def test_a_statement_without_a_doubt_noted_is_held_with_confidence(
    written: str, confidence: str
) -> None:
    assert segment("NOF 2025/26 Q1", "2025-09-09", confidence=written)["confidence"] == confidence


def events(**raw: list[Row]) -> dict[object, dict[str, object]]:
    return by("event_id", run("marts.dim_event", **raw))


def test_a_national_event_belongs_to_no_organisation() -> None:
    row: Row = {"event_id": "covid", "happened_on": "2020-03", "ended_on": "2021-06", "kind": "x"}
    found = events(reference_national_events=[row])["covid"]
    assert found["org_code"] is None
    assert (f"{found['happened_on']:%Y-%m-%d}", f"{found['ended_on']:%Y-%m-%d}") == (
        "2020-03-01",
        "2021-06-01",
    )


def test_a_rating_is_an_event_of_its_organisation_in_words() -> None:
    rated: Row = {"org_code": "RAA", "date": "2019-02-12", "overall": "Requires improvement"}
    unrated: Row = {"org_code": "RBB", "date": "2019-02-12", "overall": ""}
    (found,) = events(reference_cqc_ratings=[rated, unrated]).values()
    assert (found["org_code"], found["kind"]) == ("RAA", "cqc_rating")
    assert found["title"] == "Rated requires improvement overall by the Care Quality Commission"


def test_two_changes_of_one_organisation_are_two_events() -> None:
    change: Row = {
        "predecessor_code": "QJG",
        "predecessor_name": "Suffolk",
        "date": "2026-04-01",
        "change_type": "merger (split)",
    }
    found = events(
        reference_org_changes=[
            change | {"successor_name": "Norfolk and Suffolk ICB"},
            change | {"successor_name": "Essex ICB"},
            change | {"successor_name": "Nobody", "date": ""},
        ]
    )
    assert {row["title"] for row in found.values()} == {
        "merger (split): Suffolk to Norfolk and Suffolk ICB",
        "merger (split): Suffolk to Essex ICB",
    }
