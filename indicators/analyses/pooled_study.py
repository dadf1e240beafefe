"""The event study, its leads, and two checks on it, as the result of the analysis `pooled` tells them."""

from typing import Any

import numpy as np

from indicators.analyses.numbers import plain
from indicators.analyses.pooled_judged import Judged
from indicators.stats.pooled.bands import (
    Leads,
    judge_leads,
    quantile_of,
    shown,
    simultaneous_quantile,
)
from indicators.stats.pooled.callaway import Beside, callaway_santanna, first_events
from indicators.stats.pooled.imputation import Contrast, Study, study
from indicators.stats.pooled.randomisation import randomise

LEAST = 2
"""Events of which a mean has a standard error."""


def study_of(judged: Judged) -> dict[str, Any]:
    """Event study by imputation, and how level the time before was."""
    found = study(judged.in_study, judged.options)
    alpha = judged.spec.alpha
    leads = judge_leads(found, judged.options.anticipation, judged.panel.year)
    return {
        "event_study": _points(judged, found),
        "imputation_att": plain(found.overall.estimate),
        "imputation": {
            "all": _counted(found.overall, alpha),
            "first_year": _counted(found.year, alpha),
            "after_exit": _counted(found.after, alpha) if judged.spec.event != "exit" else None,
            "residual_sd": plain(found.residual_sd),
            "dropped": [judged.built.units[event.row] for event in found.dropped],
        },
        "leads": _leads(leads),
        "callaway_santanna": _callaway(judged),
    }


def _points(judged: Judged, found: Study) -> list[dict[str, Any]]:
    """One object per bin; numbers are missing where fewer than five units are in it."""
    kept = shown(found.bins)
    band = simultaneous_quantile(kept, judged.spec.alpha, judged.spec.seed)
    width = judged.options.width
    told = []
    for begins, one in found.bins.items():
        numbers = one if begins in kept else None
        point = {"event_time": begins, "last": begins + width - 1, "n_units": one.units}
        told.append(point | _contrast(numbers, judged.spec.alpha) | _band(numbers, band))
    return told


def _contrast(one: Contrast | None, alpha: float) -> dict[str, Any]:
    """`estimate`, `se` and the interval of this one alone (t, events less one)."""
    if one is None or one.events < LEAST:
        return dict.fromkeys(("estimate", "se", "ci_low", "ci_high"))
    half = quantile_of(one, alpha) * one.se
    return {
        "estimate": plain(one.estimate),
        "se": plain(one.se),
        "ci_low": plain(one.estimate - half),
        "ci_high": plain(one.estimate + half),
    }


def _counted(one: Contrast, alpha: float) -> dict[str, Any]:
    return {"n_units": one.units} | _contrast(one, alpha)


def _band(one: Contrast | None, quantile: float) -> dict[str, Any]:
    """The band that holds all bins at once."""
    if one is None:
        return dict.fromkeys(("band_low", "band_high"))
    half = quantile * one.se
    return {"band_low": plain(one.estimate - half), "band_high": plain(one.estimate + half)}


def _leads(found: Leads) -> dict[str, Any]:
    return {
        "wald": plain(np.nan if found.wald is None else found.wald),
        "df": found.df,
        "wald_p": plain(np.nan if found.wald_p is None else found.wald_p),
        "bound": plain(found.bound),
        "equivalent": [
            {"event_time": begins, "is_equivalent": within}
            for begins, within in found.equivalent.items()
        ],
        "verdict": found.verdict,
    }


def _callaway(judged: Judged) -> dict[str, Any] | None:
    """The cross-check; None where the package finds nothing that it can estimate."""
    options = judged.options
    rows = first_events(judged.in_study, options.window[1])
    is_later = judged.controls in ("not_yet", "still_inside")
    beside: Beside = "not_yet_treated" if is_later else "never_treated"
    try:
        found = callaway_santanna(rows, beside, options.anticipation)
    except ValueError:
        return None
    numbers = {"att": plain(found.att), "se": plain(found.se)}
    return numbers | {"n_entrants": found.entrants, "n_controls": found.controls, "beside": beside}


def chance_of(judged: Judged) -> dict[str, Any]:
    """How often dates dealt out among units without an event give a mean as far from 0."""
    found = randomise(judged.effects, judged.panel, judged.spec.draws, judged.spec.seed)
    if found is None:
        return {"randomisation_p": None, "randomisation": None}
    told = {
        "mean": plain(found.mean),
        "floor": found.floor,
        "draws": found.draws,
        "drawn": found.drawn,
    }
    return {"randomisation_p": found.p, "randomisation": told}
