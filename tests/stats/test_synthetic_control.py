"""Forms of the synthetic control, placebos and the gate, by hand and by what must hold."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from indicators.stats.synthetic.control import (
    Control,
    Options,
    Panel,
    difference_in_differences,
    fit_control,
)
from indicators.stats.synthetic.gate import judge_fit
from indicators.stats.synthetic.placebo import (
    Placebos,
    RankTest,
    interval,
    leave_one_out,
    placebo_in_time,
    placebos_in_space,
    rank_test,
)

FORMS = ("plain", "demeaned", "ridge", "sdid")


def made(seed: int = 1, effect: float = 0.0, donors: int = 12, before: int = 30) -> Panel:
    """Two factors common to all, noise, and an effect from entry on."""
    draw = np.random.default_rng(seed)
    periods = before + 8
    factors = draw.normal(size=(periods, 2)).cumsum(axis=0)
    paths = 50 + factors @ draw.uniform(0.5, 1.5, size=(2, donors + 1))
    paths += draw.normal(0, 0.3, size=paths.shape)
    paths[before:, 0] += effect
    return Panel(paths[:, 0], paths[:, 1:], before)


def test_plain_and_demeaned_by_hand() -> None:
    """The one that entered runs 10 above the mean of two donors until entry, then 13 above it."""
    donors = np.array([[0.0, 2.0], [2.0, 0.0], [4.0, 2.0], [4.0, 8.0]])
    own = donors.mean(axis=1) + np.array([10, 10, 10, 13])
    demeaned = fit_control(Panel(own, donors, 3), Options("demeaned"))
    assert demeaned.weights == pytest.approx([0.5, 0.5])
    assert demeaned.gap == pytest.approx([0, 0, 0, 3], abs=1e-9)
    assert (demeaned.att, demeaned.post_rmspe) == (pytest.approx(3), pytest.approx(3))
    plain = fit_control(Panel(own, donors, 3), Options("plain"))
    assert plain.gap == pytest.approx(own - donors @ plain.weights)
    assert plain.pre_rmspe == pytest.approx(np.sqrt((plain.gap[:3] ** 2).mean()))


def test_sdid_puts_the_weight_of_time_on_the_periods_that_foretell_the_donors() -> None:
    """Donors after entry are as in the last period before; there the one that entered was 1 higher."""
    donors = np.array([[0.0, 1, 5], [7, 2, 9], [3, 8, 4], [3, 8, 4]])
    own = np.array([2.0, 6, 6, 9])
    found = fit_control(Panel(own, donors, 3), Options("sdid"))
    assert found.time_weights == pytest.approx([0, 0, 1], abs=1e-6)
    assert found.att == pytest.approx(own[3] - own[2], abs=1e-5)
    assert found.pre_rmspe == pytest.approx((own - donors @ found.weights)[:3].std())


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("effect", [0.0, 5.0])
def test_an_effect_is_found_in_every_form(form: str, effect: float) -> None:
    found = [fit_control(made(seed, effect), Options(form)).att for seed in range(20)]  # type: ignore[arg-type]
    assert np.mean(found) == pytest.approx(effect, abs=0.25)


@given(st.sampled_from(FORMS), st.integers(0, 1000), st.floats(-100, 100), st.floats(0.01, 100))
@settings(max_examples=60)
def test_a_constant_for_all_moves_nothing_and_units_scale(
    form: str, seed: int, level: float, unit: float
) -> None:
    panel, options = made(seed, donors=6), Options(form)  # type: ignore[arg-type]
    usual = fit_control(panel, options)
    other = fit_control(
        Panel(unit * (panel.treated + level), unit * (panel.donors + level), panel.before), options
    )
    assert other.att == pytest.approx(unit * usual.att, rel=1e-5, abs=1e-6)
    assert usual.weights.sum() == pytest.approx(1)
    assert usual.gap == pytest.approx(panel.treated - usual.synthetic)


def test_difference_in_differences_by_hand() -> None:
    panel = Panel(np.array([1.0, 3, 9]), np.array([[0.0, 2], [0, 2], [1, 3]]), 2)
    assert difference_in_differences(panel) == pytest.approx((9 - 2) - (2 - 1))


def test_no_placebo_has_the_one_that_entered_among_its_donors() -> None:
    """So what happens to it after entry moves no placebo."""
    for form in FORMS:
        options = Options(form)  # type: ignore[arg-type]
        with_effect, without = made(3, effect=50.0), made(3)
        strength = fit_control(without, options)
        found = [placebos_in_space(panel, strength, options) for panel in (with_effect, without)]
        assert found[0].att.tolist() == found[1].att.tolist()
        assert len(found[0].ratio) == 12


def control(pre: float, post: float) -> Control:
    gap = np.array([pre, post])
    return Control(np.array([1.0]), None, -gap, gap, 1, pre, None)


def made_placebos(ratio: list[float], pre: list[float], att: list[float]) -> Placebos:
    nowhere = np.zeros((len(ratio), 2))
    return Placebos(np.array(ratio), np.array(pre), np.array(att), nowhere)


def test_a_placebo_s_gap_is_what_it_has_above_its_own_control() -> None:
    panel = made(4, donors=5)
    found = placebos_in_space(panel, fit_control(panel, Options()), Options())
    second = fit_control(panel.as_if(1), Options())
    assert found.gap.shape == (5, 38)
    assert found.gap[1] == pytest.approx(second.gap)
    assert found.att == pytest.approx(found.gap[:, 30:].mean(axis=1))


def test_the_rank_by_hand() -> None:
    """Ratio 3. Of placebos with ratios 4, 3, 1 and 9 the last fits six times worse before."""
    placebos = made_placebos([4.0, 3, 1, 9], [0.5, 2.0, 5.0, 6.0], [1.0, -1, 1, -1])
    assert placebos.kept(control(1, 3)).tolist() == [True, True, True, False]
    usual = rank_test(control(1, 3), placebos)
    assert usual == RankTest(p=3 / 4, floor=1 / 4, kept=3, as_large=2)
    everyone = rank_test(control(1, 3), placebos, np.inf)
    assert everyone == RankTest(p=4 / 5, floor=1 / 5, kept=4, as_large=3)
    close = rank_test(control(1, 3), placebos, 2.0)
    assert (close.p, close.kept) == (1, 2)
    assert placebos.standard_error == 1


def test_a_perfect_fit_has_an_infinite_ratio() -> None:
    assert control(0, 3).ratio == np.inf
    assert control(0, 0).ratio == 0
    placebos = made_placebos([np.inf, 2.0], [0.0, 1.0], [0, 0])
    assert rank_test(control(0, 3), placebos, np.inf).p == 2 / 3
    assert rank_test(control(0, 3), placebos).kept == 1
    alone = made_placebos([2.0], [1.0], [0])
    nothing = rank_test(control(0, 3), alone)
    assert nothing == RankTest(p=None, floor=None, kept=0, as_large=0)


def test_ranks_are_even_where_nobody_has_an_effect() -> None:
    """Nobody enters, so each of the ten values of p is as likely."""
    ranks = []
    for seed in range(60):
        panel = made(seed, donors=9, before=20)
        fitted = fit_control(panel, Options())
        ranks.append(rank_test(fitted, placebos_in_space(panel, fitted, Options()), np.inf).p)
    # Ten values 0.1 … 1 have mean 0.55 and SD 0.287; four standard errors of the mean of 60.
    assert np.mean(ranks) == pytest.approx(0.55, abs=4 * 0.287 / np.sqrt(60))
    assert min(ranks) == pytest.approx(0.1)


def test_a_placebo_in_time_sees_nothing_from_entry_on() -> None:
    for form in FORMS:
        options = Options(form)  # type: ignore[arg-type]
        strength = fit_control(made(5), options)
        with_effect, without = (
            placebo_in_time(made(5, effect), strength, options, 12) for effect in (40.0, 0.0)
        )
        assert with_effect.att == without.att
        assert (with_effect.before, len(with_effect.gap)) == (18, 30)


def test_leaving_out_a_donor_is_a_fit_without_it() -> None:
    panel = made(2, donors=5)
    fitted = fit_control(panel, Options())
    left = leave_one_out(panel, fitted, Options())
    used = np.flatnonzero(fitted.weights > 1e-6).tolist()
    assert list(left) == used
    for donor in used:
        rest = [place for place in range(5) if place != donor]
        by_hand = fit_control(Panel(panel.treated, panel.donors[:, rest], panel.before), Options())
        assert left[donor] == pytest.approx(by_hand.att, abs=1e-10)


@pytest.mark.parametrize(
    ("pre", "before", "donors", "label", "passes"),
    [
        (0.25, 24, 10, "good", True),
        (0.2501, 24, 10, "fair", True),
        (0.5, 24, 10, "fair", True),
        (0.5001, 24, 10, "poor", False),
        (0.1, 23, 10, "good", False),
        (0.1, 24, 9, "good", False),
    ],
)
def test_the_gate(pre: float, before: int, donors: int, label: str, passes: bool) -> None:
    values = np.arange(before + 1.0)
    values[:before] /= values[:before].std(ddof=1)
    panel = Panel(values, np.zeros((before + 1, donors)), before)
    fit = judge_fit(panel, control(pre, 1), 24)
    assert (fit.label, fit.passes, fit.is_exact) == (label, passes, False)
    assert judge_fit(panel, control(0.0009, 1), 24).is_exact


def test_an_interval_is_two_sided() -> None:
    assert interval(1, 2, 0.05) == pytest.approx((1 - 3.91993, 1 + 3.91993), abs=1e-5)
