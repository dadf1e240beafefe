"""The result of the analysis `its` as a JSON document (CONTRACTS §4)."""

from dataclasses import dataclass
from typing import Any

import numpy as np

from indicators.analyses.its_series import series_rows
from indicators.analyses.its_spec import Choices
from indicators.analyses.numbers import plain
from indicators.analyses.refusal import warn
from indicators.evidence import evidence_of
from indicators.stats.its.arima import ArimaFit
from indicators.stats.its.counts import CountFit
from indicators.stats.its.dependence import LagTest
from indicators.stats.its.diagnostics import Diagnostics
from indicators.stats.its.effects import Effect, Total, effects_at, slopes, totals
from indicators.stats.its.fit import Contrast
from indicators.stats.its.least import least_effects
from indicators.stats.its.model import Model
from indicators.stats.its.notices import Notice
from indicators.stats.its.observed import Observed
from indicators.stats.its.one import Interrupted
from indicators.stats.its.placebo import Placebo
from indicators.stats.its.power import REPS, SEED, USUAL_POWER

_SIDES = {"up": 1, "down": -1, "neutral": 0}


@dataclass(frozen=True)
class Parts:
    """Everything a result is written from; the better side of `choices` is settled."""

    choices: Choices
    observed: Observed
    found: Interrupted
    diagnostics: Diagnostics
    placebo: Placebo | None


def write_result(parts: Parts) -> dict[str, Any]:
    """The result without its warnings."""
    model, found = parts.found.model, parts.found
    design, fit = model.design, model.fit
    before, *after = design.segments
    return {
        "ok": True,
        "n": fit.n,
        "n_pre": before,
        "n_post": sum(after),
        "segments": list(design.segments),
        "grade": design.grade,
        "method": fit.method,
        "family": found.family,
        "link": model.scale.link,
        "seasonality": design.seasonality,
        "covid": design.pandemic.option,
        "slope_origin": parts.choices.slope_origin,
        "improvement": parts.choices.improvement,
        "dropped_terms": list(design.dropped),
        "interruptions": _interruptions(model),
        "coefficients": _coefficients(parts),
        "phi": plain(fit.phi),
        "sigma": plain(fit.sigma),
        "log_likelihood": plain(fit.log_likelihood),
        "dispersion": fit.dispersion if isinstance(fit, CountFit) else None,
        "shape": fit.shape if isinstance(fit, CountFit) else None,
        "order": list(fit.order) if isinstance(fit, ArimaFit) else None,
        **_effects(parts),
        "diagnostics": _diagnostics(parts.diagnostics, parts.placebo, parts),
        "series": series_rows(found, parts.observed, parts.choices.alpha),
    }


def write_least(parts: Parts) -> dict[str, Any]:
    """The least effects that such a series shows (METHODS 10), with what it takes to work them out again.

    `simulated` is null where the series was not fitted by REML with autocorrelated errors.
    """
    choices, found = parts.choices, parts.found
    effects = least_effects(found.model, found.method, choices.horizons, choices.alpha)
    return {
        "power": USUAL_POWER,
        "series": REPS,
        "seed": SEED,
        "effects": [
            {
                "interruption": one.interruption,
                "horizon": one.horizon,
                "closed_form": plain(one.known),
                "simulated": plain(one.simulated),
            }
            for one in effects
        ],
    }


def warnings_of(notices: tuple[Notice, ...], left_out: int) -> list[dict[str, str]]:
    """Each notice once, in order, and how many rows had no value."""
    told = [warn(one.code, one.message) for one in dict.fromkeys(notices)]
    if left_out:
        text = f"Rows without a value, left out and not filled in: {left_out}."
        told.append(warn("LEFT_OUT", f"{text} Check that they are really missing."))
    return told


def _interruptions(model: Model) -> list[dict[str, Any]]:
    label = model.design.calendar.label
    return [
        {
            "interruption": number,
            "kind": "entry" if one.is_entry else "exit",
            "first_exposed": label(one.at),
            "start": label(one.start),
        }
        for number, one in enumerate(model.design.interruptions, start=1)
    ]


def contrast_of(contrast: Contrast, has_p: bool) -> dict[str, Any]:
    """One estimate with its interval; a descriptive run has no p-value."""
    return {
        "estimate": contrast.estimate,
        "se": contrast.se,
        "df": plain(contrast.df) if np.isfinite(contrast.df) else None,
        "ci_low": contrast.ci_low,
        "ci_high": contrast.ci_high,
        "p": contrast.p if has_p else None,
    }


def _has_p(parts: Parts) -> bool:
    return parts.found.model.design.grade != "descriptive"


def _coefficients(parts: Parts) -> list[dict[str, Any]]:
    fit, alpha = parts.found.model.fit, parts.choices.alpha
    return [
        {"term": term} | contrast_of(fit.contrast(row, alpha), _has_p(parts))
        for term, row in zip(fit.terms, np.eye(len(fit.terms)), strict=True)
    ]


def _effects(parts: Parts) -> dict[str, Any]:
    """What each interruption changed: the first at the top, later ones in a list of their own."""
    model, choices, flat = parts.found.model, parts.choices, parts.found.flat
    summed = totals(model, _denominators(parts), parts.observed.unit, choices.alpha)
    names = _stretch_names(model)
    first, *later = (_change(model, total, parts) for total in summed)
    return {
        **first,
        "later_interruptions": [
            {"interruption": number} | change for number, change in enumerate(later, start=2)
        ],
        "effects_against_flat": [] if flat is None else effects_of(flat, 1, parts),
        "slopes": [
            {"stretch": names[one.stretch]} | contrast_of(one.slope, _has_p(parts))
            for one in slopes(model, choices.alpha)
        ],
    }


def _change(model: Model, total: Total, parts: Parts) -> dict[str, Any]:
    return {
        "effects": effects_of(model, total.interruption, parts),
        "mean_effect": _total(total, parts),
        "cumulative": _cumulative(total, parts),
    }


def effects_of(model: Model, interruption: int, parts: Parts) -> list[dict[str, Any]]:
    """The effects of one interruption by horizon, as a model (of the parts, or beside theirs) has them."""
    found = effects_at(model, parts.choices.horizons, parts.choices.alpha)
    return [_effect(one, parts) for one in found if one.interruption == interruption]


def _denominators(parts: Parts) -> np.ndarray | None:
    design = parts.found.model.design
    return parts.observed.among(design.grid[design.used]).denominator


def _stretch_names(model: Model) -> list[str]:
    """`before`, then `during` or `after` by whether an entry or an exit begins the stretch."""
    return [
        "before",
        *("during" if one.is_entry else "after" for one in model.design.interruptions),
    ]


def _effect(effect: Effect, parts: Parts) -> dict[str, Any]:
    label = parts.found.model.design.calendar.label
    return (
        {
            "horizon": effect.horizon,
            "period": label(effect.period),
        }
        | contrast_of(effect.difference, _has_p(parts))
        | {
            "counterfactual": effect.counterfactual,
            **_beside("percent", effect.percent),
            **_beside("ratio", effect.ratio),
        }
        | _favourable(effect.difference, parts.choices)
    )


def _beside(name: str, contrast: Contrast | None) -> dict[str, float | None]:
    """A further figure of an effect with its interval, as flat fields."""
    if contrast is None:
        return {name: None, f"{name}_low": None, f"{name}_high": None}
    ends = {f"{name}_low": contrast.ci_low, f"{name}_high": contrast.ci_high}
    return {name: contrast.estimate, **ends}


def _favourable(contrast: Contrast, choices: Choices) -> dict[str, Any]:
    """The change towards the better side (None where neither is), and the words of METHODS 0.4."""
    side = _SIDES[choices.improvement or "neutral"]
    evidence = evidence_of(contrast.ci_low, contrast.ci_high, side)
    return {"favourable": side * contrast.estimate if side else None, "evidence": evidence}


def _total(total: Total, parts: Parts) -> dict[str, Any]:
    return (
        {"periods": total.periods}
        | contrast_of(total.mean, _has_p(parts))
        | _favourable(total.mean, parts.choices)
    )


def _cumulative(total: Total, parts: Parts) -> dict[str, Any]:
    events = None if total.events is None else contrast_of(total.events, _has_p(parts))
    return (
        {"periods": total.periods}
        | contrast_of(total.cumulative, _has_p(parts))
        | _favourable(total.cumulative, parts.choices)
        | {"events": events}
    )


def _diagnostics(diagnostics: Diagnostics, placebo: Placebo | None, parts: Parts) -> dict[str, Any]:
    without_last = diagnostics.without_last
    return {
        "durbin_watson": diagnostics.durbin_watson,
        "breusch_godfrey": [_test(one) for one in diagnostics.breusch_godfrey],
        "ljung_box": _test(diagnostics.ljung_box),
        "acf": diagnostics.acf.tolist(),
        "pacf": diagnostics.pacf.tolist(),
        "variance_ratio": diagnostics.variance_ratio,
        "outliers": diagnostics.outliers,
        "curvature_aicc": diagnostics.curvature,
        "level_without_last_three": (
            None if without_last is None else contrast_of(without_last, _has_p(parts))
        ),
        "placebo_in_time": None if placebo is None else _placebo(placebo, parts),
    }


def _test(test: LagTest) -> dict[str, Any]:
    return {"lag": test.lag, "statistic": test.statistic, "p": test.p}


def _placebo(placebo: Placebo, parts: Parts) -> dict[str, Any]:
    label = parts.found.model.design.calendar.label
    return {
        "number": len(placebo.t),
        "rank": placebo.rank,
        "p": placebo.p,
        "observed_t": placebo.observed_t,
        "placebos": [
            {"period": label(at), "t": t} for at, t in zip(placebo.periods, placebo.t, strict=True)
        ],
    }
