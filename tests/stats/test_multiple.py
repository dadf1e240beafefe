"""Adjusted probabilities by hand; against R in tests/published."""

import numpy as np
import pytest

from indicators.stats.multiple import adjusted


def test_by_hand_in_the_order_given() -> None:
    """0.01, 0.02, 0.04 of three: bh 3 · 0.01, 3/2 · 0.02, 0.04; holm 0.03, 2 · 0.02, 0.04 (never falling)."""
    p = np.array([0.04, 0.01, 0.02])
    assert adjusted(p).tolist() == pytest.approx([0.04, 0.03, 0.03])
    assert adjusted(p, "holm").tolist() == pytest.approx([0.04, 0.03, 0.04])
    # by: bh times 1 + 1/2 + 1/3.
    assert adjusted(p, "by").tolist() == pytest.approx([0.04 * 11 / 6, 0.055, 0.055])


def test_a_test_that_was_not_made_does_not_count() -> None:
    found = adjusted(np.array([np.nan, 0.04, 0.01]))
    assert np.isnan(found[0])
    assert found[1:].tolist() == pytest.approx([0.04, 0.02])
    assert np.isnan(adjusted(np.array([np.nan]))).all()
    assert adjusted(np.array([])).tolist() == []
