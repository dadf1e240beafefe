"""Control charts of one indicator for every organisation: worked out once, read by every page and command.

Chart, icon grid, table, radar and export all take their flags and icons from here, so that they cannot
disagree.
"""

from dataclasses import dataclass
from datetime import date

import duckdb
import numpy as np
import pandas as pd

from indicators.definition import Indicator, Standard
from indicators.stats.control_chart import ControlCharts, control_charts
from indicators.stats.spc import Options
from indicators.stats.spc_rules import RULES
from indicators.stats.withheld import is_gappy, withhold
from sql.reads import read

CHARTED_FROM = date(2021, 7, 1)
"""Icons rest on figures from this day on, when the Recovery Support Programme began and the pandemic's worst
months were over: limits that reach over it would call almost every later month a signal
(`docs/decisions/0008-one-control-chart-result.md`)."""
BETTER = {"higher": 1, "lower": -1, "neither": 0}
SIDES = {"higher": "up", "lower": "down", "neither": "neutral"}
"""The better side as a document of the analysis `spc` names it."""
_KEPT = [
    "org_code",
    "period_start",
    "period_end",
    "numerator",
    "denominator",
    "basis",
    "snapshot_id",
]
_LAST = [
    *("period_start", "value", "mean", "lower", "upper"),
    *("rule", "kind", "is_trial", "target"),
]


@dataclass(frozen=True)
class Rebase:
    """Limits of one organisation's chart begin anew on a day (inclusive)."""

    org_code: str
    starts_on: date


def chart_indicator(
    connection: duckdb.DuckDBPyConnection,
    indicator: Indicator,
    lineage: str = "as_was",
    rebases: tuple[Rebase, ...] = (),
    options: Options | None = None,
) -> ControlCharts:
    """`chart_values` of the published values of the indicator from CHARTED_FROM on, under a lineage."""
    values = read(connection, "lineage_values", indicator=indicator.indicator_id, lineage=lineage)
    return chart_values(within(values, (CHARTED_FROM, None)), indicator, rebases, options)


def within(values: pd.DataFrame, span: tuple[date, date | None]) -> pd.DataFrame:
    """The values of periods that begin in [from, to); no `to` means up to the latest."""
    starts = values["period_start"]
    is_inside = starts >= pd.Timestamp(span[0])
    if span[1] is not None:
        is_inside &= starts < pd.Timestamp(span[1])
    return values[is_inside]


def chart_values(
    values: pd.DataFrame,
    indicator: Indicator,
    rebases: tuple[Rebase, ...] = (),
    options: Options | None = None,
) -> ControlCharts:
    """Control charts of `values` (org_code, period_start, value …), by organisation in order of time.

    Values of a denominator below the catalogue's least are left out: they would set wide limits and signal
    by chance. `points`: the other rows with what `control_charts` says of each; where limits are trial, or
    `withheld` says so, no rule is judged. `icons`: a row per organisation, `org_code, points, variation,
    assurance`, and of its last point `period_start, value, mean, lower, upper, rule, kind, is_trial, target`
    and `rules` (the names of all broken there); `why_empty` says why there is no icon, `is_current` if the
    last point is of the indicator's newest period or the one before.
    """
    ordered = steady(values, indicator).sort_values(["org_code", "period_start"], ignore_index=True)
    given = ordered.assign(
        series=ordered["org_code"],
        phase=_phases(ordered, rebases),
        improvement=np.int8(BETTER[indicator.better]),
        target=targets_of(ordered["period_start"], indicator),
    )
    judged = control_charts(given, options)
    charts = withheld(judged, ordered, indicator)
    kept = [name for name in _KEPT if name in ordered]
    points = pd.concat([ordered[kept], charts.points.drop(columns="series")], axis="columns")
    return ControlCharts(points, _with_last(charts.icons, points, indicator.step_months))


def withheld(charts: ControlCharts, rows: pd.DataFrame, indicator: Indicator) -> ControlCharts:
    """The charts of `rows` (`org_code`, `period_start`) without what published figures are not judged on.

    That is trial limits, series with many gaps, and figures that share data with their neighbours.
    """
    return withhold(charts, has_gaps(rows, indicator), indicator.shared_periods > 0)


def has_gaps(rows: pd.DataFrame, indicator: Indicator) -> pd.Series:
    """For each row (`org_code, period_start`) `is_gappy` of its organisation's series."""
    starts = rows["period_start"]
    count = (starts.dt.year * 12 + starts.dt.month) // indicator.step_months
    return is_gappy(rows["org_code"], count)


def steady(values: pd.DataFrame, indicator: Indicator) -> pd.DataFrame:
    """The values whose denominator reaches the catalogue's least."""
    return values[~is_unsteady(values, indicator)]


def is_unsteady(values: pd.DataFrame, indicator: Indicator) -> pd.Series:
    """Whether each value has a known denominator below the catalogue's least."""
    if not indicator.quality.min_denominator or "denominator" not in values:
        return pd.Series(data=False, index=values.index)
    few: pd.Series = values["denominator"] < indicator.quality.min_denominator
    return few


def targets_of(periods: pd.Series, indicator: Indicator) -> pd.Series:
    """What the indicator is held to in each period; NaN before the first standard."""
    found = {period: target_of(indicator, period) for period in periods.unique()}
    known = {period: np.nan if held is None else held.value for period, held in found.items()}
    return periods.map(known).astype(float)


def target_of(indicator: Indicator, on: pd.Timestamp | date) -> Standard | None:
    """What the indicator is held to on a day: the standard in force, or else the ambition; None without."""
    begun = [s for s in indicator.standards if pd.Timestamp(s.on) <= pd.Timestamp(on)]
    firm = [s for s in begun if s.kind == "standard"]
    in_force = firm or begun
    return in_force[-1] if in_force else None


def rules_broken(points: pd.DataFrame) -> list[list[str]]:
    """For each point the names of all rules it breaks."""
    hits = points[list(RULES)].to_numpy() != 0
    return [[name for name, hit in zip(RULES, row, strict=True) if hit] for row in hits]


def _phases(ordered: pd.DataFrame, rebases: tuple[Rebase, ...]) -> np.ndarray:
    """How many rebases each point's organisation has reached by then."""
    phase = np.zeros(len(ordered), np.int64)
    for rebase in rebases:
        reached = ordered["period_start"] >= pd.Timestamp(rebase.starts_on)
        phase += ((ordered["org_code"] == rebase.org_code) & reached).to_numpy()
    return phase


def _with_last(icons: pd.DataFrame, points: pd.DataFrame, step_months: int) -> pd.DataFrame:
    """Icons with the last point of each organisation beside them."""
    last = points.groupby("org_code", sort=False).tail(1)
    rules = pd.Series(rules_broken(last), index=last.index, dtype=object)
    newest = points["period_start"].max() - pd.DateOffset(months=step_months)
    beside = last[_LAST].assign(rules=rules, is_current=last["period_start"] >= newest)
    found = icons.rename(columns={"series": "org_code"})
    return pd.concat([found, beside.reset_index(drop=True)], axis="columns")
