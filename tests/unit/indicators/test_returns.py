"""Who came back: within the regime of the exit, dated by hand, and never across a boundary."""

from datetime import date
from typing import Any

import pandas as pd

from indicators.durations import BOUNDS, DOUBTED, Bound, Durations
from indicators.returns import STILL_INSIDE, later_returns, time_to_return
from tests.unit.indicators.made_spells import ERAS, spell, spells_of, statements_of

TODAY = date(2026, 11, 26)
MONTH = 30.4375


def returns(
    *rows: dict[str, Any], said: pd.DataFrame | None = None, bound: Bound = "best"
) -> Durations:
    statements = statements_of() if said is None else said
    return time_to_return(spells_of(*rows), statements, ERAS, bound, TODAY)


def later(*rows: dict[str, Any], said: pd.DataFrame | None = None) -> list[tuple[str, str]]:
    statements = statements_of() if said is None else said
    found = later_returns(spells_of(*rows), statements, ERAS, TODAY)
    return list(zip(found["spell_id"], found["returned_as"], strict=True))


def in_days(durations: Durations) -> dict[str, tuple[int, int]]:
    """Per exit: days until, and what ended the time."""
    times = durations.times
    return {row.spell_id: (round(row.stop * MONTH), row.event) for row in times.itertuples()}


def test_without_a_return_the_time_out_ends_with_the_regime_or_today() -> None:
    found = returns(
        spell("qsm-RAA-1", "2014-01-01", "2015-01-01"),
        spell("rsp-RBB-1", "2022-01-01", "2025-06-16"),
        spell("rsp-RCC-1", "2022-01-01", "2026-11-16"),
    )
    assert in_days(found) == {
        "qsm-RAA-1": (2373, 0),  # special measures are one regime up to 1 July 2021
        "rsp-RBB-1": (10, 0),
        "rsp-RCC-1": (10, 0),
    }


def test_an_entry_into_any_programme_of_the_regime_is_a_return() -> None:
    rows = [
        spell("qsm-RAA-1", "2014-01-01", "2015-01-01"),
        spell("fsm-RAA-1", "2016-01-01", "2017-01-01"),
    ]
    found = returns(*rows)
    assert in_days(found) == {"qsm-RAA-1": (365, 1), "fsm-RAA-1": (1642, 0)}
    assert found.times["exit_number"].tolist() == [1, 2]
    assert found.times["returned_as"].iloc[0] == "FSM"
    assert found.times["return_sources"].iloc[0] == ["https://example.org/fsm-RAA-1"]


def test_a_return_under_another_framework_is_listed_and_not_counted() -> None:
    rows = [
        spell("qsm-RAA-1", "2014-01-01", "2021-06-21"),
        spell("rsp-RAA-1", "2021-08-01", "2025-06-16"),
        spell("pip-RAA-1", "2025-10-01"),
    ]
    assert in_days(returns(*rows)) == {"qsm-RAA-1": (10, 0), "rsp-RAA-1": (10, 0)}
    assert later(*rows) == [("qsm-RAA-1", "RSP"), ("rsp-RAA-1", "PIP")]


def test_who_came_back_within_the_regime_is_not_listed_again_as_later() -> None:
    rows = [
        spell("qsm-RAA-1", "2014-01-01", "2015-01-01"),
        spell("qsm-RAA-2", "2016-01-01", "2021-07-01", "transferred"),
        spell("rsp-RAA-1", "2021-07-01", transferred_from="QSM"),
    ]
    assert later(*rows) == []


def test_the_top_segment_of_the_era_is_a_return() -> None:
    left = spell("rsp-RAA-1", "2022-01-01", "2023-01-01")
    other = spell("rsp-RBB-1", "2022-01-01", "2025-07-01")
    said = statements_of(
        ("RAA", "R1", 4, "2022-06-01", "2022-06-02"),  # of the spell itself
        ("RAA", "R1", 3, "2023-02-01", "2023-02-02"),
        ("RAA", "R1", 4, "2023-03-01", "2023-03-02"),
        ("RBB", "R2", 4, "2025-10-01", "2026-01-01"),  # a quartile, no programme
        ("RBB", "R2", 5, "2026-01-01", "2026-04-01"),
    )
    found = returns(left, other, said=said)
    assert in_days(found)["rsp-RAA-1"] == (59, 1)
    assert in_days(found)["rsp-RBB-1"] == (228, 1)  # the middle of January to March 2026
    assert found.times["returned_as"].tolist() == ["stated in segment 4", "stated in segment 5"]


def test_a_statement_that_may_tell_of_the_spell_just_left_is_no_return() -> None:
    left = spell("rsp-RAA-1", "2022-01-01", "2023")
    said = statements_of(("RAA", "R1", 4, "2023-10-01", "2023-10-02"))
    assert in_days(returns(left, said=said))["rsp-RAA-1"][1] == 0


def test_a_statement_of_a_later_era_is_listed_apart() -> None:
    left = spell("rsp-RAA-1", "2022-01-01", "2023-01-01")
    said = statements_of(("RAA", "R2", 5, "2026-01-01", "2026-04-01"))
    assert in_days(returns(left, said=said))["rsp-RAA-1"][1] == 0
    assert later(left, said=said) == [("rsp-RAA-1", "stated in segment 5")]


def test_the_bounds_of_a_return_are_the_shortest_and_longest_time_out() -> None:
    rows = [spell("qsm-RAA-1", "2014-01-01", "2015-01"), spell("qsm-RAA-2", "2015-03")]
    found = {bound: in_days(returns(*rows, bound=bound))["qsm-RAA-1"] for bound in BOUNDS}
    assert found == {"earliest": (29, 1), "best": (59, 1), "latest": (89, 1)}


def test_the_end_of_the_organisation_competes_with_a_return() -> None:
    closed = spell("qsm-RAA-1", "2014-01-01", "2015-01-01", org_closed_on="2015-01-31")
    after = spell("qsm-RBB-1", "2014-01-01", "2021-06-21", org_closed_on="2022-01-31")
    assert in_days(returns(closed, after)) == {"qsm-RAA-1": (30, 2), "qsm-RBB-1": (10, 0)}


def test_leaving_one_programme_while_in_another_is_no_exit() -> None:
    found = returns(
        spell("fsm-RAA-1", "2014-01-01", "2015-01-01"),
        spell("qsm-RAA-1", "2014-06-01", "2016-01-01"),
        spell("qsm-RBB-1", "2014-01-01", "2015-03"),
        spell("fsm-RBB-1", "2015-03"),
    )
    assert list(in_days(found)) == ["qsm-RAA-1"]
    reasons = dict(zip(found.left_out["spell_id"], found.left_out["reason"], strict=True))
    assert reasons == {"fsm-RAA-1": STILL_INSIDE, "qsm-RBB-1": STILL_INSIDE}


def test_a_doubted_exit_starts_no_clock_and_a_doubted_return_counts() -> None:
    found = returns(
        spell("rsp-RAA-1", "2022-01-01", "2023-01-01", confidence="low"),
        spell("rsp-RBB-1", "2022-01-01", "2023-01-01"),
        spell("rsp-RBB-2", "2023-01-11", confidence="low"),
    )
    assert found.left_out["reason"].tolist() == [DOUBTED]
    assert in_days(found) == {"rsp-RBB-1": (10, 1)}


def test_moving_on_at_the_launch_or_merging_is_no_exit_from_support() -> None:
    found = returns(
        spell("qsm-RAA-1", "2014-01-01", "2021-07-01", "transferred"),
        spell("rsp-RBB-1", "2022-01-01", "2023-01-01", "merged_or_dissolved"),
    )
    assert found.times.empty and found.left_out.empty
