"""Which figures stand in the way of means around an event: by hand, a character per period."""

import numpy as np
import pytest

from indicators.stats.lacking import Known, Lack, lack_of


def known(own: str, anybody: str | None = None, stay: str = "") -> Known:
    """`x` where there is a figure; `s` in `stay` where a stay lies."""
    others = own if anybody is None else anybody
    marks = [np.array([mark == "x" for mark in text]) for text in (own, others)]
    clear = np.array([mark != "s" for mark in stay.ljust(len(own))])
    return Known(marks[0], marks[1], clear)


YEAR = [(0, 3), (4, 7)]
"""Two means of four periods: three are needed of each."""


@pytest.mark.parametrize(
    ("held", "causes"),
    [
        (known("xxxxxxxx"), None),
        (known(".xxxxxxx"), None),
        (known("x..xxxxx", "xxxxxxxx"), ("own",)),
        (known("..xxxxxx"), ("start",)),
        (known("xxxxxx.."), ("end",)),
        (known("x..xxxxx"), ("gap",)),
        (known("..xxx..x"), ("start", "gap")),
        (known("xxxxxxxx", stay="ss"), ("stay",)),
        # One period is spare, so that of two lacks neither alone stands in the way, and both do.
        (known(".x.xxxxx", ".xxxxxxx"), ("start", "own")),
        # Filling the two of the end is enough; the one of its own does not matter then.
        (known("xxxxx...", "xxxxxx.."), ("end",)),
        (known("xxxxx.x."), ("end", "gap")),
    ],
)
def test_what_would_by_itself_stand_in_the_way(held: Known, causes: tuple[str, ...] | None) -> None:
    found = lack_of(held, YEAR)
    assert (found and found.causes) == causes


def test_a_gap_is_told_whole_and_spans_may_lie_outside() -> None:
    held = known("xx....xx")
    assert lack_of(held, [(5, 6)]) == Lack(("gap",), 0, 7, ((2, 5),))
    assert lack_of(held, [(-3, -1)]) == Lack(("start",), 0, 7, ())
    assert lack_of(held, [(9, 12)]) == Lack(("end",), 0, 7, ())


def test_a_mean_of_three_needs_all_three() -> None:
    assert lack_of(known("x.x", "xxx"), [(0, 2)]) == Lack(("own",), 0, 2, ())
