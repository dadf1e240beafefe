"""The analysis `spc`: control charts of series, with the rules that each point breaks and two icons."""

from typing import Any

import numpy as np
import pandas as pd

from indicators.analyses.own_data import OwnData
from indicators.analyses.own_series import GivenSeries, read_series
from indicators.analyses.refusal import Refusal
from indicators.analyses.spc_counts import check_counts
from indicators.analyses.spc_seasons import without_seasons
from indicators.analyses.spc_spec import Choices, Spec
from indicators.analyses.spc_warnings import warnings_of
from indicators.stats.attribute_control import attribute_control_charts
from indicators.stats.control_chart import ControlCharts, control_charts
from indicators.stats.spc_rules import RULES
from indicators.stats.withheld import is_gappy, withhold

_MOST_TOLD = 40
_BETTER = {"up": 1, "down": -1, "neutral": 0}
_NUMBERS = ["period", "value", "mean", "lower", "upper"]
_SHOWN = [*_NUMBERS, "rules", "kind"]


def read(data: OwnData) -> GivenSeries:
    """The rows of a file: `period, value` or `period, numerator, denominator`, and `series` for many."""
    return read_series(data)


def run(spec: Spec, rows: GivenSeries) -> dict[str, Any]:
    """`series`: for each its points with limits, rules and kind, and its two icons; and `warnings`.

    `usual`: what the catalogue says of a published indicator's better side and target. A seasonally adjusted
    point has its value as given in `observed`. Published series are
    judged where the pages judge them.
    """
    spec = spec.or_usual(rows.usual)
    names = list(rows.frame["series"].unique())
    unknown = sorted(set(spec.series_options) - set(names))
    if unknown:
        raise Refusal(
            "BAD_SPEC", f"series_options: no series of the data is called {unknown[0]!r}."
        )
    choices = {name: spec.of(name) for name in names}
    frame = without_seasons(_frame(rows, choices), rows.periods.unit, choices)
    charts = _charts(frame, choices)
    if rows.usual:
        gappy = is_gappy(charts.points["series"], charts.points["count"])
        charts = withhold(charts, gappy, rows.is_shared)
    said = {"usual": dict(rows.usual)} if rows.usual else {}
    warnings = warnings_of(rows, charts, choices)
    return {"ok": True, **said, "series": _series(charts), "warnings": warnings}


def _frame(rows: GivenSeries, choices: dict[str, Choices]) -> pd.DataFrame:
    """Rows with what `control_charts` needs of each series."""
    better = {name: _BETTER[choice.improvement] for name, choice in choices.items()}
    target = {name: choice.target for name, choice in choices.items()}
    series = rows.frame["series"]
    targets = series.map(target).astype(float)
    if "target" in rows.frame:
        is_given = {name: "target" in choice.model_fields_set for name, choice in choices.items()}
        targets = targets.where(series.map(is_given), rows.frame["target"])
    phase, improvement = _phases(rows, choices), series.map(better)
    return rows.frame.assign(phase=phase, improvement=improvement, target=targets)


def _phases(rows: GivenSeries, choices: dict[str, Choices]) -> np.ndarray[Any, np.dtype[np.int64]]:
    """How many recalculations each point has reached; where none stands on one, the next begins it."""
    count = rows.frame["count"].to_numpy(dtype=np.int64)
    phase = np.zeros(len(count), np.int64)
    for rebase in {choice.rebase for choice in choices.values() if choice.rebase is not None}:
        names = [name for name, choice in choices.items() if choice.rebase == rebase]
        chosen = rows.frame["series"].isin(names).to_numpy(dtype=bool)
        starts = np.array(_starts(rows, rebase), dtype=np.int64)
        phase[chosen] = np.searchsorted(starts, count[chosen], side="right")
    return phase


def _starts(rows: GivenSeries, rebase: tuple[str | int, ...]) -> list[int]:
    """The periods of recalculation as counts, in order."""
    starts = []
    for text in map(str, rebase):
        start = rows.periods.count_of(text)
        if start is None:
            wanted = f"a {rows.periods.unit}, as the periods of the data are"
            raise Refusal("BAD_SPEC", f"rebase: {text[:_MOST_TOLD]!r} is not {wanted}.")
        starts.append(start)
    return sorted(starts)


def _charts(frame: pd.DataFrame, choices: dict[str, Choices]) -> ControlCharts:
    """Series that are judged alike together, then all in their order again."""
    found = []
    for choice, names in _alike(choices):
        part = frame[frame["series"].isin(names)]
        charts = _charts_alike(part, choice)
        own = part[["period", "count", "observed", "is_adjusted"]]
        points = charts.points.join(own).assign(chart=choice.chart)
        found.append(ControlCharts(points, charts.icons))
    icons = pd.concat([charts.icons for charts in found]).set_index("series")
    return ControlCharts(
        pd.concat([charts.points for charts in found]).sort_index(),
        icons.loc[list(choices)].reset_index(),
    )


def _alike(choices: dict[str, Choices]) -> list[tuple[Choices, list[str]]]:
    """For each way to judge, choices that ask for it and the series it holds for."""
    names: dict[object, list[str]] = {}
    for name, choice in choices.items():
        names.setdefault((choice.options(), choice.chart), []).append(name)
    return [(choices[alike[0]], alike) for alike in names.values()]


def _charts_alike(part: pd.DataFrame, choice: Choices) -> ControlCharts:
    if choice.chart == "xmr":
        return control_charts(part, choice.options())
    check_counts(part, choice)
    return attribute_control_charts(part, choice.chart, choice.options())


def _series(charts: ControlCharts) -> list[dict[str, Any]]:
    points = charts.points
    columns = [points[name].tolist() for name in _NUMBERS]
    rules = map(_names, points[list(RULES)].to_numpy().tolist())
    rows = zip(*columns, rules, points["kind"].astype(str), strict=True)
    named = [dict(zip(_SHOWN, row, strict=True)) for row in rows]
    given = zip(named, points["observed"].tolist(), points["is_adjusted"], strict=True)
    named = [point | ({"observed": value} if adjusted else {}) for point, value, adjusted in given]
    ends = charts.icons["points"].cumsum()
    return [
        {
            "series": icon.series,
            "points": named[end - icon.points : end],
            "variation": icon.variation,
            "assurance": icon.assurance,
        }
        for icon, end in zip(charts.icons.itertuples(), ends, strict=True)
    ]


def _names(hits: list[int]) -> list[str]:
    return [name for name, hit in zip(RULES, hits, strict=True) if hit]
