"""The rows of an interrupted series: values, the fitted line, and the series without the interruptions."""

from typing import Any

import numpy as np

from indicators.analyses.numbers import plain
from indicators.stats.its.fit import FloatArray
from indicators.stats.its.model import Model
from indicators.stats.its.observed import Observed
from indicators.stats.its.one import Interrupted


def series_rows(found: Interrupted, observed: Observed, alpha: float) -> list[dict[str, Any]]:
    """One row per period of the calendar from the first to the last with a value.

    `value` (null where missing), `fitted` (null where not fitted) and `used`, with `why` where it is not.
    From the first interruption on `counterfactual` is the series had it never been entered, from the first
    exit on `never_exited` had it not been left, with intervals of the *mean* (`_low`, `_high`), not of single
    values; `counterfactual_flat` is that of a model without a slope before.
    """
    model = found.model
    design = model.design
    columns: dict[str, list[Any]] = {
        "period": [design.calendar.label(int(at)) for at in design.grid],
        "value": _on_grid(model, observed.count, observed.value),
        "fitted": _where(model.mean(design.x), design.used),
        **_without(model, 1, "counterfactual", alpha),
    }
    exit_number = _first_exit(model)
    if exit_number is not None:
        columns |= _without(model, exit_number, "never_exited", alpha)
    if found.flat is not None:
        is_after = _is_from(found.flat, 1)
        flat = found.flat.mean(found.flat.design.without(1))
        columns["counterfactual_flat"] = _where(flat, is_after)
    if observed.numerator is not None and observed.denominator is not None:
        columns["numerator"] = _on_grid(model, observed.count, observed.numerator)
        columns["denominator"] = _on_grid(model, observed.count, observed.denominator)
    columns["used"] = design.used.tolist()
    columns["why"] = [reason or None for reason in design.why]
    return [dict(zip(columns, row, strict=True)) for row in zip(*columns.values(), strict=True)]


def _first_exit(model: Model) -> int | None:
    """The number of the first interruption that is an exit."""
    places = [
        number for number, one in enumerate(model.design.interruptions, start=1) if not one.is_entry
    ]
    return places[0] if places else None


def _is_from(model: Model, number: int) -> np.ndarray:
    """Periods (g,) from the interruption of that number on."""
    return np.asarray(model.design.grid >= model.design.interruptions[number - 1].at)


def _without(model: Model, number: int, name: str, alpha: float) -> dict[str, list[Any]]:
    """The expected series without an interruption and all later ones, with the interval of its mean."""
    x, is_after = model.design.without(number), _is_from(model, number)
    ends = np.full((len(x), 2), np.nan)
    for row in np.flatnonzero(is_after):
        ends[row] = model.interval_of_mean(x[row], alpha)
    return {
        name: _where(model.mean(x), is_after),
        f"{name}_low": _where(ends[:, 0], is_after),
        f"{name}_high": _where(ends[:, 1], is_after),
    }


def _where(values: FloatArray, chosen: np.ndarray) -> list[float | None]:
    return [float(one) if is_so else None for one, is_so in zip(values, chosen, strict=True)]


def _on_grid(model: Model, count: np.ndarray, values: FloatArray) -> list[float | None]:
    """Values of periods on the whole calendar, null where there is none."""
    found = dict(zip(count.tolist(), values.tolist(), strict=True))
    return [plain(found[at]) if at in found else None for at in model.design.grid.tolist()]
