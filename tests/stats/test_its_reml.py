"""REML with AR(1) errors: against whole matrices, many at once against one by one, what must not matter."""

import pickle

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from indicators.stats.its.estimators import fit_series
from indicators.stats.its.fit import Fit, FloatArray, IntArray, Regression
from indicators.stats.its.reml import fit_reml, fit_reml_batch
from indicators.stats.its.satterthwaite import Satterthwaite
from tests.stats.its_made import TERMS, BruteForce, autocorrelated, correlation, design

EFFECTS = np.array([[0, 0, 1, 0], [0, 0, 0, 1], [0, 0, 1, 6], [1, 30, 1, 6]], dtype=float)
seeds = st.integers(0, 10_000)
phis = st.sampled_from([-0.5, 0.0, 0.3, 0.6, 0.9])


def made(seed: int, phi: float, time: IntArray) -> tuple[FloatArray, FloatArray]:
    """A series with a trend and a step at the middle of its calendar, and its design; rows at `time`."""
    x = design(time, int(time[-1] + time[0]) // 2)
    whole = autocorrelated((1, int(time[-1]) + 1), phi, seed)[0]
    return x @ [70, -0.2, 2, 0.3] + whole[time], x


def with_gaps(seed: int, n: int = 40) -> IntArray:
    """A third of the periods is missing; the first and the last are there."""
    kept = np.random.default_rng([seed, 1]).random(n) > 1 / 3
    kept[[0, n - 1]] = True
    return np.flatnonzero(kept)


def assert_agrees(found: Fit, other: Fit, near: float = 1e-9) -> None:
    assert found.phi == pytest.approx(other.phi, abs=near)
    assert found.sigma == pytest.approx(other.sigma, rel=near)
    assert found.log_likelihood == pytest.approx(other.log_likelihood, abs=near)
    assert found.estimate == pytest.approx(other.estimate, rel=near, abs=near)
    assert found.covariance.ravel() == pytest.approx(other.covariance.ravel(), rel=near, abs=near)
    for c in EFFECTS:
        assert found.degrees(c) == pytest.approx(other.degrees(c), rel=10 * near)


@settings(max_examples=30)
@given(seeds, phis, st.booleans())
def test_the_likelihood_is_that_of_whole_matrices(seed: int, phi: float, gaps: bool) -> None:
    """So leaving out points is the exact likelihood of those that remain."""
    time = with_gaps(seed) if gaps else np.arange(24)
    y, x = made(seed, phi, time)
    found = fit_series("reml_ar1", y, x, time, TERMS)
    brute = BruteForce(Regression(y, x, time, TERMS), found.phi)
    assert found.log_likelihood == pytest.approx(brute.log_likelihood, abs=1e-8)
    assert found.estimate == pytest.approx(brute.estimate, rel=1e-8, abs=1e-8)
    assert found.covariance.ravel() == pytest.approx(brute.covariance.ravel(), rel=1e-8, abs=1e-8)
    assert found.sigma**2 == pytest.approx(brute.variance, rel=1e-8)
    assert brute.profile(found.phi) <= brute.profile(brute.highest()) + 1e-8


@settings(max_examples=30)
@given(seeds, phis, st.booleans())
def test_degrees_of_freedom_are_those_of_differences(seed: int, phi: float, gaps: bool) -> None:
    """Within what differences of step 0.001 are exact to; held to [2, n − p]."""
    time = with_gaps(seed) if gaps else np.arange(36)
    y, x = made(seed, phi, time)
    found = fit_series("reml_ar1", y, x, time, TERMS)
    if found.codes:
        return
    brute = BruteForce(Regression(y, x, time, TERMS), found.phi)
    for c in EFFECTS:
        wanted = np.clip(brute.degrees(c), 2, len(y) - 4)
        assert found.degrees(c) == pytest.approx(wanted, rel=2e-3)


@settings(max_examples=15)
@given(seeds, phis, st.booleans())
def test_many_at_once_are_as_one_at_a_time(seed: int, phi: float, gaps: bool) -> None:
    time = with_gaps(seed) if gaps else np.arange(30)
    x = design(time, 15)
    y = 50 + autocorrelated((7, 40), phi, seed)[:, time]
    batch = fit_reml_batch(y, x, time, TERMS)
    assert len(batch) == 7
    for one, series in zip(batch, y, strict=True):
        assert_agrees(one, fit_series("reml_ar1", series, x, time, TERMS))


def test_contrasts_of_a_batch_are_those_of_its_fits() -> None:
    time = np.arange(30)
    batch = fit_reml_batch(autocorrelated((9, 30), 0.4, 1), design(time, 15), time, TERMS)
    for c in EFFECTS:
        together = batch.contrast(c, alpha=0.1)
        for i, one in enumerate(batch):
            alone = one.contrast(c, alpha=0.1)
            for field in ("estimate", "se", "df", "ci_low", "ci_high", "p"):
                wanted = pytest.approx(getattr(alone, field), rel=1e-12, abs=1e-14)
                assert getattr(together, field)[i] == wanted


def test_no_series_give_no_fits() -> None:
    batch = fit_reml_batch(np.empty((0, 20)), design(np.arange(20), 10), np.arange(20), TERMS)
    assert list(batch) == []
    assert batch.contrast(EFFECTS[0]).df.shape == (0,)


def test_units_of_one_row_have_nothing_to_tell_phi_by() -> None:
    """No two rows are related, so it is least squares."""
    unit = np.arange(12)
    y = autocorrelated((1, 12), 0.0, 3)[0]
    x = np.column_stack([np.ones(12), np.arange(12) % 2])
    found = fit_series("reml_ar1", y, x, np.zeros(12, dtype=int), ("a", "b"), unit=unit)
    ols = fit_series("ols", y, x, unit, ("a", "b"))
    assert found.covariance.ravel() == pytest.approx(ols.covariance.ravel())
    assert found.codes == ("APPROX_DF",)


def test_more_series_than_one_block() -> None:
    time = np.arange(20)
    y, x = autocorrelated((1203, 20), 0.2, 2), design(time, 10)
    batch = fit_reml_batch(y, x, time, TERMS)
    for i in (0, 499, 500, 1000, 1202):
        assert_agrees(batch[i], fit_series("reml_ar1", y[i], x, time, TERMS))


@settings(max_examples=20)
@given(
    seeds,
    phis,
    st.floats(-1e3, 1e3),
    st.floats(1e-3, 1e3) | st.floats(-1e3, -1e-3),
    st.integers(-500, 500),
)
def test_units_of_the_series_and_the_start_of_the_calendar_do_not_matter(
    seed: int, phi: float, shift: float, scale: float, later: int
) -> None:
    time = with_gaps(seed)
    y, x = made(seed, phi, time)
    found = fit_series("reml_ar1", y, x, time, TERMS)
    other = fit_series("reml_ar1", shift + scale * y, x, time + later, TERMS)
    assert other.phi == pytest.approx(found.phi, abs=1e-6)
    first = [shift, 0, 0, 0]
    near = 1e-6 * (1 + abs(shift) + abs(scale))
    assert other.estimate == pytest.approx(first + scale * found.estimate, rel=1e-6, abs=near)
    for c in EFFECTS:
        ours, theirs = found.contrast(c), other.contrast(c)
        assert theirs.se == pytest.approx(abs(scale) * ours.se, rel=1e-6)
        assert theirs.df == pytest.approx(ours.df, rel=1e-4)
        at = float(c @ first)
        ends = sorted([at + scale * ours.ci_low, at + scale * ours.ci_high])
        assert [theirs.ci_low, theirs.ci_high] == pytest.approx(ends, rel=1e-4, abs=1e2 * near)


def test_another_origin_of_the_time_term_moves_the_intercept_alone() -> None:
    time = np.arange(24)
    y, x = made(3, 0.4, time)
    moved = x.copy()
    moved[:, 1] += 2000 * 12
    found = fit_series("reml_ar1", y, x, time, TERMS)
    other = fit_series("reml_ar1", y, moved, time, TERMS)
    assert other.estimate[1:] == pytest.approx(found.estimate[1:], rel=1e-7)
    assert other.phi == pytest.approx(found.phi, abs=1e-8)
    assert other.degrees(EFFECTS[2]) == pytest.approx(found.degrees(EFFECTS[2]), rel=1e-6)


def test_without_autocorrelation_it_is_nearly_least_squares() -> None:
    """A long series of independent errors: phi within three of its errors 1/√n, estimates alike."""
    n = 2000
    time = np.arange(n)
    x = design(time, n // 2)
    y = autocorrelated((1, n), 0.0, 5)[0]
    reml, ols = (fit_series(method, y, x, time, TERMS) for method in ("reml_ar1", "ols"))
    assert abs(reml.phi) < 3 / np.sqrt(n)
    ours, theirs = reml.contrast(EFFECTS[2]), ols.contrast(EFFECTS[2])
    assert ours.estimate == pytest.approx(theirs.estimate, abs=0.02 * theirs.se)
    assert ours.se == pytest.approx(theirs.se, rel=4 * abs(reml.phi))


@given(seeds)
def test_a_clear_phi_is_found(seed: int) -> None:
    time = np.arange(400)
    x = design(time, 200)
    y = autocorrelated((1, 400), 0.6, seed)[0]
    assert fit_series("reml_ar1", y, x, time, TERMS).phi == pytest.approx(0.6, abs=0.2)


@settings(max_examples=15)
@given(seeds, phis)
def test_stacked_units_are_independent_of_each_other(seed: int, phi: float) -> None:
    """Controlled series: own levels of the units, a difference in level and slope; gaps differ by unit."""
    times = [with_gaps(seed), np.arange(30), with_gaps(seed + 1)]
    unit = np.repeat(np.arange(3), [len(time) for time in times])
    time = np.concatenate(times)
    own = (unit[:, None] == np.arange(3)).astype(float)
    line = design(time, 15)[:, 1:]
    x = np.column_stack([own, line, (unit == 0)[:, None] * line])
    y = 10.0 * unit + np.concatenate(
        [autocorrelated((1, 40), phi, seed + k)[0][t] for k, t in enumerate(times)]
    )
    data = Regression(y, x, time, tuple("abcdefghi"), unit)
    found = fit_reml(data)
    brute = BruteForce(data, found.phi)
    assert found.log_likelihood == pytest.approx(brute.log_likelihood, abs=1e-8)
    assert found.estimate == pytest.approx(brute.estimate, rel=1e-8, abs=1e-8)
    assert brute.profile(found.phi) <= brute.profile(brute.highest()) + 1e-8
    named = fit_series("reml_ar1", y, x, time, tuple("abcdefghi"), unit=unit)
    assert named.estimate.tolist() == found.estimate.tolist()
    effect = np.eye(9)[7]
    if not found.codes:
        wanted = np.clip(brute.degrees(effect), 2, len(y) - 9)
        assert found.degrees(effect) == pytest.approx(wanted, rel=2e-3)


def test_one_unit_stacked_is_the_series_itself() -> None:
    time = with_gaps(4)
    y, x = made(4, 0.5, time)
    alone = fit_series("reml_ar1", y, x, time, TERMS)
    stacked = fit_series("reml_ar1", y, x, time, TERMS, unit=np.full(len(y), "RXW"))
    assert_agrees(stacked, alone)


def test_every_twelfth_month_is_a_series_of_years() -> None:
    """phi is the correlation of neighbouring points, and its sign is known."""
    y, x = made(6, 0.6, np.arange(30))
    yearly = fit_series("reml_ar1", y, x, np.arange(30), TERMS)
    monthly = fit_series("reml_ar1", y, x, 12 * np.arange(30), TERMS)
    assert monthly.phi == yearly.phi


def test_phi_stops_at_its_bound() -> None:
    """A walk has errors as alike as can be, turns of every period as unlike: two degrees of freedom."""
    time = np.arange(30)
    x = np.ones((30, 1))
    walk = np.cumsum(np.random.default_rng(1).random(30) + 1)
    ends = fit_series("reml_ar1", walk, x, time, ("intercept",))
    assert (ends.phi, ends.codes) == (0.99, ("APPROX_DF",))
    assert ends.degrees(np.ones(1)) == 2
    turns = (-1.0) ** time + 1e-3 * np.random.default_rng(2).random(30)
    found = fit_series("reml_ar1", turns, x, time, ("intercept",))
    assert (found.phi, found.codes) == (-0.99, ("APPROX_DF",))


def test_where_the_likelihood_does_not_curve_there_are_two_degrees() -> None:
    """Second derivatives −1 and 8, or 1 and 8 with 3 across; then 2 and 8: 2/(1/2 + 1/8)."""
    bends = np.array([[[-1, 0], [0, 8]], [[1, 3], [3, 8]], [[2, 0], [0, 8]]], dtype=float)
    one, inside = np.ones((3, 1, 1)), np.zeros(3, dtype=bool)
    found = Satterthwaite(one, one, bends, 16.0, inside)
    assert found.is_approximate.tolist() == [True, True, False]
    assert found.degrees(np.ones(1)) == pytest.approx([2, 2, 3.2])
    assert found.degrees(np.zeros(1)).tolist() == [2, 2, 16]


def test_series_at_the_bound_say_so() -> None:
    """One in eight of 24 points with errors 0.6 alike; all others have a peak."""
    time = np.arange(24)
    batch = fit_reml_batch(autocorrelated((400, 24), 0.6, 1), design(time, 12), time, TERMS)
    ends = np.abs(batch.phi) == 0.99
    assert 0.05 < ends.mean() < 0.2
    assert batch.satterthwaite.is_approximate.tolist() == ends.tolist()
    assert (batch.contrast(EFFECTS[0]).df[ends] == 2).all()
    assert [one.codes for one in batch] == [("APPROX_DF",) if end else () for end in ends]


def test_a_series_on_the_line_has_no_error_to_judge_by() -> None:
    time = np.arange(24)
    x = design(time, 12)
    lines = np.stack([x @ [5, 0.1, 2, 0.3], np.full(24, 7.0), np.zeros(24)])
    y = np.vstack([lines, autocorrelated((1, 24), 0.3, 1)])
    batch = fit_reml_batch(y, x, time, TERMS)
    assert batch.no_variation.tolist() == [True, True, True, False]
    for one in list(batch)[:3]:
        assert "NO_VARIATION" in one.codes
        assert (one.phi, one.log_likelihood) == (0, None)
        found = one.contrast(EFFECTS[0])
        assert found.se == pytest.approx(0, abs=1e-12)
        assert 2 <= found.df <= 20
    assert batch[0].estimate == pytest.approx([5, 0.1, 2, 0.3])
    zero = batch.contrast(EFFECTS[0])
    assert np.isfinite(zero.ci_low).all()
    assert_agrees(batch[3], fit_series("reml_ar1", y[3], x, time, TERMS))


def test_a_contrast_of_nothing_is_nothing() -> None:
    time = np.arange(24)
    found = fit_series("reml_ar1", *made(1, 0.3, time), time, TERMS).contrast(np.zeros(4))
    assert (found.estimate, found.se, found.df, found.p) == (0, 0, 20, 1)


def test_fits_can_be_kept() -> None:
    """The pages cache results, so they must survive pickling."""
    time = np.arange(24)
    found = fit_series("reml_ar1", *made(1, 0.3, time), time, TERMS)
    kept = pickle.loads(pickle.dumps(found))
    assert kept.contrast(EFFECTS[2]) == found.contrast(EFFECTS[2])


def test_rows_that_cannot_be_are_refused() -> None:
    time = np.arange(12)
    y, x = made(1, 0.3, time)
    with pytest.raises(ValueError, match="time does not rise"):
        fit_series("reml_ar1", y, x, time[::-1], TERMS)
    with pytest.raises(ValueError, match="do not stand together"):
        fit_series("reml_ar1", y, x, time, TERMS, unit=np.tile([0, 1], 6))


def test_the_matrix_of_brute_force_is_right() -> None:
    """Three points, the second missing in between; two units."""
    found = correlation(0.5, np.array([0, 2, 0]), np.array([0, 0, 1]))
    assert found.tolist() == [[1, 0.25, 0], [0.25, 1, 0], [0, 0, 1]]
