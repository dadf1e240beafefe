"""The analysis `its`: what changed in one series at its interruptions, against the series without them."""

from dataclasses import dataclass
from typing import Any

from indicators.analyses.its_result import Parts, warnings_of, write_result
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
from indicators.stats.its.notices import NotFitted
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

__all__ = ["Fitted", "Spec", "fitted", "read", "run"]


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
    _check_options(choices)
    check_rolling(_months_covered(choices, rows))
    specification = specification_of(rows, choices)
    observed = observed_of(rows, choices, specification.calendar)
    refuse_counts_without_numbers(observed, choices.family)
    asked = Asked(choices.method, choices.family, choices.lag, choices.order)
    return Fitted(specification, observed, fit_interrupted(observed, specification, asked))


def _run(choices: Choices, rows: InterruptedRows) -> dict[str, Any]:
    fit = _fitted(choices, rows)
    observed, found = fit.observed, fit.found
    parts = Parts(
        choices=choices.model_copy(update={"improvement": _better(choices, rows.indicator)}),
        observed=observed,
        found=found,
        diagnostics=diagnose(found.model, observed, found.method, choices.alpha),
        placebo=placebo_in_time(fit.specification, found.model, observed, found.method),
    )
    horizons = missing_horizons(found.model.design, choices.horizons)
    notices = (*rows.notices, *found.notices, *horizons, *parts.diagnostics.notices)
    return write_result(parts) | {"warnings": warnings_of(notices, rows.given.left_out)}


def _check_options(choices: Choices) -> None:
    for option, method in (("lag", "newey_west"), ("order", "arima")):
        if getattr(choices, option) is not None and choices.method != method:
            text = f"{option}: is for method {method}, and the method is {choices.method}."
            raise Refusal("BAD_SPEC", text)


def _months_covered(choices: Choices, rows: InterruptedRows) -> int:
    """How many months each figure covers, where it shares them with the next; else 1."""
    covered = choices.rolling_k or 1
    if rows.indicator is None:
        return covered * {"quarter": 3}.get(rows.given.periods.unit, 1) if covered > 1 else 1
    shared = max(rows.indicator.shared_periods, covered - 1)
    return (shared + 1) * rows.indicator.step_months if shared else 1


def _better(choices: Choices, indicator: Indicator | None) -> str:
    """The better side: the document's, or the catalogue's."""
    if choices.improvement is not None:
        return choices.improvement
    return "neutral" if indicator is None else SIDES[indicator.better]
