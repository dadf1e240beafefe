"""Sentences of durability: exact where it matters, and never more certain than the figures."""

import pandas as pd
import pytest

from indicators.durations import BOUNDS, Bound
from indicators.returns import RETURNED, Incidence, returned_by
from indicators.stats.survival import Curve, kaplan_meier
from pages.parts.durability.exit_words import lead_of_exit, no_curve, start_sentence
from pages.parts.durability.move_words import lead_of_moves, noise_warning, segment_three_sentence
from pages.parts.durability.return_words import (
    bounds_in_words,
    days_in_words,
    lead_of_returns,
    share_in_words,
)


def times(*rows: tuple[float, int]) -> pd.DataFrame:
    return pd.DataFrame(rows, columns=["stop", "event"]).assign(entry=0.0)


def curves(**own: pd.DataFrame) -> dict[Bound, Curve]:
    usual = times(*((float(month), 1) for month in range(1, 11)))
    return {bound: kaplan_meier(own.get(bound, usual)) for bound in BOUNDS}


def test_the_median_has_its_interval_and_bounds() -> None:
    early = times(*((month / 2, 1) for month in range(1, 11)))
    told = lead_of_exit(curves(earliest=early), "entry", 10, 10)
    assert told.startswith(
        "Half had left within 6 months of entry (95 % interval 1 to 8); 10 spells, "
    )
    assert told.endswith("between 3 and 6 months.")


def test_dates_that_make_no_difference_say_so() -> None:
    assert "The unknown dates change that by less than a month." in lead_of_exit(
        curves(), "entry", 10, 10
    )


def test_a_bound_without_a_median_is_not_made_up() -> None:
    told = lead_of_exit(curves(latest=times((20.0, 1), (30.0, 0), (30.0, 0))), "entry", 10, 10)
    assert "it may be 6 months, or more than the longest time on record" in told


def test_a_median_that_rests_on_few_says_so() -> None:
    few = times(*((float(month), 1) for month in range(2, 8)))
    told = lead_of_exit(curves(best=few), "entry", 6, 6)
    assert "Only 3 were still followed when half had left: the figure is shaky." in told


def test_few_exits_and_no_median_are_said_in_their_place() -> None:
    assert lead_of_exit(curves(), "entry", 9, 1) == (
        "9 spells and 1 exit are too few to say when half had left."
    )
    none = curves(best=times(*((1.0, 1),) * 5, *((2.0, 0),) * 20))
    assert lead_of_exit(none, "entry", 25, 5) == (
        "Fewer than half of 25 spells are known to have ended by leaving: 5 exits, no median."
    )


@pytest.mark.parametrize(
    ("known", "at_once", "words"),
    [
        (0, 0, "Of no spell chosen here"),
        (
            1,
            1,
            "Of one spell chosen here the length is known well enough, but never of five at once",
        ),
        (
            6,
            4,
            "Of 6 spells chosen here the length is known well enough, but never of five at once",
        ),
        (6, 6, "none of them is known to have ended"),
    ],
)
def test_without_a_curve_the_reason_is_given(known: int, at_once: int, words: str) -> None:
    assert words in no_curve(known, at_once)


def test_a_curve_that_begins_late_says_so() -> None:
    assert start_sentence(0.0) == ""
    assert "Before 12 months fewer than five were at risk" in start_sentence(12.2)


def test_a_share_of_none_has_the_interval_of_those_followed() -> None:
    found = returned_by(times((10.0, 0), *((20.0, 0),) * 11), 12)
    assert (found.share, found.followed) == (0.0, 11)
    assert share_in_words(found) == "0.0 % (0.0 to 25.9)"
    assert share_in_words(Incidence(24, 0.0, float("nan"), float("nan"), 0)) == "not known"


def test_returns_are_those_by_then_with_mergers_competing() -> None:
    rows = times((6.0, 1), (6.0, 2), (12.0, 1), (20.0, 0))
    # 1 of 4; then of the half that is left, 1 of 2.
    assert returned_by(rows, 12).share == pytest.approx(0.5)
    assert returned_by(rows, 11).share == pytest.approx(0.25)
    assert returned_by(rows, 12).followed == 1


def test_the_lead_of_returns_counts_exits_and_those_followed() -> None:
    rows = times((6.0, RETURNED), (30.0, 0), (30.0, 0), (30.0, 0))
    told = lead_of_returns(rows, "RSP")
    assert told.startswith("Of 4 exits from the RSP, 1 is known to have been followed by a return")
    assert "within 12 months (3 followed that long)" in told
    assert "nothing can be said" in lead_of_returns(rows.iloc[:0], "Successors")


def test_bounds_are_from_the_lowest_to_the_highest() -> None:
    shares = {
        bound: Incidence(12, share, 0.0, 1.0, 5)
        for bound, share in zip(BOUNDS, (0.2, 0.1, 0.0), strict=True)
    }
    assert bounds_in_words(shares) == "0.0 to 20.0 %"


def test_days_are_written_as_far_as_they_are_known() -> None:
    days = pd.DataFrame(
        {
            "return_earliest": pd.to_datetime(["2025-03-06", "2024-01-01", None]),
            "return_latest": pd.to_datetime(["2025-03-06", "2024-12-31", None]),
        }
    )
    assert days_in_words(days) == ["6 March 2025", "1 January 2024 to 31 December 2024", None]


def moves(*rows: tuple[bool, str]) -> pd.DataFrame:
    return pd.DataFrame(rows, columns=["is_adjacent", "kind"])


def test_pairs_of_quarters_and_longer_gaps_are_told_apart() -> None:
    panel = pd.DataFrame({"unit": ["A", "A", "B"], "period": [1, 2, 1], "state": [3, 4, 3]})
    told = lead_of_moves(panel, moves((True, "moved"), (False, "moved"), (False, "stayed")), "X")
    assert told == (
        "Under X, 1 pair of neighbouring quarters is known, 1 of them a move. That is too few for rates of "
        "moving. Over longer gaps 2 pairs are known, 1 of them a move; they are listed."
    )
    assert "nothing can be said" in lead_of_moves(panel.iloc[:0], moves(), "X")


def test_the_noise_is_the_publishers_own_number() -> None:
    counts = pd.DataFrame(
        {"organisations": [38], "note": ["6 by override, 24 below the significance threshold"]}
    )
    assert "38 trusts changed segment" in noise_warning(counts)
    assert "24 of them within its own threshold of noise" in noise_warning(counts)
    assert "threshold" not in noise_warning(counts.assign(note="none given"))
    assert noise_warning(counts.iloc[:0]) == ""


def test_segment_three_says_what_is_not_known_of_it() -> None:
    row = {
        "in_3": 10,
        "in_3_followed": 4,
        "in_3_not_followed": 6,
        "moved_3_to_4": 2,
        "moved_3_to_4_within_12_months": 1,
        "moved_3_to_4_within_or_later": 1,
        "moved_3_to_2": 1,
        "moved_4_to_3": 1,
        "in_4_followed": 3,
    }
    told = segment_three_sentence(pd.DataFrame([row]), "X")
    assert "2 moved to 4 (1 within 12 months, 1 within or later since the day is not known)" in told
    assert "Of the other 6 in segment 3 nothing later is known" in told
    assert segment_three_sentence(pd.DataFrame(), "X") == (
        "Under X no organisation is on record in segment 3."
    )
