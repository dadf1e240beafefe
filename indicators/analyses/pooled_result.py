"""Unit effects and their mean, as the result of the analysis `pooled` tells them."""

from collections import Counter
from typing import Any

from indicators.analyses.numbers import plain
from indicators.analyses.pooled_judged import Judged
from indicators.analyses.pooled_rows import Stretch
from indicators.stats.meta import Pooled
from indicators.stats.pooled.panel import Span
from indicators.stats.pooled.together import Together, pool_units
from indicators.stats.pooled.units import UnitEffect

MONTHS: tuple[Span, ...] = ((-1, -1), (-3, -1), (-12, -1), (-12, -4), (-12, -7), (-24, -13))
"""The months before the event that its year is held against in turn (METHODS 4.3 and 6, item 3)."""
LEAST = 2


def units_of(judged: Judged) -> list[dict[str, Any]]:
    """One object per event, in the order of the units and then of time."""
    without = _without(judged)
    units = [_unit(judged, one, rest) for one, rest in zip(judged.effects, without, strict=True)]
    if judged.spec.event != "exit":
        return units
    late = {one.event: plain(one.effect) for one in judged.late}
    return [
        unit | {"late": late.get(one.event)}
        for unit, one in zip(units, judged.effects, strict=True)
    ]


def _without(judged: Judged) -> list[float | None]:
    if len(judged.effects) < LEAST:
        return [None] * len(judged.effects)
    return [plain(rest) for rest in pool_units(judged.effects, judged.spec.method).without]


def _unit(judged: Judged, one: UnitEffect, without: float | None) -> dict[str, Any]:
    stretch = judged.stretch(one.event)
    low, high = one.interval(judged.spec.alpha)
    return _named(judged, stretch) | {
        "programme": stretch.programmes.get(judged.spec.event),
        "months": _months(judged, one) if judged.spec.event == "programme" else None,
        "effect": plain(one.effect),
        "se": plain(one.variance**0.5),
        "ci_low": plain(low),
        "ci_high": plain(high),
        "own": plain(one.own),
        "beside": plain(one.beside),
        "n_controls": one.n_controls,
        "pooled_without": without,
    }


def _months(judged: Judged, one: UnitEffect) -> int:
    return (one.event.end - one.event.first) * 12 // judged.panel.year


def programmes_of(judged: Judged) -> dict[str, int]:
    """How many of the judged entries are into (exits are from) which kind of programme."""
    event = judged.spec.event
    kinds = [judged.stretch(one.event).programmes.get(event) for one in judged.effects]
    return dict(Counter(kind for kind in kinds if kind is not None))


def _named(judged: Judged, stretch: Stretch) -> dict[str, Any]:
    name = judged.rows.names.get(stretch.unit, stretch.unit)
    return {
        "unit": stretch.unit,
        "name": name,
        "entered": stretch.entered,
        "left": stretch.exited,
    }


def left_out_of(judged: Judged) -> list[dict[str, Any]]:
    """Every stretch without an effect, and why."""
    return [_named(judged, stretch) | {"reason": reason} for stretch, reason in judged.left_out]


def pooled_of(judged: Judged) -> dict[str, Any]:
    """The mean with its interval, what sharing controls adds to it, other base periods and other controls."""
    found = pool_units(judged.effects, judged.spec.method, judged.spec.alpha)
    return {
        "pooled": of_pool(found.pooled),
        "shared_controls": _shared(found),
        "bases": _bases(judged),
        "compared": _compared(judged),
        "sustained": _sustained(judged),
    }


def _sustained(judged: Judged) -> dict[str, Any] | None:
    """Of exits alone: the mean effect in months 10 to 12 after, against the same months before."""
    if judged.spec.event != "exit":
        return None
    return {"begins": 9, "ends": 11} | _mean(judged, judged.late)


def of_pool(found: Pooled) -> dict[str, Any]:
    """As the analysis `meta` tells it."""
    names = ("estimate", "se", "ci_low", "ci_high", "tau", "prediction_low", "prediction_high")
    numbers = {name: plain(getattr(found, name)) for name in (*names, "q", "i2")}
    return numbers | {"n": found.n}


def _shared(found: Together) -> dict[str, Any]:
    return {
        "se": plain(found.shared_se),
        "ci_low": plain(found.shared_low),
        "ci_high": plain(found.shared_high),
        "prediction_low": plain(found.further_low),
        "prediction_high": plain(found.further_high),
    }


def _bases(judged: Judged) -> list[dict[str, Any]]:
    """The mean effect of the same events against other months before them."""
    spans = {months: _periods(months, judged.panel.year) for months in MONTHS}
    told = {months: span for months, span in spans.items() if span is not None}
    return [_base(judged, months, span) for months, span in told.items()]


def _periods(months: Span, year: int) -> Span | None:
    """Months before the event as periods; None where they are no whole ones."""
    step = 12 // year
    whole = months[0] % step == 0 and (months[1] + 1) % step == 0
    return (months[0] // step, (months[1] + 1) // step - 1) if whole else None


def _base(judged: Judged, months: Span, span: Span) -> dict[str, Any]:
    effects, _ = judged.effects_of(span)
    return {"begins": months[0], "ends": months[1]} | _mean(judged, effects)


def _compared(judged: Judged) -> list[dict[str, Any]]:
    """The mean effect beside each set of controls that there is."""
    if judged.spec.event == "exit":
        return []
    return [
        {"controls": name} | _mean(judged, judged.effects_of(judged.base, name)[0])
        for name in judged.rows.controls
    ]


def _mean(judged: Judged, effects: list[UnitEffect]) -> dict[str, Any]:
    """With the interval that allows for shared controls."""
    if len(effects) < LEAST:
        return {"n": len(effects), "estimate": None, "ci_low": None, "ci_high": None}
    found = pool_units(effects, judged.spec.method, judged.spec.alpha)
    ends = {"ci_low": plain(found.shared_low), "ci_high": plain(found.shared_high)}
    return {"n": found.pooled.n, "estimate": plain(found.pooled.estimate)} | ends
