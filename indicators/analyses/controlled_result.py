"""The result of the analysis `controlled_its`: that of one series, comparators and placebos beside it."""

from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import pandas as pd

from indicators.analyses.controlled_rows import ControlledRows
from indicators.analyses.controlled_spec import Spec
from indicators.analyses.its_result import Parts, contrast_of, write_result
from indicators.analyses.numbers import plain, records
from indicators.stats.its.controlled import (
    PlaceboUnit,
    SpaceTest,
    Units,
    changes,
    disagree,
    t_of,
)
from indicators.stats.its.model import Model
from indicators.stats.its.notices import Notice
from indicators.stats.its.one import Interrupted
from indicators.stats.its.stacked import Stacked

LINES = ("entered", "comparators", "comparators_low", "comparators_high")
"""What stands beside the difference in every row of a series."""
_NUISANCE = "unit_"
_PERCENT = ("percent", "percent_low", "percent_high")


@dataclass(frozen=True)
class Estimates:
    """The difference as one series (`parts`), the `stacked` model, and what placebos in space would find."""

    parts: Parts
    stacked: Stacked
    placebos: tuple[PlaceboUnit, ...]
    tests: tuple[SpaceTest, ...]
    units: Units


def write_controlled(spec: Spec, found: Estimates) -> dict[str, Any]:
    """The result as of `its`, of the form asked for, with the other form's changes in `beside`."""
    difference, stacked = found.parts.found.model, found.stacked.difference
    has_p = difference.design.grade != "descriptive"
    is_stacked = spec.form == "stacked"
    result = write_result(_stacked_parts(found) if is_stacked else found.parts)
    if is_stacked:
        result["coefficients"] = _stacked_terms(found.stacked, spec.alpha, has_p)
    other = difference if is_stacked else stacked
    return {
        **_without_percent(result),
        "form": spec.form,
        "period_effects": found.stacked.has_periods,
        "beside": {
            "form": "difference" if is_stacked else "stacked",
            "phi": plain(other.fit.phi),
            "coefficients": changes_of(other, spec.alpha, has_p),
        },
        "series": _with_both(result["series"], found),
    }


def changes_of(model: Model, alpha: float, has_p: bool) -> list[dict[str, Any]]:
    """The changes of level and slope of a model, a row each."""
    found = changes(model, alpha)
    return [{"term": term, **contrast_of(one, has_p)} for term, one in found.items()]


def _stacked_parts(found: Estimates) -> Parts:
    """The parts of a result with the stacked model in place of that of the difference."""
    own = found.parts.found
    model = Interrupted(found.stacked.difference, own.method, "gaussian", None, ())
    return replace(found.parts, found=model)


def _stacked_terms(stacked: Stacked, alpha: float, has_p: bool) -> list[dict[str, Any]]:
    """Every term but the levels of single units."""
    fit = stacked.fit
    return [
        {"term": term, **contrast_of(fit.contrast(row, alpha), has_p)}
        for term, row in zip(fit.terms, np.eye(len(fit.terms)), strict=True)
        if not term.startswith(_NUISANCE)
    ]


def _without_percent(result: dict[str, Any]) -> dict[str, Any]:
    later = [
        one | {"effects": effects_without_percent(one["effects"])}
        for one in result["later_interruptions"]
    ]
    return result | {
        "effects": effects_without_percent(result["effects"]),
        "effects_against_flat": effects_without_percent(result["effects_against_flat"]),
        "later_interruptions": later,
    }


def effects_without_percent(effects: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Effects on a difference, which has no 0 of its own that they could be per cent of."""
    return [effect | dict.fromkeys(_PERCENT) for effect in effects]


def _with_both(series: list[dict[str, Any]], found: Estimates) -> list[dict[str, Any]]:
    """Each row of the difference with the two lines that it is made of, and how far comparators spread."""
    label = found.parts.found.model.design.calendar.label
    lines = lines_of(found.units)
    named = dict(zip(map(label, map(int, lines.index)), records(lines), strict=True))
    nothing = dict.fromkeys(LINES)
    return [row | named.get(row["period"], nothing) for row in series]


def lines_of(units: Units) -> pd.DataFrame:
    """By count of the calendar the one that entered, the comparators' line, and their middle 80 %.

    The spread is of those that have a value, each as much as any other; none where the line has none.
    """
    line = units.line
    ends = np.full((2, len(line)), np.nan)
    known = ~np.isnan(line)
    ends[:, known] = np.nanpercentile(units.others[known], [10, 90], axis=1)
    columns = dict(zip(LINES, (units.entered, line, *ends), strict=True))
    return pd.DataFrame(columns, index=units.count)


def comparators_of(rows: ControlledRows, found: Estimates) -> dict[str, Any]:
    """`comparators` with their weights, every unit in or out, the balance, and the placebos in space."""
    chosen = rows.sets[rows.headline]
    names = rows.judged.set_index("org_code")["org_name"]
    return {
        "entered": rows.entered,
        "matching": rows.headline,
        "comparators": [
            {"unit": unit, "name": names[unit], "weight": float(weight)}
            for unit, weight in zip(chosen, found.units.weights, strict=True)
        ],
        "organisations": [row | {"is_in": bool(row["is_in"])} for row in records(rows.judged)],
        "balance": records(rows.balance),
        "placebo_in_space": _placebos(chosen, found) if found.tests else None,
    }


def _placebos(chosen: tuple[str, ...], found: Estimates) -> dict[str, Any]:
    """Ranks by term, and what each comparator would have shown."""
    tests = [
        {
            "term": one.term,
            "t": one.observed_t,
            "number": one.number,
            "rank": one.rank,
            "p": one.p,
            "floor": one.floor,
        }
        for one in found.tests
    ]
    units = [
        {"unit": chosen[one.place], "term": term, "estimate": change.estimate, "t": t_of(change)}
        for one in found.placebos
        for term, change in one.terms.items()
    ]
    return {"tests": tests, "units": units}


def sentences_of(found: Estimates, alpha: float) -> tuple[Notice, ...]:
    """Warnings where the two forms, or the interval and the placebos, tell different stories."""
    difference = changes(found.parts.found.model, alpha)
    stacked = changes(found.stacked.difference, alpha)
    told = [
        _signs(term, one.estimate, stacked[term].estimate)
        for term, one in difference.items()
        if term in stacked and one.estimate * stacked[term].estimate < 0
    ]
    told += [
        _placebo(one, difference[one.term].ci_low, difference[one.term].ci_high)
        for one in found.tests
        if disagree(difference[one.term], one, alpha)
    ]
    return tuple(told)


def _signs(term: str, difference: float, stacked: float) -> Notice:
    both = f"{difference:+.3g} by the difference and {stacked:+.3g} by the stacked model"
    cause = f"The change {term} is {both}"
    return Notice("SIGNS_DIFFER", f"{cause}. Do not read its direction: look at both lines.")


def _placebo(test: SpaceTest, low: float, high: float) -> Notice:
    is_clear = low > 0 or high < 0
    cause = f"The interval of {test.term}, {low:.3g} to {high:.3g}, {'leaves out' if is_clear else 'holds'} 0"
    as_much = f"{test.rank - 1} of {test.number} comparators that did not enter moved as clearly"
    text = f"{cause}, but {as_much} (p {test.p:.2f})"
    advice = (
        "Treat the change as uncertain"
        if is_clear
        else "Look at the series: one of them is unusual"
    )
    return Notice("PLACEBO_DISAGREES", f"{text}. {advice}.")
