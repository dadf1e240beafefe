"""How long spells lasted: worked out by hand, and in order whatever the dates."""

from datetime import date
from typing import Any

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from indicators.durations import (
    BOUNDS,
    DOUBTED,
    NO_END,
    NO_ENTRY,
    NO_START,
    NO_TIME,
    Bound,
    leaving_only,
    months_between,
    time_to_exit,
)
from tests.unit.indicators.made_spells import spell, spells_of

TODAY = date(2026, 11, 26)
RSP = "Recovery Support Programme"
MONTH = 30.4375


def length(row: dict[str, Any], bound: Bound, *others: dict[str, Any]) -> tuple[float, float, int]:
    """Entry and stop in days, and the event, of one spell."""
    group = row["programme_group"]
    times = time_to_exit(spells_of(row, *others), group, bound, TODAY).times
    (found,) = times[times["spell_id"] == row["spell_id"]].itertuples()
    return round(found.entry * MONTH), round(found.stop * MONTH), found.event


def reason(row: dict[str, Any], *others: dict[str, Any]) -> str:
    out = time_to_exit(spells_of(row, *others), row["programme_group"], "best", TODAY).left_out
    assert list(out["spell_id"]) == [row["spell_id"]]
    return str(out["reason"].iloc[0])


def test_a_month_is_a_twelfth_of_365_and_a_quarter_days() -> None:
    start, end = (
        pd.to_datetime(pd.Series(["2021-01-01", "2021-01-01"])),
        ["2022-01-01", "2025-01-01"],
    )
    assert months_between(start, pd.to_datetime(pd.Series(end))).tolist() == [365 / MONTH, 48.0]


def test_a_spell_of_known_days_is_as_long_whatever_the_bound() -> None:
    row = spell("rsp-RAA-1", "2022-01-01", "2022-03-02")
    assert {length(row, bound) for bound in BOUNDS} == {(0, 60, 1)}


def test_the_bounds_take_vague_dates_at_their_word() -> None:
    row = spell("rsp-RAA-1", "2022-01", "2022-03")
    assert length(row, "earliest") == (0, 29, 1)  # 31 January to 1 March
    assert length(row, "best") == (0, 59, 1)  # 16 January to 16 March
    assert length(row, "latest") == (0, 89, 1)  # 1 January to 31 March


def test_an_exit_that_no_source_gives_is_read_in_three_ways() -> None:
    row = spell("rsp-RAA-1", "2026-01-01", seen="2026-02")
    assert length(row, "earliest") == (0, 32, 1)  # left on 2 February
    assert length(row, "best") == (0, 59, 0)  # seen until the end of 28 February
    assert length(row, "latest") == (0, 329, 0)  # inside today


@pytest.mark.parametrize(
    ("ends", "event"),
    [({"programme_ended_on": "2026-07-01"}, 3), ({"org_closed_on": "2026-07-01"}, 2)],
)
def test_nobody_is_inside_beyond_the_end_of_programme_or_organisation(
    ends: dict[str, str], event: int
) -> None:
    row = spell("rsp-RAA-1", "2026-01-01", seen="2026-02", **ends)
    assert length(row, "latest") == (0, 181, event)


def test_a_spell_carried_over_enters_at_the_time_it_had_already_lasted() -> None:
    before = spell("qsm-RAA-1", "2020-01-01", "2021-07-01", "transferred")
    row = spell("rsp-RAA-1", "2021-07-01", "2022-01-01", transferred_from="QSM")
    assert length(row, "best", before) == (547, 731, 1)
    assert length(before, "best", row) == (0, 547, 3)


def test_of_two_spells_carried_over_the_first_starts_the_clock() -> None:
    before = [
        spell("qsm-RAA-1", "2020-01-01", "2021-07-01", "transferred"),
        spell("fsm-RAA-1", "2019-01-01", "2021-07-01", "transferred"),
        spell("fsm-RAA-2", "2014-01-01", "2015-01-01"),
    ]
    row = spell("rsp-RAA-1", "2021-07-01", "2022-01-01", transferred_from="QSM+FSM")
    assert length(row, "best", *before) == (912, 1096, 1)


def test_a_merger_ends_a_spell_on_the_day_the_organisation_closed() -> None:
    row = spell("rsp-RAA-1", "2022-01-01", None, "merged_or_dissolved", org_closed_on="2022-03-02")
    assert {length(row, bound) for bound in BOUNDS} == {(0, 60, 2)}


def test_no_spell_is_shorter_than_a_day() -> None:
    row = spell("rsp-RAA-1", "2022", "2022")
    assert length(row, "earliest") == (0, 1, 1)


def test_what_is_left_out_says_why() -> None:
    assert reason(spell("rsp-RAA-1", None, "2022-01-01")) == NO_ENTRY
    assert reason(spell("rsp-RAA-1", "2022-01-01")) == NO_TIME
    assert reason(spell("rsp-RAA-1", "2022-01-01", seen="2022-01-01")) == NO_TIME
    assert reason(spell("rsp-RAA-1", "2022", None, "merged_or_dissolved")) == NO_END
    assert reason(spell("rsp-RAA-1", "2022", "2023", confidence="low")) == DOUBTED


def test_a_spell_carried_over_from_an_unknown_start_is_left_out() -> None:
    row = spell("rsp-RAA-1", "2021-07", "2022-01", transferred_from="QSM+FSM")
    assert reason(row) == NO_START
    known = spell("qsm-RAA-1", "2020-01", "2021-07", "transferred")
    unknown = spell("fsm-RAA-1", None, "2021-07", "transferred")
    assert reason(row, known, unknown) == NO_START


def test_a_group_without_spells_has_no_times() -> None:
    found = time_to_exit(spells_of(spell("qsm-RAA-1", "2020", "2021")), RSP, "best", TODAY)
    assert found.times.empty and found.left_out.empty
    assert set(found.times.columns) == {"spell_id", "org_code", "entry", "stop", "event"}


def test_only_leaving_counts_where_the_other_ends_are_censored() -> None:
    times = pd.DataFrame({"entry": 0.0, "stop": 1.0, "event": [0, 1, 2, 3]})
    assert leaving_only(times)["event"].tolist() == [0, 1, 0, 0]
    assert times["event"].tolist() == [0, 1, 2, 3]


DATES = st.dates(date(2015, 1, 1), date(2019, 12, 31)).flatmap(
    lambda day: st.sampled_from([f"{day}", f"{day:%Y-%m}", f"{day:%Y}"])
)
LATER = st.dates(date(2020, 1, 1), date(2024, 12, 31)).flatmap(
    lambda day: st.sampled_from([f"{day}", f"{day:%Y-%m}", f"{day:%Y}"])
)


@settings(max_examples=60)
@given(entered=DATES, left=st.none() | LATER, seen=st.none() | LATER, carried=st.none() | DATES)
def test_the_bounds_are_in_order_and_use_the_same_spells(
    entered: str, left: str | None, seen: str | None, carried: str | None
) -> None:
    rows = [spell("rsp-RAA-1", entered, left, seen=seen)]
    if carried:
        rows = [
            spell("rsp-RAA-1", "2020", left, seen=seen, transferred_from="QSM"),
            spell("qsm-RAA-1", carried, "2020", "transferred"),
        ]
    found = {bound: time_to_exit(spells_of(*rows), RSP, bound, TODAY) for bound in BOUNDS}
    assert len({tuple(durations.times["spell_id"]) for durations in found.values()}) == 1
    stops = [durations.times["stop"].tolist() for durations in found.values()]
    assert stops[0] <= stops[1] <= stops[2]
    assert all((d.times["stop"] > d.times["entry"]).all() for d in found.values())


def test_an_exit_is_not_read_before_a_sighting_inside() -> None:
    """Left in 2023, but a source places it inside on 31 March of that year."""
    row = spell("rsp-QAA-1", "2021-07-01", "2023", outside_earliest=pd.Timestamp("2023-04-01"))
    assert length(row, "earliest") == (0, 639, 1)
    assert length(row, "latest") == (0, 913, 1)
