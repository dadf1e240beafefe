"""The analysis `controlled_its`: what changed in one that entered, beyond what changed in comparators."""

from collections.abc import Mapping
from typing import Any

from indicators.analyses.controlled_result import (
    Estimates,
    changes_of,
    comparators_of,
    effects_without_percent,
    sentences_of,
    write_controlled,
)
from indicators.analyses.controlled_rows import ControlledRows, read_controlled
from indicators.analyses.controlled_spec import Spec
from indicators.analyses.its import (
    Fitted,
    better_side,
    check_options,
    fitted_to,
    months_covered,
    parts_of,
)
from indicators.analyses.its_result import effects_of, warnings_of
from indicators.analyses.its_rows import InterruptedRows, specification_of
from indicators.analyses.own_data import OwnData
from indicators.analyses.own_series import GivenSeries
from indicators.analyses.refusal import Refusal
from indicators.stats.its.controlled import Units, changes, placebos_in_space, space_tests
from indicators.stats.its.notices import NotFitted, Notice
from indicators.stats.its.one import refuse_counts_without_numbers
from indicators.stats.its.refusals import check_rolling
from indicators.stats.its.specification import Specification
from indicators.stats.its.stacked import fit_stacked

__all__ = ["Spec", "fitted", "read", "run"]

_OF_ONE = {"COVID_OVERLAP"}
"""What has to be told of a series alone, and not of one beside comparators."""


def read(data: OwnData) -> ControlledRows:
    """The rows of a file: `unit, treated, period, value`."""
    return read_controlled(data)


def run(spec: Spec, rows: ControlledRows) -> dict[str, Any]:
    """Changes of the difference, as of one series, with placebos in space and the comparators."""
    try:
        return _run(spec, rows)
    except NotFitted as error:
        raise Refusal(error.notice.code, error.notice.message) from error


def fitted(spec: Spec, rows: ControlledRows) -> Fitted:
    """The model of the difference alone; Refusal as `run` has it."""
    try:
        observed = _units(spec, rows).difference()
        refuse_counts_without_numbers(observed, spec.family)
        return fitted_to(spec, _specification(spec, rows), observed)
    except NotFitted as error:
        raise Refusal(error.notice.code, error.notice.message) from error


def _units(spec: Spec, rows: ControlledRows) -> Units:
    """The one that entered beside the comparators of the result; refused where they cannot be analysed."""
    check_options(spec)
    check_rolling(months_covered(spec, rows.periods.unit, rows.indicator))
    chosen = rows.sets[rows.headline]
    return rows.units(chosen, _weights(spec, chosen))


def _run(spec: Spec, rows: ControlledRows) -> dict[str, Any]:
    units = _units(spec, rows)
    settled = spec.model_copy(update={"improvement": better_side(spec, rows.indicator)})
    specification = _specification(settled, rows)
    found, notices = _estimates(settled, specification, units)
    told = (
        *rows.notices,
        *(one for one in notices if one.code not in _OF_ONE),
        *sentences_of(found, spec.alpha),
    )
    return (
        write_controlled(settled, found)
        | comparators_of(rows, found)
        | {"estimates": _side_by_side(settled, specification, rows, found)}
        | {"warnings": warnings_of(told, rows.series.left_out)}
    )


def _weights(spec: Spec, chosen: tuple[str, ...]) -> Mapping[str, float] | None:
    """The weights asked for; refused unless there is one for each comparator and no other."""
    if spec.weights is not None and set(spec.weights) != set(chosen):
        named = ", ".join(sorted(set(chosen) ^ set(spec.weights))[:10])
        text = (
            f"weights: there has to be one for each comparator and for no other unit; see {named}"
        )
        raise Refusal("BAD_SPEC", f"{text}.")
    return spec.weights


def _specification(spec: Spec, rows: ControlledRows) -> Specification:
    """The model of the difference; definitions that changed, changed for comparators too."""
    given = GivenSeries(rows.series.frame, rows.periods, 0)
    return specification_of(InterruptedRows(given), spec)


def _estimates(
    spec: Spec, specification: Specification, units: Units
) -> tuple[Estimates, tuple[Notice, ...]]:
    """The difference, the stacked model beside it, and placebos in space."""
    observed = units.difference()
    refuse_counts_without_numbers(observed, spec.family)
    parts, notices = parts_of(spec, specification, observed)
    model = parts.found.model
    placebos = placebos_in_space(specification, units, parts.found.method)
    tests = space_tests(changes(model), placebos)
    stacked = fit_stacked(units, model.design)
    return Estimates(parts, stacked, placebos, tests, units), notices


def _side_by_side(
    spec: Spec, specification: Specification, rows: ControlledRows, found: Estimates
) -> list[dict[str, Any]]:
    """The changes with each set of comparators; none for a file, which has one set."""
    if len(rows.sets) == 1:
        return []
    told = []
    for name, chosen in rows.sets.items():
        own = found.parts
        if name != rows.headline:
            own, _ = parts_of(spec, specification, rows.units(chosen, None).difference())
        model = own.found.model
        terms = changes_of(model, spec.alpha, model.design.grade != "descriptive")
        told.append(
            {
                "matching": name,
                "comparators": len(chosen),
                "coefficients": terms,
                "effects": effects_without_percent(effects_of(model, 1, own)),
            }
        )
    return told
