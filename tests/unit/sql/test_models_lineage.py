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


def current(*rows: list[Row], indicator: Row = SHARE) -> dict[str, tuple[object, ...]]:
    """Value, reason and parts of RBB, into which RAA passed, by month."""
    found = run(
        "marts.fct_indicator_current",
        catalogue=[indicator],
        snapshots=[FILE],
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
