"""One interrupted series from its values to its model: the rules of METHODS 0.3, 1.4, 1.6 and 1.7."""

from dataclasses import dataclass, replace

import numpy as np

from indicators.stats.its.counts import CountFit
from indicators.stats.its.dependence import autocorrelations
from indicators.stats.its.design import Design, build, flat
from indicators.stats.its.estimators import Method as Estimator
from indicators.stats.its.fitting import ERRORS, Method, fit_design
from indicators.stats.its.model import Model
from indicators.stats.its.notices import Notice, refuse
from indicators.stats.its.observed import Family, Observed, family_of
from indicators.stats.its.refusals import check_denominators, check_variation
from indicators.stats.its.scale import Link
from indicators.stats.its.specification import Specification

SHORT = 12
"""Points below which ordinary least squares takes the place of REML."""
DEPENDENT = 0.3
"""Correlation of neighbouring residuals above which counts are modelled as plain values on their scale."""
_LARGE = 100
SCATTERED, FEW = 5.0, 20.0
"""Dispersion above which, and middle count below which, rates are fitted by the negative binomial."""
SCALES: dict[Link, str] = {"identity": "figures", "logit": "logit", "log": "logarithm"}
"""Scales in words."""
LINKS: dict[Family, Link] = {
    "gaussian": "identity",
    "binomial": "logit",
    "poisson": "log",
    "negative_binomial": "log",
}


@dataclass(frozen=True)
class Asked:
    """The estimator asked for, and the family (None: by the rule of METHODS 0.3)."""

    estimator: Estimator = "reml_ar1"
    family: Family | None = None
    lag: int | None = None
    order: tuple[int, int] | None = None


@dataclass(frozen=True)
class Interrupted:
    """The model of one series, and its method; `flat` is the same without the line of time, if it has one."""

    model: Model
    method: Method
    family: Family
    flat: Model | None
    notices: tuple[Notice, ...]


def fit_interrupted(observed: Observed, specification: Specification, asked: Asked) -> Interrupted:
    """Fit a series as asked, with what METHODS prescribes where that cannot stand; raises NotFitted.

    Too short a series is fitted by least squares; counts whose neighbouring residuals agree, and percentages
    whose counterfactual leaves what is possible, are fitted on the logit or logarithm. Each is told.
    """
    check_variation(observed.value)
    design = build(specification, observed.count)
    rows = observed.among(design.grid[design.used])
    check_variation(rows.value)
    family = asked.family or family_of(rows)
    small = check_denominators(rows.denominator, family != "gaussian")
    start, scattered = _begin(asked, family, len(rows.count)), tuple[Notice, ...]()
    if asked.family is None and family == "poisson":
        start, scattered = _scattered(design, observed, start)
    model, method, told = _settle(design, observed, start)
    short = _short(asked, method)
    without_slope = None
    if "time" in design.terms:
        without_slope = fit_design(
            build(flat(specification), observed.count), observed, method.beside
        )
    return Interrupted(
        model,
        method,
        _family(method),
        without_slope,
        (*design.notices, *small, *short, *scattered, *told, *_of_fit(model)),
    )


def _begin(asked: Asked, family: Family, n: int) -> Method:
    """The method asked for, without what the family or the length of the series does not allow."""
    link = LINKS[family]
    is_counted = link != "identity" and asked.estimator in ERRORS
    is_short = asked.estimator == "reml_ar1" and n < SHORT and not is_counted
    estimator: Estimator = "ols" if is_short else asked.estimator
    is_scattered = is_counted and family == "negative_binomial"
    return Method(estimator, link, is_counted, asked.lag, asked.order, is_scattered)


def _scattered(
    design: Design, observed: Observed, method: Method
) -> tuple[Method, tuple[Notice, ...]]:
    """The negative binomial in place of Poisson's model, where counts are few and scatter widely."""
    if not method.is_counted:
        return method, ()
    numerator = observed.among(design.grid[design.used]).numerator
    fit = fit_design(design, observed, method).fit
    is_wide = isinstance(fit, CountFit) and fit.dispersion > SCATTERED
    if numerator is None or not is_wide or float(np.median(numerator)) >= FEW:
        return method, ()
    text = (
        "The counts are few and their variance is more than five times what chance alone gives, so the "
        "headline is by the negative binomial, as laid down beforehand. Use family poisson to see the other."
    )
    return replace(method, is_scattered=True), (Notice("COUNTS_SCATTERED", text),)


def _settle(
    design: Design, observed: Observed, method: Method
) -> tuple[Model, Method, tuple[Notice, ...]]:
    """The model after the switches that were laid down beforehand, and what was switched."""
    model = fit_design(design, observed, method)
    if method.link == "identity":
        other, told = _within_range(model, observed, method)
        if other == method:
            return model, method, told
        settled, last, more = _settle(design, observed, other)
        return settled, last, (*told, *more)
    if not method.is_counted or method.estimator != "reml_ar1":
        return model, method, ()
    time = design.grid[design.used]
    alike = float(autocorrelations(model.fit.residuals, time, 1)[0])
    if alike <= DEPENDENT:
        return model, method, ()
    estimator: Estimator = "ols" if len(time) < SHORT else "reml_ar1"
    plain = replace(method, is_counted=False, estimator=estimator)
    return fit_design(design, observed, plain), plain, (_dependent(alike, method.link),)


def _dependent(alike: float, link: Link) -> Notice:
    cause = (
        f"Neighbouring residuals of the counts agree (correlation {alike:.2f}, above {DEPENDENT})"
    )
    text = f"{cause}, so the {SCALES[link]} is modelled with autocorrelated errors, as laid down beforehand."
    advice = "Choose Newey–West to see the model of counts."
    return Notice("COUNTS_AUTOCORRELATED", f"{text} {advice}")


def _within_range(
    model: Model, observed: Observed, method: Method
) -> tuple[Method, tuple[Notice, ...]]:
    """Another method, if there is one, where the counterfactual leaves what is possible."""
    lowest = observed.lowest
    if lowest is None and observed.value.min() >= 0:
        lowest = 0.0
    span = _counterfactual_span(model)
    is_below = lowest is not None and span[0] < lowest
    if not is_below and not (observed.highest is not None and span[1] > observed.highest):
        return method, ()
    low, high = (_figure(end) for end in span)
    line = f"Without the interruption the line would run from {low} to {high}"
    cause = f"{line}, beyond what this measure can be."
    other = _bounded(observed, method)
    if other is None:
        advice = "Read effects late in the series with care, and compare with matched trusts."
        return method, (Notice("CF_OUT_OF_RANGE", f"{cause} {advice}"),)
    scale = SCALES[other.link]
    text = (
        f"The model is fitted on the {scale} instead: its effects are in the unit of the measure."
    )
    return other, (Notice("CF_OUT_OF_RANGE", f"{cause} {text}"),)


def _figure(value: float) -> str:
    """Three digits, or a whole number with its thousands apart."""
    return (f"{value:,.0f}" if abs(value) >= _LARGE else f"{value:.3g}").replace("-", "−")


def _counterfactual_span(model: Model) -> tuple[float, float]:
    """The lowest and highest of counterfactuals from the first interruption to the last fitted period."""
    design = model.design
    inside = (design.grid >= design.interruptions[0].at) & (design.grid <= design.last)
    means = [
        model.mean(design.without(number)[inside])
        for number in range(1, len(design.interruptions) + 1)
    ]
    return float(np.min(means)), float(np.max(means))


def _bounded(observed: Observed, method: Method) -> Method | None:
    """The method on the logit or logarithm; None where bounds are not known, or a value lies on one."""
    link = observed.bounded_link
    if observed.numerator is not None:
        return replace(method, link=link, is_counted=method.estimator in ERRORS)
    highest = np.inf if observed.highest is None else observed.highest
    is_inside = observed.value.min() > 0 and observed.value.max() < highest
    return replace(method, link=link) if observed.lowest == 0 and is_inside else None


def _family(method: Method) -> Family:
    """The family that was fitted: values on a logit or logarithm are still plain values."""
    return method.counted if method.is_counted else "gaussian"


def _short(asked: Asked, method: Method) -> tuple[Notice, ...]:
    if asked.estimator == method.estimator:
        return ()
    text = (
        f"With fewer than {SHORT} points the correlation of neighbouring errors cannot be estimated, so "
        "ordinary least squares is used. Its interval is too narrow if neighbours are alike: wait for more."
    )
    return (Notice("OLS_SHORT", text),)


FIT_WORDS = {
    "APPROX_DF": "The degrees of freedom cannot be worked out here and are set to 2, the least. "
    "Read the interval as wide, and compare the other estimators.",
    "NO_CONVERGENCE": "The correlation of neighbouring errors did not settle. "
    "Rely on another estimator, such as REML with AR(1) errors.",
}
"""What the codes of an estimator mean."""


def _of_fit(model: Model) -> tuple[Notice, ...]:
    return tuple(Notice(code, FIT_WORDS[code]) for code in model.fit.codes)


def missing_horizons(design: Design, horizons: tuple[int, ...]) -> tuple[Notice, ...]:
    """`HORIZON_NOT_OBSERVED` for horizons after the first interruption that no fitted period reaches."""
    first = design.interruptions[0]
    later = design.interruptions[1:]
    end = min(later[0].at - 1 if later else design.last, design.last)
    beyond = [str(horizon) for horizon in horizons if first.start + horizon > end]
    if not beyond:
        return ()
    until = design.calendar.words(end)
    what = (
        "What follows entry ends with the next interruption after"
        if end < design.last
        else "The series ends with"
    )
    since = "entry" if first.start == first.at else "the phase-in"
    *most, last = beyond
    when = f"{', '.join(most)} or {last}" if most else last
    unit = design.calendar.unit if beyond == ["1"] else f"{design.calendar.unit}s"
    text = f"{what} {until}, so no effect is given {when} {unit} after {since}."
    return (Notice("HORIZON_NOT_OBSERVED", f"{text} Choose nearer horizons."),)


def refuse_counts_without_numbers(observed: Observed, family: Family | None) -> None:
    """Refuse families of counts for a series of values alone."""
    if family not in (None, "gaussian") and observed.numerator is None:
        text = (
            f"Family {family} takes numerators and denominators, and this series has values alone."
        )
        raise refuse("BAD_SPEC", f"{text} Choose family gaussian, or give the counts.")
