"""Why figures do not reach around an event, in words."""

import pytest

from indicators.lack_words import gap_words, in_months, lack_words
from indicators.stats.lacking import Cause, Lack

MONTHLY, QUARTERLY = in_months(2016 * 12 + 3, 1), in_months(2016 * 12 + 3, 3)


@pytest.mark.parametrize(
    ("causes", "words"),
    [
        (
            ("start", "gap"),
            "the figures of its type begin only in April 2016, too late for its exit",
        ),
        (("end",), "the figures of its type end in April 2017, too soon after its exit"),
        (
            ("end", "gap"),
            "the figures of its type end in April 2017, too soon after its exit and no file gathered here "
            "has the figures of June 2016 to August 2016, October 2016, which it needs",
        ),
        (
            ("own", "end"),
            "its own figures are missing or of too few cases around its exit, though others of its type have "
            "theirs",
        ),
        (
            ("stay",),
            "another stay in a programme, or the half year after one, lies around its exit",
        ),
    ],
)
def test_the_first_that_nothing_mends_or_all(causes: tuple[Cause, ...], words: str) -> None:
    assert lack_words(Lack(causes, 0, 12, ((2, 4), (6, 6))), MONTHLY, "exit") == words


def test_quarters_are_told_by_their_first_and_last_month() -> None:
    lack = Lack(("gap",), 0, 9, ((4, 7),))
    assert gap_words(lack, QUARTERLY) == "April 2017 to March 2018"
