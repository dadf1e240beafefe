"""An indicator's series in the published warehouse, as pages chart them, for an analysis without a file."""

from collections.abc import Iterable
from datetime import date
from typing import Any

import duckdb
import pandas as pd

from indicators.analyses.own_periods import Periods
from indicators.analyses.own_series import GivenSeries
from indicators.analyses.refusal import Refusal
from indicators.charted import CHARTED_FROM, SIDES, steady, target_of, targets_of, within
from indicators.definition import Indicator
from indicators.registry import load_all
from settings import Settings
from sql.reads import read

LEAST = 2
"""A series of fewer points has no moving range, so no limits."""


def published_series(spec: Any, warehouse: duckdb.DuckDBPyConnection) -> GivenSeries:
    """The series that a document names by `indicator`, `org` or `orgs`, `lineage`, `from` and `to`.

    A series has the code of its organisation. Better side and targets are the catalogue's, each target from
    its day on; values of too small a denominator are left out, as on the pages. Refusal where the indicator
    is unknown, an organisation has no values, or fewer than two.
    """
    indicator = indicator_named(spec.indicator)
    orgs = _orgs(spec)
    values = read(
        warehouse, "lineage_values", indicator=indicator.indicator_id, lineage=spec.lineage
    )
    charted = steady(within(values, span_of(spec)), indicator)
    chosen = charted[charted["org_code"].isin(orgs)]
    _check(chosen["org_code"].value_counts().reindex(orgs, fill_value=0), spec)
    place = chosen["org_code"].map({org: place for place, org in enumerate(orgs)})
    ordered = chosen.assign(place=place).sort_values(["place", "period_start"], ignore_index=True)
    target = target_of(indicator, charted["period_start"].max())
    usual = {
        "improvement": SIDES[indicator.better],
        "target": None if target is None else target.value,
    }
    return as_series(ordered, indicator, usual)


def indicator_named(name: str | None) -> Indicator:
    """The indicator of the catalogue that a document names; Refusal where it names none or an unknown one."""
    if name is None:
        text = "indicator: name one of the catalogue, or a file of your own with --data."
        raise Refusal("NEEDS_DATA", text)
    indicators = load_all(Settings().catalogue_dir)
    if name not in indicators:
        text = (
            f"indicator: there is no {name!r}; `python -m indicators list` shows those there are."
        )
        raise Refusal("BAD_SPEC", text)
    return indicators[name]


def _orgs(spec: Any) -> list[str]:
    """The codes asked for, each once, in order."""
    if spec.org is not None and spec.orgs is not None:
        raise Refusal("BAD_SPEC", "org: name one in org or several in orgs, not both.")
    if spec.org is None and spec.orgs is None:
        raise Refusal("BAD_SPEC", "org: name an organisation by its code, or several in orgs.")
    return list(dict.fromkeys(spec.orgs or (spec.org,)))


def span_of(spec: Any, usual: date = CHARTED_FROM) -> tuple[date, date | None]:
    """From the first of a month (inclusive) to the first of another (not); from `usual` if none is named."""
    begins = pd.Period(spec.begins, "M").start_time.date() if spec.begins else usual
    ends = (pd.Period(spec.ends, "M") + 1).start_time.date() if spec.ends else None
    if ends is not None and ends <= begins:
        raise Refusal("BAD_SPEC", f"to: {spec.ends} is before the first month, {begins:%Y-%m}.")
    return begins, ends


def _check(numbers: pd.Series, spec: Any) -> None:
    """Refuse organisations without enough values, naming them all."""
    last = f" to {spec.ends}" if spec.ends else ""
    where = f"of {spec.indicator} from {spec.begins or f'{CHARTED_FROM:%Y-%m}'}{last}"
    where = f"{where} (lineage {spec.lineage})"
    absent, few = numbers.index[numbers == 0], numbers.index[(numbers > 0) & (numbers < LEAST)]
    if len(absent):
        text = f"org: there is no value {where} for {_listed(absent)}."
        raise Refusal("NEEDS_DATA", text)
    if len(few):
        text = f"org: limits take two values, and there is one {where} for {_listed(few)}."
        raise Refusal("TOO_FEW_POINTS", text)


def _listed(names: Iterable[object]) -> str:
    return ", ".join(map(str, names))


def as_series(ordered: pd.DataFrame, indicator: Indicator, usual: dict[str, Any]) -> GivenSeries:
    """Published values (`org_code`, `period_start`, `value`), by organisation and time, for an analysis."""
    starts = pd.DatetimeIndex(ordered["period_start"])
    year, month, quarter = starts.year, starts.month, starts.quarter
    written = {
        "month": starts.strftime("%Y-%m"),
        "quarter": [f"{y}-Q{q}" for y, q in zip(year, quarter, strict=True)],
        "year": starts.strftime("%Y"),
    }
    counted = {"month": 12 * year + month, "quarter": 4 * year + quarter, "year": year}
    unit = indicator.cadence
    count = pd.Series(counted[unit], ordered.index).astype("Int64")
    frame = pd.DataFrame(
        {
            "series": ordered["org_code"],
            "period": written[unit],
            "count": count,
            "value": ordered["value"],
            "target": targets_of(ordered["period_start"], indicator),
        }
    )
    periods = Periods(count, "whole number" if unit == "year" else unit)
    return GivenSeries(frame, periods, 0, usual, indicator.shared_periods > 0)
