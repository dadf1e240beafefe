"""An organisation as it is today: what it is made of, and what its parts add up to."""

import pytest

from tests.unit.sql.models import Row, answer, figure, run, snapshot, trust

FILE = snapshot(
    "a", "rtt", layout="full_extract", period_start="2024-01-01", period_end="2025-01-01"
)
SHARE: Row = {
    "indicator_id": "share",
    "source_id": "rtt",
    "numerator": "within_18_weeks",
    "denominator": "incomplete",
    "scale": "100",
    "cadence": "month",
}


def move(old: str, new: str, day: str = "2024-07-01") -> Row:
    return {"predecessor_code": old, "successor_code": new, "happened_on": day}


def lineage(*moves: Row) -> dict[tuple[str, str], bool]:
    rows = run("intermediate.int_organisations__lineage", successions=list(moves))
    return {(row.org_code, row.current_code): row.is_whole for row in rows.itertuples()}


def test_steps_lead_to_the_organisation_of_today() -> None:
    assert lineage(move("RAA", "RBB"), move("RBB", "RCC", "2025-01-01")) == {
        ("RAA", "RCC"): True,
        ("RBB", "RCC"): True,
    }


def test_one_divided_predecessor_makes_the_whole_of_nobody() -> None:
    moves = (move("RAA", "RCC"), move("RAA", "RDD"), move("RBB", "RCC"))
    assert lineage(*moves) == {
        ("RAA", "RCC"): False,
        ("RAA", "RDD"): False,
        ("RBB", "RCC"): False,
    }


def test_moves_stated_with_two_days_or_to_itself_count_once_or_not_at_all() -> None:
    moves = (move("RAA", "RBB"), move("RAA", "RBB", "2024-06-30"), move("RBB", "RBB"))
    assert lineage(*moves) == {("RAA", "RBB"): True}


def test_moves_before_the_first_figures_do_not_matter() -> None:
    assert lineage(move("RAA", "RBB", "2010-04-01")) == {}


def waiting(org: str, month: str, within: str | None, total: str = "100") -> list[Row]:
    counts = {"within_18_weeks": within, "incomplete": total}
    return [
        figure(FILE, name, text, org, month) for name, text in counts.items() if text is not None
    ]


REPORT = snapshot("report", "ods", layout="trust_report") | {"period_start": None}


def closed(org: str, day: str) -> Row:
    """The trust report's line of an organisation, open up to and including the day."""
    usual: Row = {"org_name": f"TRUST {org}", "kind": "trust", "source_id": "ods"}
    return usual | {"org_code": org, "closed_on": day, "snapshot_id": REPORT["snapshot_id"]}


def current(*rows: list[Row], last_day: str | None = None) -> dict[str, tuple[object, ...]]:
    """Value, reason and parts of RBB, into which RAA passed after its last day, by month."""
    found = run(
        "marts.fct_indicator_current",
        catalogue=[SHARE],
        snapshots=[FILE, REPORT],
        organisations=[closed("RAA", last_day)] if last_day else [],
        figures=[row for group in rows for row in group],
        successions=[move("RAA", "RBB")],
        reference_org_types=[trust("RAA"), trust("RBB")],
    )
    assert set(found["org_code"]) <= {"RBB"}
    found = found.astype(object).where(found.notna(), None)
    return {
        f"{row.period_start:%Y-%m}": (row.value, row.missing_reason, "+".join(row.member_codes))
        for row in found.itertuples()
    }


def test_numerators_and_denominators_are_added_and_rates_are_not_averaged() -> None:
    rows = [
        waiting("RAA", "2024-06", "10", "100"),
        waiting("RBB", "2024-06", "270", "300"),
        waiting("RBB", "2024-07", "300", "400"),
    ]
    assert current(*rows) == {"2024-06": (70.0, None, "RAA+RBB"), "2024-07": (75.0, None, "RBB")}


@pytest.mark.parametrize("absent", [waiting("RAA", "2024-05", "*"), []])
def test_a_part_without_a_figure_leaves_the_whole_without_one(absent: list[Row]) -> None:
    rows = [
        waiting("RAA", "2024-04", "10"),
        absent,
        waiting("RAA", "2024-06", "10"),
        *(waiting("RBB", month, "30") for month in ("2024-04", "2024-05", "2024-06")),
    ]
    assert current(*rows)["2024-05"] == (
        None,
        "a part of the organisation has no figure",
        "RAA+RBB",
    )
    assert current(*rows)["2024-06"] == (20.0, None, "RAA+RBB")


def test_a_part_that_never_had_the_indicator_is_not_waited_for() -> None:
    assert current(waiting("RBB", "2024-06", "30")) == {"2024-06": (30.0, None, "RBB")}


def test_a_part_with_no_activity_adds_nothing_and_hides_nothing() -> None:
    """Taunton's A&E before it became part of a trust without one; a closed trust's rows of 0 of 0."""
    rows = [
        waiting("RAA", "2024-05", "0", "0"),
        waiting("RBB", "2024-05", "60", "80"),
        waiting("RAA", "2024-06", "10", "40"),
        waiting("RBB", "2024-06", "0", "0"),
        waiting("RAA", "2024-07", "0", "0"),
        waiting("RBB", "2024-07", "0", "0"),
    ]
    assert current(*rows) == {
        "2024-05": (75.0, None, "RAA+RBB"),
        "2024-06": (25.0, None, "RAA+RBB"),
        "2024-07": (None, "no activity reported", "RAA+RBB"),
    }


def test_a_part_that_stops_reporting_over_a_year_before_it_passes_on_is_missed() -> None:
    """RAA passes into RBB in July 2024: what it had in 2023 and 2024 is not known, so nor is the whole."""
    rows = [
        waiting("RAA", "2023-05", "10", "100"),
        *(waiting("RBB", month, "30") for month in ("2023-05", "2023-06", "2024-06", "2024-07")),
    ]
    assert current(*rows, last_day="2024-06-30") == {
        "2023-05": (20.0, None, "RAA+RBB"),
        "2023-06": (None, "a part of the organisation has no figure", "RAA+RBB"),
        "2024-06": (None, "a part of the organisation has no figure", "RAA+RBB"),
        "2024-07": (30.0, None, "RBB"),
    }


def test_a_part_that_had_nothing_when_it_stopped_is_not_missed() -> None:
    rows = [
        waiting("RAA", "2023-05", "10"),
        waiting("RAA", "2023-06", "0", "0"),
        *(waiting("RBB", month, "30") for month in ("2023-06", "2023-07")),
    ]
    assert current(*rows, last_day="2024-07-31")["2023-07"] == (30.0, None, "RBB")


def test_a_part_that_stops_shortly_before_is_counted_by_its_successor_already() -> None:
    """Royal Free counted North Middlesex's beds two months before it took it over."""
    rows = [
        waiting("RAA", "2023-06", "10", "100"),
        waiting("RBB", "2023-06", "30"),
        waiting("RBB", "2023-07", "50", "200"),
    ]
    assert current(*rows, last_day="2024-06-30")["2023-07"] == (25.0, None, "RBB")


def test_what_cannot_be_added_has_no_row() -> None:
    centile = {"indicator_id": "p90", "source_id": "ambulance_quality", "numerator": "a26"}
    origin = snapshot("amb", "ambulance_quality", layout="time_series_workbook")
    found = run(
        "marts.fct_indicator_current",
        catalogue=[centile | {"scale": "1", "cadence": "month"}],
        snapshots=[origin],
        figures=[figure(origin, "a26", "840", org) for org in ("RAA", "RBB")],
        successions=[move("RAA", "RBB")],
        reference_org_types=[trust("RAA"), trust("RBB")],
    )
    assert found.empty


@pytest.mark.parametrize(
    ("lineage_mode", "expected"),
    [
        ("as_was", {("RAA", "10"), ("RBB", "90"), ("RCC", "50")}),
        ("current", {("RBB", "70"), ("RCC", "50")}),
    ],
)
def test_a_predecessor_stands_beside_or_inside_the_organisation_of_today_never_both(
    lineage_mode: str, expected: set[tuple[str, str]]
) -> None:
    months = [
        waiting("RAA", "2024-06", "10", "100"),
        waiting("RBB", "2024-06", "270", "300"),
        waiting("RCC", "2024-06", "50", "100"),
    ]
    found = answer(
        "lineage_values",
        {"indicator": "share", "lineage": lineage_mode},
        catalogue=[SHARE],
        snapshots=[FILE],
        figures=[row for group in months for row in group],
        successions=[move("RAA", "RBB")],
        reference_org_types=[trust("RAA"), trust("RBB"), trust("RCC")],
    )
    values = {(row.org_code, f"{row.value:g}") for row in found.itertuples()}
    assert values - {("ENG", "66")} == expected


def test_of_several_predecessors_only_the_divided_one_is_a_part() -> None:
    """RAA went to RCC and RDD, RBB to RCC alone: RCC took over part of one and all of the other."""
    found = answer(
        "predecessors",
        {"org": "RCC"},
        snapshots=[FILE, REPORT],
        figures=[row for org in ("RAA", "RBB", "RCC") for row in waiting(org, "2024-06", "10")],
        organisations=[closed(org, "2024-06-30") for org in ("RAA", "RBB")],
        successions=[move("RAA", "RCC"), move("RAA", "RDD"), move("RBB", "RCC")],
        reference_org_types=[trust(org) for org in ("RAA", "RBB", "RCC", "RDD")],
    )
    assert dict(zip(found["org_code"], found["is_part"], strict=True)) == {
        "RAA": True,
        "RBB": False,
    }
