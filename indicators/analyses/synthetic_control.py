"""The analysis `synthetic_control`: one unit that entered against a weighted mean of others."""

from typing import Any

import numpy as np

from indicators.analyses.numbers import plain
from indicators.analyses.own_panel import GivenPanel, OnePanel, read_panel
from indicators.analyses.synthetic_panel import chosen_panel, enough_before, least_before
from indicators.analyses.synthetic_predictors import weights_by_predictors
from indicators.analyses.synthetic_spec import Spec
from indicators.analyses.synthetic_warnings import warnings_of
from indicators.stats.synthetic.control import (
    Control,
    control_of,
    difference_in_differences,
    fit_control,
)
from indicators.stats.synthetic.gate import judge_fit
from indicators.stats.synthetic.placebo import (
    LIMITS,
    Placebos,
    interval,
    leave_one_out,
    placebo_in_time,
    placebos_in_space,
    rank_test,
)

__all__ = ["Spec", "read", "run"]

read = read_panel
YEAR = {"quarter": 4}
"""How much earlier the placebo in time is; 12 periods but for quarters."""


def run(spec: Spec, rows: GivenPanel) -> dict[str, Any]:
    """`weights`, `att`, the fit before entry, how unusual the gap is among placebos; `series` by period."""
    treated, one = chosen_panel(spec, rows)
    enough = enough_before(rows.periods.unit)
    fitted, extra = _fitted(spec, rows, one, treated)
    fit = judge_fit(one.panel, fitted, enough)
    told: dict[str, Any] = {
        "ok": True,
        "form": spec.form,
        "first_exposed": rows.periods.label(rows.exposed_from("interruption", spec.interruption)),
        "n_pre": one.panel.before,
        "n_post": len(one.counts) - one.panel.before,
        "n_donors": len(one.donors),
        "weights": _by_name(one.donors, fitted.weights),
        "att": plain(fitted.att),
        "pre_rmspe": plain(fitted.pre_rmspe),
        "post_rmspe": plain(fitted.post_rmspe),
        "fit": {"label": fit.label, "share": plain(fit.share), "passes": fit.passes},
    }
    told |= extra | {"difference_in_differences": plain(difference_in_differences(one.panel))}
    told |= _chance(spec, rows.periods.unit, one, fitted)
    told |= {"left_out": one.left_out, "series": _series(one, fitted)}
    return told | {"warnings": warnings_of(rows, one, fit, enough)}


def _fitted(
    spec: Spec, rows: GivenPanel, one: OnePanel, treated: str
) -> tuple[Control, dict[str, Any]]:
    """The control, and what its form has beside weights."""
    if spec.predictors:
        found = weights_by_predictors(spec, rows, one, treated)
        names = [f"{p.column} {p.begins} to {p.ends}" for p in spec.predictors]
        importance = _by_name(names, found.importance)
        return control_of(one.panel, found.weights), {"importance": importance}
    fitted = fit_control(one.panel, spec.options)
    if fitted.ridge is not None:
        return fitted, {"ridge": plain(fitted.ridge)}
    if fitted.time_weights is not None:
        times = one.periods[: one.panel.before]
        return fitted, {"time_weights": _by_name(times, fitted.time_weights)}
    return fitted, {}


def _chance(spec: Spec, unit: str, one: OnePanel, fitted: Control) -> dict[str, Any]:
    """Placebos; weights by predictors have none, since their search is no fixed rule."""
    if spec.predictors:
        return {"placebo_p": None, "placebo_floor": None}
    placebos = placebos_in_space(one.panel, fitted, spec.options)
    usual = rank_test(fitted, placebos)
    return {
        "placebo_p": usual.p,
        "placebo_floor": usual.floor,
        "placebos": _placebos(one, fitted, placebos),
        "placebo_in_time": _earlier(spec, unit, one, fitted),
        "leave_one_out": _left_out(spec, one, fitted),
    } | _interval(spec, fitted, placebos)


def _placebos(one: OnePanel, fitted: Control, placebos: Placebos) -> dict[str, Any]:
    """Each placebo with its gap by period, as in `series`; `kept`: whether `placebo_p` counts it."""
    tests = [(limit, rank_test(fitted, placebos, limit)) for limit in LIMITS]
    kept = placebos.kept(fitted)
    return {
        "by_limit": [{"limit": _finite(limit), **vars(test)} for limit, test in tests],
        "ratio": _finite(fitted.ratio),
        "units": [
            {
                "unit": unit,
                "ratio": _finite(placebos.ratio[place]),
                "pre_rmspe": plain(placebos.pre_rmspe[place]),
                "att": plain(placebos.att[place]),
                "kept": bool(kept[place]),
                "gap": [plain(gap) for gap in placebos.gap[place]],
            }
            for place, unit in enumerate(one.donors)
        ],
    }


def _interval(spec: Spec, fitted: Control, placebos: Placebos) -> dict[str, Any]:
    """Standard error and interval of synthetic DiD; the other forms have a rank only."""
    if spec.form != "sdid":
        return {}
    low, high = interval(fitted.att, placebos.standard_error, spec.alpha)
    return {"se": placebos.standard_error, "ci_low": low, "ci_high": high}


def _earlier(spec: Spec, unit: str, one: OnePanel, fitted: Control) -> dict[str, Any] | None:
    """The placebo in time, a year before entry; None where too little would be left before it."""
    year, before = YEAR.get(unit, 12), one.panel.before
    if before - year < least_before(unit):
        return None
    found = placebo_in_time(one.panel, fitted, spec.options, year)
    return {
        "interruption": one.periods[before - year],
        "att": plain(found.att),
        "ratio": _finite(found.ratio),
    }


def _left_out(spec: Spec, one: OnePanel, fitted: Control) -> list[dict[str, Any]]:
    without = leave_one_out(one.panel, fitted, spec.options)
    return [{"unit": one.donors[place], "att": plain(att)} for place, att in without.items()]


def _series(one: OnePanel, fitted: Control) -> list[dict[str, Any]]:
    columns = one.periods, one.panel.treated, fitted.synthetic, fitted.gap
    names = "period", "value", "synthetic", "gap"
    return [dict(zip(names, map(plain, row), strict=True)) for row in zip(*columns, strict=True)]


def _by_name(names: list[str], numbers: Any) -> dict[str, Any]:
    return {name: plain(number) for name, number in zip(names, numbers, strict=True)}


def _finite(number: float) -> float | None:
    """A number that a JSON document can hold; None where it is infinite."""
    return float(number) if np.isfinite(number) else None
