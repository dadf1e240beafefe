"""The synthetic control of one organisation: weights of donors, what they say it would have had, the gap."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

import numpy as np

from indicators.stats.synthetic.ridge import best_ridge, ridge_weights
from indicators.stats.synthetic.simplex import FloatArray, Solver, solver_of

Form = Literal["plain", "demeaned", "ridge", "sdid"]
_ALMOST_NONE = 1e-6
"""Penalty of time weights, and of the unit weights of a plain control, as a share of the noise (synthdid)."""


@dataclass(frozen=True)
class Panel:
    """`treated` (T,) and `donors` (T, J) by period, none missing; `before` periods are before entry."""

    treated: FloatArray
    donors: FloatArray
    before: int

    @property
    def noise(self) -> float:
        """Standard deviation of the donors' changes from period to period before entry."""
        changes = np.diff(self.donors[: self.before], axis=0)
        return float(changes.std(ddof=1)) if changes.size > 1 else 0.0

    def without(self, donor: int) -> "Panel":
        """The same with one donor less."""
        return Panel(self.treated, np.delete(self.donors, donor, axis=1), self.before)

    def as_if(self, donor: int) -> "Panel":
        """One donor in the place of the organisation, which itself is left out: its effect is no donor's."""
        return Panel(self.donors[:, donor], np.delete(self.donors, donor, axis=1), self.before)

    def until_entry(self, earlier: int) -> "Panel":
        """The periods before entry alone, as if entry had been `earlier` periods before it."""
        return Panel(self.treated[: self.before], self.donors[: self.before], self.before - earlier)


@dataclass(frozen=True)
class Options:
    """`ridge`: its strength where given, else the best by leaving out one period at a time."""

    form: Form = "demeaned"
    ridge: float | None = None
    solver: Solver = "exact"


@dataclass(frozen=True)
class Control:
    """A fitted synthetic control.

    `weights` (J,) sum to 1; none is below 0 but in `ridge`. `synthetic` (T,) is the weighted mean moved by a
    constant: 0 (`plain`, `ridge`), the mean gap before entry (`demeaned`), or the mean gap before entry with
    `time_weights` (T0,) (`sdid`). `gap` = treated − synthetic. `att` is its mean from entry on. `pre_rmspe`
    and `post_rmspe` are root mean squares of the gap before entry (of `sdid` about its mean) and from entry
    on.
    """

    weights: FloatArray
    time_weights: FloatArray | None
    synthetic: FloatArray
    gap: FloatArray
    before: int
    pre_rmspe: float
    ridge: float | None

    @property
    def att(self) -> float:
        """Mean gap from entry on, in the values' unit."""
        return float(self.gap[self.before :].mean())

    @property
    def post_rmspe(self) -> float:
        """Root mean square of the gap from entry on."""
        return _root_mean_square(self.gap[self.before :])

    @property
    def ratio(self) -> float:
        """How many times larger gaps are from entry on than before; infinite where the fit was perfect."""
        if self.pre_rmspe > 0:
            return self.post_rmspe / self.pre_rmspe
        return np.inf if self.post_rmspe > 0 else 0.0


def fit_control(panel: Panel, options: Options) -> Control:
    """Fit one form (docs/methods/synthetic_control.md); at least one donor, two periods before, one after."""
    return _FORMS[options.form](panel, options)


def control_of(panel: Panel, weights: FloatArray) -> Control:
    """The control that given weights (J,) make, moved by nothing."""
    return _control(panel, weights, 0.0)


def difference_in_differences(panel: Panel) -> float:
    """Change of the organisation less the mean change of donors, all donors and all periods alike."""
    gap = panel.treated - panel.donors.mean(axis=1)
    return float(gap[panel.before :].mean() - gap[: panel.before].mean())


def _plain(panel: Panel, options: Options) -> Control:
    # synthdid's own plain control has a penalty of next to nothing; the exact optimum needs none.
    penalty = 0.0 if options.solver == "exact" else (_ALMOST_NONE * panel.noise) ** 2 * panel.before
    solve = solver_of(options.solver, panel.noise)
    target, donors = panel.treated[: panel.before], panel.donors[: panel.before]
    return control_of(panel, solve(target, donors, penalty))


def _demeaned(panel: Panel, options: Options) -> Control:
    """Ferman and Pinto 2021: every organisation less its own mean before entry."""
    target, donors = _centred(panel)
    weights = solver_of(options.solver, panel.noise)(target, donors, 0.0)
    return _control(panel, weights, float(_pre_gap(panel, weights).mean()))


def _ridge(panel: Panel, options: Options) -> Control:
    """Ben-Michael, Feller and Rothstein 2021."""
    solve = solver_of(options.solver, panel.noise)
    target, donors = panel.treated[: panel.before], panel.donors[: panel.before]
    ridge = best_ridge(target, donors, solve) if options.ridge is None else options.ridge
    weights = ridge_weights(target, donors, solve(target, donors, 0.0), ridge)
    return _control(panel, weights, 0.0, ridge=ridge)


def _sdid(panel: Panel, options: Options) -> Control:
    """Arkhangelsky and others 2021: weights of units and of periods, each with a constant."""
    solve, after = solver_of(options.solver, panel.noise), len(panel.treated) - panel.before
    target, donors = _centred(panel)
    # One organisation enters, so zeta = (1 · periods after)^(1/4) · noise.
    weights = solve(target, donors, float(np.sqrt(after)) * panel.noise**2 * panel.before)
    before, mean_after = panel.donors[: panel.before], panel.donors[panel.before :].mean(axis=0)
    periods = before.T - before.T.mean(axis=0)
    penalty = (_ALMOST_NONE * panel.noise) ** 2 * panel.donors.shape[1]
    time_weights = solve(mean_after - mean_after.mean(), periods, penalty)
    offset = float(time_weights @ _pre_gap(panel, weights))
    return _control(panel, weights, offset, time_weights)


_FORMS: dict[Form, Callable[[Panel, Options], Control]] = {
    "plain": _plain,
    "demeaned": _demeaned,
    "ridge": _ridge,
    "sdid": _sdid,
}


def _centred(panel: Panel) -> tuple[FloatArray, FloatArray]:
    target, donors = panel.treated[: panel.before], panel.donors[: panel.before]
    return target - target.mean(), donors - donors.mean(axis=0)


def _pre_gap(panel: Panel, weights: FloatArray) -> FloatArray:
    return np.asarray(panel.treated[: panel.before] - panel.donors[: panel.before] @ weights)


def _control(
    panel: Panel,
    weights: FloatArray,
    offset: float,
    time_weights: FloatArray | None = None,
    ridge: float | None = None,
) -> Control:
    synthetic = panel.donors @ weights + offset
    gap = panel.treated - synthetic
    pre = gap[: panel.before]
    # Time weights move the line to the last periods; whether the paths run alike is judged about their mean.
    fit = _root_mean_square(pre if time_weights is None else pre - pre.mean())
    return Control(weights, time_weights, synthetic, gap, panel.before, fit, ridge)


def _root_mean_square(values: FloatArray) -> float:
    return float(np.sqrt((values**2).mean()))
