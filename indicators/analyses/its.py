"""The analysis `its`: what changed in one series at its interruptions, against the series without them."""

from dataclasses import dataclass
from typing import Any

from indicators.analyses.its_result import Parts, warnings_of, write_least, write_result
from indicators.analyses.its_rows import (
    InterruptedRows,
    observed_of,
    read_rows,
    specification_of,
)
from indicators.analyses.its_spec import Choices, Spec
from indicators.analyses.own_data import OwnData
from indicators.analyses.refusal import Refusal
from indicators.charted import SIDES
from indicators.definition import Indicator
from indicators.stats.its.diagnostics import diagnose
from indicators.stats.its.notices import NotFitted, Notice
from indicators.stats.its.observed import Observed
from indicators.stats.its.one import (
    Asked,
    Interrupted,
    fit_interrupted,
    missing_horizons,
    refuse_counts_without_numbers,
)
from indicators.stats.its.placebo import placebo_in_time
from indicators.stats.its.refusals import check_rolling
from indicators.stats.its.specification import Specification

__all__ = ["Fitted", "Spec", "fitted", "fitted_to", "read", "run"]


def read(data: OwnData) -> InterruptedRows:
    """The rows of a file: `period, value` or `period, numerator, denominator`."""
    return read_rows(data)


@dataclass(frozen=True)
class Fitted:
    """A document's model fitted to its rows, before anything is read from it."""

    specification: Specification
    observed: Observed
    found: Interrupted


def run(spec: Spec, rows: InterruptedRows) -> dict[str, Any]:
    """Coefficients, effects, diagnostics and the fitted series; Refusal by the codes of METHODS."""
    try:
        return _run(spec, rows)
    except NotFitted as error:
        raise Refusal(error.notice.code, error.notice.message) from error


def fitted(choices: Choices, rows: InterruptedRows) -> Fitted:
    """The model alone; Refusal as `run` has it."""
    try:
        return _fitted(choices, rows)
    except NotFitted as error:
        raise Refusal(error.notice.code, error.notice.message) from error


def _fitted(choices: Choices, rows: InterruptedRows) -> Fitted:
    check_options(choices)
    check_rolling(months_covered(choices, rows.given.periods.unit, rows.indicator))
    specification = specification_of(rows, choices)
    observed = observed_of(rows, choices, specification.calendar)
    refuse_counts_without_numbers(observed, choices.family)
    return fitted_to(choices, specification, observed)


def fitted_to(choices: Choices, specification: Specification, observed: Observed) -> Fitted:
    """The document's model of these values; raises NotFitted."""
    asked = Asked(choices.method, choices.family, choices.lag, choices.order)
    return Fitted(specification, observed, fit_interrupted(observed, specification, asked))


def _run(spec: Spec, rows: InterruptedRows) -> dict[str, Any]:
    fit = _fitted(spec, rows)
    settled = spec.model_copy(update={"improvement": better_side(spec, rows.indicator)})
    parts, notices = _beside(settled, fit)
    told = (*rows.notices, *notices)
    least = {"minimum_detectable": write_least(parts)} if spec.minimum_detectable else {}
    return write_result(parts) | least | {"warnings": warnings_of(told, rows.given.left_out)}


def parts_of(
    choices: Choices, specification: Specification, observed: Observed
) -> tuple[Parts, tuple[Notice, ...]]:
    """The model of a series with all that stands beside it, and what has to be told; raises NotFitted.

    The better side of `choices` is settled.
    """
    return _beside(choices, fitted_to(choices, specification, observed))


def _beside(choices: Choices, fit: Fitted) -> tuple[Parts, tuple[Notice, ...]]:
    observed, found = fit.observed, fit.found
    parts = Parts(
        choices=choices,
        observed=observed,
        found=found,
        diagnostics=diagnose(found.model, observed, found.method, choices.alpha),
        placebo=placebo_in_time(fit.specification, found.model, observed, found.method),
    )
    horizons = missing_horizons(found.model.design, choices.horizons)
    return parts, (*found.notices, *horizons, *parts.diagnostics.notices)


def check_options(choices: Choices) -> None:
    """Refuse options of another method than the one asked for."""
    for option, method in (("lag", "newey_west"), ("order", "arima")):
        if getattr(choices, option) is not None and choices.method != method:
            text = f"{option}: is for method {method}, and the method is {choices.method}."
            raise Refusal("BAD_SPEC", text)


def months_covered(choices: Choices, unit: str, indicator: Indicator | None) -> int:
    """How many months each figure covers, where it shares them with the next; else 1."""
    covered = choices.rolling_k or 1
    if indicator is None:
        return covered * {"quarter": 3}.get(unit, 1) if covered > 1 else 1
    shared = max(indicator.shared_periods, covered - 1)
    return (shared + 1) * indicator.step_months if shared else 1


def better_side(choices: Choices, indicator: Indicator | None) -> str:
    """The better side: the document's, or the catalogue's."""
    if choices.improvement is not None:
        return choices.improvement
    return "neutral" if indicator is None else SIDES[indicator.better]
