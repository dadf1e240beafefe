"""Captures into intervals: every change lies where it must have happened, and nothing is made up."""

from datetime import UTC, datetime, timedelta
from itertools import pairwise

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from data_sources.page_intervals import Capture, Change, Spell, captures_of, changes, spells
from data_sources.source import SourceError

FIRST = datetime(2021, 7, 1, tzinfo=UTC)


def day(number: int) -> datetime:
    return FIRST + timedelta(days=number)


STATES = st.dictionaries(st.sampled_from("ABC"), st.sampled_from(["3", "4"]), max_size=3)
CAPTURES = st.dictionaries(st.integers(0, 50), STATES, max_size=8).map(
    lambda days: [Capture(day(number), states) for number, states in days.items()]
)
HISTORY = st.lists(st.sampled_from([None, "3", "4"]), min_size=40, max_size=40)
"""The true state of one organisation on each of 40 days."""


def test_a_change_lies_between_the_last_capture_without_and_the_first_with():
    seen = [Capture(day(20), {"A": "4"}), Capture(day(0), {}), Capture(day(30), {"A": "4"})]
    assert changes(seen) == [Change("A", None, "4", day(0), day(20))]
    assert spells(seen) == [Spell("A", "4", day(0), day(20), day(30), None)]


def test_a_state_of_the_first_capture_has_no_beginning_and_one_that_ends_is_bounded():
    seen = [Capture(day(0), {"A": "4"}), Capture(day(9), {"A": "3"}), Capture(day(12), {})]
    assert spells(seen) == [
        Spell("A", "4", None, day(0), day(0), day(9)),
        Spell("A", "3", day(0), day(9), day(9), day(12)),
    ]


def test_one_that_comes_back_has_two_spells():
    seen = [Capture(day(at), {"A": "4"} if at != 1 else {}) for at in range(3)]
    assert [(one.first_seen, one.ended_by) for one in spells(seen)] == [
        (day(0), day(1)),
        (day(2), None),
    ]


def test_no_captures_give_nothing():
    assert (spells([]), changes([])) == ([], [])


def test_two_captures_of_one_moment_are_refused():
    with pytest.raises(SourceError, match=r"^Two captures of one page at 2021-07-01 00:00:00\.$"):
        spells([Capture(day(0), {}), Capture(day(0), {"A": "4"})])


@given(CAPTURES)
def test_spells_say_exactly_what_the_captures_say(seen):
    found = spells(seen)
    for capture in seen:
        told = {
            one.organisation: one.state
            for one in found
            if one.first_seen <= capture.captured_at <= one.last_seen
        }
        assert told == dict(capture.states)


@given(CAPTURES, st.randoms())
def test_the_order_of_the_captures_does_not_matter(seen, random):
    mixed = list(seen)
    random.shuffle(mixed)
    assert (spells(mixed), changes(mixed)) == (spells(seen), changes(seen))


@given(CAPTURES)
def test_bounds_are_neighbouring_captures(seen):
    moments = sorted(capture.captured_at for capture in seen)
    neighbours = set(pairwise(moments))
    for one in spells(seen):
        assert one.began_after is None or (one.began_after, one.first_seen) in neighbours
        assert one.ended_by is None or (one.last_seen, one.ended_by) in neighbours
        assert (one.began_after is None) == (one.first_seen == moments[0])
        assert (one.ended_by is None) == (one.last_seen == moments[-1])
    assert {(one.after, one.by) for one in changes(seen)} <= neighbours


@given(CAPTURES)
def test_changes_are_the_ends_and_beginnings_of_spells(seen):
    found, told = spells(seen), changes(seen)
    began = {(one.organisation, one.began_after, one.state) for one in found if one.began_after}
    ended = {(one.organisation, one.ended_by, one.state) for one in found if one.ended_by}
    assert {(one.organisation, one.after, one.now) for one in told if one.now} == began
    assert {(one.organisation, one.by, one.before) for one in told if one.before} == ended


@given(HISTORY, st.sets(st.integers(0, 39), min_size=1))
def test_every_interval_holds_a_day_on_which_the_state_truly_changed(history, days):
    seen = [Capture(day(at), {"A": state} if (state := history[at]) else {}) for at in sorted(days)]
    true_changes = [day(at) for at in range(1, 40) if history[at] != history[at - 1]]
    for change in changes(seen):
        assert any(change.after < moment <= change.by for moment in true_changes)


def test_captures_are_those_of_one_page_and_one_kind_of_state():
    rows = pd.DataFrame(
        [
            ("a", "2024-04-12T09:30:00", "Alpha", "4", ""),
            ("a", "2024-04-12T09:30:00", "Beta", "", "rsp"),
            ("a", "2023-04-12T09:30:00", "Beta", "", "rsp"),
            ("b", "2022-04-12T09:30:00", "Alpha", "3", ""),
        ],
        columns=["page", "captured_at", "org_name", "segment", "programme"],
    )
    # A capture that lists organisations of the other kind alone still counts as one.
    assert captures_of(rows, "a", "segment") == [
        Capture(datetime.fromisoformat("2023-04-12T09:30:00"), {}),
        Capture(datetime.fromisoformat("2024-04-12T09:30:00"), {"Alpha": "4"}),
    ]
    assert captures_of(rows, "a", "programme")[0].states == {"Beta": "rsp"}
