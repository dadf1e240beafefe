"""The words of evidence: which side of 0 an interval lies on, and which side is better."""

import pytest

from indicators.evidence import evidence_of


@pytest.mark.parametrize(
    ("low", "high", "side", "words"),
    [
        (0.1, 2.0, 1, "clear improvement"),
        (0.1, 2.0, -1, "clear worsening"),
        (-2.0, -0.1, 1, "clear worsening"),
        (-2.0, -0.1, -1, "clear improvement"),
        (0.1, 2.0, 0, "clear rise"),
        (-2.0, -0.1, 0, "clear fall"),
        (0.0, 2.0, 1, "uncertain"),
        (-1.0, 0.0, -1, "uncertain"),
        (float("nan"), float("nan"), 1, "uncertain"),
    ],
)
def test_an_interval_in_words(low: float, high: float, side: int, words: str) -> None:
    assert evidence_of(low, high, side) == words
