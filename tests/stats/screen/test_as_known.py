"""What was published on a day, and no later."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from indicators.stats.screen.as_known import known_on


def test_only_what_was_out_counts() -> None:
    """Monthly 1, 2, 3 … published 40 days after a 30-day month's end; on day 130 three are out."""
    value = np.arange(1.0, 31.0)[None]
    published = 30.0 * np.arange(1, 31) + 40
    found = known_on(value, published, np.array([130.0, 129.0, 30 * 15 + 40.0, 0.0]))
    assert found.level[0, 0] == 2.0
    assert np.isnan(found.level[0, 1]) and np.isnan(found.level[0, 3])
    assert found.level[0, 2] == 14.0
    assert found.change[0, 2] == 12.0
    assert np.isnan(found.change[0, 0])


@given(st.integers(0, 1000))
def test_later_figures_never_matter(seed: int) -> None:
    random = np.random.default_rng(seed)
    value, published = random.normal(0, 1, (3, 30)), np.arange(30.0) + 2
    day = np.array([20.0])
    later = value.copy()
    later[:, 19:] += 100
    one, other = (known_on(figures, published, day) for figures in (value, later))
    for name in ("level", "change", "state"):
        assert getattr(one, name) == pytest.approx(getattr(other, name), nan_ok=True)


def test_special_cause_of_the_last_point() -> None:
    calm = np.tile([0.0, 1.0], 10)
    far, run, short = calm.copy(), calm.copy(), np.full(20, np.nan)
    far[-1] = 20.0
    run[-7:] = [-1, -0.9, -1, -0.9, -1, -0.9, -1]
    short[-12:] = calm[-12:]
    found = known_on(np.stack([calm, far, run, short]), np.arange(20.0), np.array([19.0]))
    assert found.state[:3, 0].tolist() == [0.0, 1.0, -1.0]
    assert np.isnan(found.state[3, 0])


def test_unknown_publication_is_never_out() -> None:
    found = known_on(np.ones((1, 3)), np.full(3, np.nan), np.array([1e9]))
    assert np.isnan(found.level).all()
