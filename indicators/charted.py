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
from sql.reads import read

CHARTED_FROM = date(2021, 7, 1)
"""Icons rest on figures from this day on, when the Recovery Support Programme began and the pandemic's worst
months were over: limits that reach over it would call almost every later month a signal
(`docs/decisions/0008-one-control-chart-result.md`)."""
BETTER = {"higher": 1, "lower": -1, "neither": 0}
_KEPT = [
    "org_code",
    "period_start",
    "period_end",
    "numerator",
    "denominator",
    "basis",
    "snapshot_id",
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

    `points`: the rows of `values` with what `control_charts` says of each. `icons`: a row per organisation,
    `org_code, points, variation, assurance`, and of its last point `period_start, value, mean, lower, upper,
    rule, kind, is_trial`, `rules` (the names of all rules broken there), and the `target` it is held to.
    """
    ordered = values.sort_values(["org_code", "period_start"], ignore_index=True)
    target = target_of(indicator, ordered["period_start"].max()) if len(ordered) else None
    given = ordered.assign(
        series=ordered["org_code"],
        phase=_phases(ordered, rebases),
        improvement=np.int8(BETTER[indicator.better]),
        target=np.nan if target is None else target.value,
    )
    charts = control_charts(given, options)
    kept = [name for name in _KEPT if name in ordered]
    points = pd.concat([ordered[kept], charts.points.drop(columns="series")], axis="columns")
    return ControlCharts(points, _with_last(charts.icons, points))


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


def _with_last(icons: pd.DataFrame, points: pd.DataFrame) -> pd.DataFrame:
    """Icons with the last point of each organisation beside them."""
    columns = [
        "period_start",
        "value",
        "mean",
        "lower",
        "upper",
        "rule",
        "kind",
        "is_trial",
        "target",
    ]
    last = points.groupby("org_code", sort=False).tail(1)
    rules = pd.Series(rules_broken(last), index=last.index, dtype=object)
    beside = last[columns].assign(rules=rules).reset_index(drop=True)
    return pd.concat([icons.rename(columns={"series": "org_code"}), beside], axis="columns")
