"""Changes in words: signs, units, and which side is better."""

from typing import Any

import pandas as pd
import pytest

from pages.parts.organisation.profile import Stay
from pages.parts.organisation.words import (
    anchor_title,
    moved_sentence,
    own_words,
    peers_words,
    position_words,
    side_words,
    theme_sentence,
    window_words,
)
from pages.parts.since_entry_words import change_words
from tests.unit.pages.made_profile import NO_CHANGE, change, line


@pytest.mark.parametrize(
    ("value", "unit", "words"),
    [
        (6.21, "percent", "+6.2 points"),
        (-0.04, "percent", "±0.0 points"),
        (-1204, "count", "−1,204"),
        (0.4, "count", "±0"),
        (-35, "seconds", "−0:35"),
        (0.2, "seconds", "±0:00"),
        (-0.126, "score", "−0.13"),
        (1.5, "signed_percent", "+1.5 points"),
    ],
)
def test_a_change_has_its_sign_and_unit(value: float, unit: Any, words: str) -> None:
    assert change_words(value, unit) == words


def test_better_is_as_the_indicator_has_it() -> None:
    assert side_words(2.0, line(better="higher")) == "better"
    assert side_words(2.0, line(better="lower")) == "worse"
    assert side_words(2.0, line(better="neither")) == ""
    assert side_words(0.01, line(better="higher")) == ""


def test_a_change_that_is_not_known_says_why() -> None:
    assert own_words(NO_CHANGE, line()) == "no figures since then"
    assert peers_words(NO_CHANGE, line()) == ""
    assert window_words(NO_CHANGE, line()) == ""


def test_of_too_few_peers_no_median_is_told() -> None:
    assert peers_words(change(3.0, None), line()) == "fewer than 5 peers"


@pytest.mark.parametrize(
    ("reach", "words"),
    [((3, 9), "could be 3 to 9"), ((4, 4), "could be 4 only"), (None, "no interval")],
)
def test_a_position_has_its_interval(reach: tuple[int, int] | None, words: str) -> None:
    assert position_words(line(reach=reach)) == ("4 of 20", words)


def test_the_months_compared_are_told() -> None:
    assert window_words(change(3.0, 1.0), line()) == "Apr to Jun 2021 with Mar to May 2026"


def test_a_theme_tells_its_signals_and_where_its_first_indicator_stands() -> None:
    lines = [
        line(entry=change(6.2, 4.0)),
        line(variation="concern_low"),
        line(variation="concern_high"),
    ]
    assert theme_sentence("urgent", lines) == (
        "Urgent care: 2 of 3 indicators show special cause concern; A&E 58.1 % in May 2026, the mean of "
        "its latest three months 6.2 points above that of the three before the first month exposed, similar "
        "organisations +4.0 points."
    )


def test_a_theme_without_signals_or_icons_says_so() -> None:
    assert theme_sentence("urgent", [line()]).startswith("Urgent care: none of 1 indicator shows")
    assert "none of 2 indicators has an icon" in theme_sentence(
        "urgent", [line(variation="empty"), line(variation=None)]
    )


STAY = Stay("RSP", pd.Timestamp("2021-07-01").date(), None, "", "no source gives an exit")


def test_what_moved_further_than_peers_is_named_with_what_they_did() -> None:
    lines = [
        line(entry=change(9.0, 1.0, low=-2.0, high=4.0)),
        line(entry=change(1.5, 1.0, low=-2.0, high=4.0), better="lower"),
        line(entry=NO_CHANGE),
    ]
    assert moved_sentence("entry", lines, STAY) == (
        "Since it entered the RSP in Jul 2021, 1 of 2 indicators moved to the better side; the median of "
        "similar organisations did for 1 of 2. Further than nine in ten similar organisations: for the "
        "better A&E (+9.0 points, peers +1.0 points). On one indicator in five one like its peers would lie "
        "that far out, on one side or the other."
    )


def test_nothing_is_said_of_an_event_without_a_month_or_without_changes() -> None:
    assert anchor_title("exit", STAY) == ""
    assert moved_sentence("exit", [line(entry=change(9.0, 1.0))], STAY) == ""
    assert moved_sentence("entry", [line(entry=NO_CHANGE)], STAY) == ""


def test_beyond_is_outside_the_middle_eighty_percent() -> None:
    assert change(9.0, 1.0, low=-2.0, high=4.0).beyond == 1
    assert change(-2.5, 1.0, low=-2.0, high=4.0).beyond == -1
    assert change(4.0, 1.0, low=-2.0, high=4.0).beyond == 0
    assert change(9.0, None).beyond == 0
