"""What is known of an interrupted time series before its result: its data and what it could show."""

from dataclasses import dataclass, replace
from typing import Any

import pandas as pd

from indicators.analyses.its import Fitted, fitted
from indicators.analyses.its_rows import InterruptedRows, SeriesRefused
from indicators.analyses.its_series import series_rows
from indicators.analyses.its_spec import Choices
from indicators.analyses.own_data import OwnData
from indicators.analyses.own_periods import PER_YEAR
from indicators.analyses.refusal import Refusal
from indicators.analyses.running import Prepared, prepare
from indicators.stats.its.calendar import Calendar
from indicators.stats.its.design import Design
from indicators.stats.its.effects import effects_at
from indicators.stats.its.least import Least, least_effects
from indicators.stats.its.periods import NO_VALUE

_SHOWN = ("period", "value", "numerator", "denominator", "used", "why")


@dataclass(frozen=True)
class Before:
    """A run before its result.

    `rows`: `period, value, used, why` and numbers where there are any. `refused`: why there can be no run,
    and then nothing more is known. `starts`: the first period exposed to each interruption that stands.
    `least`: the least effects that such a series shows. `notices`: what has to be told of the series and its
    periods, whatever the result.
    """

    rows: pd.DataFrame
    refused: Refusal | None = None
    starts: tuple[str, ...] = ()
    segments: tuple[int, ...] = ()
    grade: str = ""
    least: tuple[Least, ...] = ()
    notices: tuple[str, ...] = ()

    @property
    def detectable(self) -> tuple[tuple[int, float], ...]:
        """By horizon after the first interruption, the smallest effect shown in 80 of 100 such series."""
        return tuple((one.horizon, one.shown) for one in self.least if one.interruption == 1)


@dataclass(frozen=True)
class Variant:
    """The same run with some fields of its document changed: its effect, or the code of its refusal."""

    changes: dict[str, Any]
    estimate: float | None = None
    ci_low: float | None = None
    ci_high: float | None = None
    refused: str | None = None


def before_run(document: dict[str, Any], data: OwnData | None = None) -> Before:
    """The series of a document and the effects it could show; its refusal where it cannot be run.

    The model is the document's own, with the correlation and spread of its residuals (METHODS 10); REML takes
    the place of ARIMA, which is slow.
    """
    try:
        prepared = prepare(document, data)
    except SeriesRefused as refusal:
        return _refused(refusal, refusal.rows)
    except Refusal as refusal:
        return Before(pd.DataFrame(columns=list(_SHOWN)), refusal)
    spec, rows = _parts(prepared)
    quick = {"method": "reml_ar1", "order": None} if spec.method == "arima" else {}
    try:
        found = foreseen(fitted(spec.model_copy(update=quick), rows), spec)
        return replace(found, notices=(*(one.message for one in rows.notices), *found.notices))
    except Refusal as refusal:
        return _refused(refusal, rows)


def _refused(refusal: Refusal, rows: InterruptedRows) -> Before:
    """The figures, which can be looked at all the same, and the periods without any between them."""
    frame, calendar = rows.given.frame, Calendar(PER_YEAR.get(rows.given.periods.unit))
    first, last = int(frame["count"].min()), int(frame["count"].max())
    grid = pd.DataFrame({"count": range(first, last + 1)})
    whole = grid.merge(frame.drop(columns="period"), how="left")
    whole["period"] = [calendar.label(count) for count in whole["count"]]
    whole["used"] = whole["value"].notna()
    whole["why"] = whole["used"].map({True: None, False: NO_VALUE})
    return Before(whole[[name for name in _SHOWN if name in whole]], refusal)


def _parts(prepared: Prepared) -> tuple[Any, InterruptedRows]:
    spec, rows = prepared.spec, prepared.rows
    if not isinstance(spec, Choices) or not isinstance(rows, InterruptedRows):
        raise Refusal("BAD_SPEC", "analysis: only an interrupted time series is looked at before.")
    return spec, rows


def foreseen(fit: Fitted, choices: Choices) -> Before:
    """What a fitted model could show, without what it found."""
    model = fit.found.model
    rows = pd.DataFrame(series_rows(fit.found, fit.observed, choices.alpha))
    return Before(
        rows=rows[[name for name in _SHOWN if name in rows]],
        starts=_starts_of(model.design),
        segments=model.design.segments,
        grade=model.design.grade,
        least=least_effects(model, fit.found.method, choices.horizons, choices.alpha),
        notices=tuple(one.message for one in model.design.notices),
    )


def _starts_of(design: Design) -> tuple[str, ...]:
    """The first period exposed to each interruption that stands."""
    return tuple(design.calendar.label(one.at) for one in design.interruptions)


def variant_of(prepared: Prepared, changes: dict[str, Any], horizon: int) -> Variant:
    """The effect at a horizon after the first interruption, with fields of the document changed."""
    given = Variant(changes)
    try:
        spec, rows = _parts(prepared)
        model = fitted(spec.model_copy(update=changes), rows).found.model
    except Refusal as refusal:
        return replace(given, refused=refusal.code)
    found = [one for one in effects_at(model, (horizon,), spec.alpha) if one.interruption == 1]
    if not found:
        return replace(given, refused="HORIZON_NOT_OBSERVED")
    one = found[0].difference
    return replace(given, estimate=one.estimate, ci_low=one.ci_low, ci_high=one.ci_high)
