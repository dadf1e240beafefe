"""The analysis `spc`: control charts of series, with the rules that each point breaks and two icons."""

from collections.abc import Mapping
from typing import Annotated, Any, Literal

import numpy as np
import pandas as pd
from pydantic import BaseModel, ConfigDict, Field

from indicators.analyses.own_data import OwnData
from indicators.analyses.own_series import GivenSeries, read_series
from indicators.analyses.refusal import Refusal
from indicators.analyses.spc_warnings import warnings_of
from indicators.stats.control_chart import ControlCharts, control_charts
from indicators.stats.spc import Options, RuleSet
from indicators.stats.spc_rules import RULES

_BETTER = {"up": 1, "down": -1, "neutral": 0}
_NUMBERS = ["period", "value", "mean", "lower", "upper"]
_SHOWN = [*_NUMBERS, "rules", "kind"]
Month = Annotated[str, Field(pattern=r"^\d{4}-(0[1-9]|1[0-2])$")]


class Choices(BaseModel):
    """How a series is judged. `rebase`: periods on which limits begin anew; `target`: in the values' unit.

    `screen_moving_ranges` not given: the rule set's own habit. Without `improvement` neither side is better.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    rules: RuleSet = "mdc"
    screen_moving_ranges: bool | None = None
    improvement: Literal["up", "down", "neutral"] = "neutral"
    target: float | None = Field(None, allow_inf_nan=False)
    rebase: tuple[str | int, ...] | None = None
    fix_after: int | None = Field(None, ge=12)
    run_length: Literal[6, 7] = 7

    def options(self) -> Options:
        """As the statistics take them."""
        return Options(self.rules, self.screen_moving_ranges, self.run_length, self.fix_after)


class Spec(Choices):
    """What to chart; `series_options` holds for a series the fields that differ.

    `indicator`, `org` or `orgs`, `lineage`, `from` and `to` (months, both inclusive) choose published series
    of the warehouse; with `--data` they are not needed.
    """

    analysis: Literal["spc"]
    indicator: str | None = None
    org: str | None = None
    orgs: tuple[str, ...] | None = Field(None, min_length=1)
    lineage: Literal["as_was", "current", "break"] = "as_was"
    begins: Month | None = Field(None, alias="from")
    ends: Month | None = Field(None, alias="to")
    series_options: dict[str, Choices] = Field(default_factory=dict)

    def of(self, series: str) -> Choices:
        """The choices for one series."""
        own = self.series_options.get(series, self)
        return self.model_copy(update={name: getattr(own, name) for name in own.model_fields_set})

    def or_usual(self, usual: Mapping[str, Any]) -> "Spec":
        """With the usual value of each field that the document does not give."""
        unsaid = {name: usual[name] for name in usual if name not in self.model_fields_set}
        return self.model_copy(update=unsaid)


def read(data: OwnData) -> GivenSeries:
    """The rows of a file: `period, value` or `period, numerator, denominator`, and `series` for many."""
    return read_series(data)


def run(spec: Spec, rows: GivenSeries) -> dict[str, Any]:
    """`series`: for each its points with limits, rules and kind, and its two icons; and `warnings`.

    `usual`: what the catalogue says of a published indicator's better side and target.
    """
    spec = spec.or_usual(rows.usual)
    names = list(rows.frame["series"].unique())
    unknown = sorted(set(spec.series_options) - set(names))
    if unknown:
        raise Refusal(
            "BAD_SPEC", f"series_options: no series of the data is called {unknown[0]!r}."
        )
    choices = {name: spec.of(name) for name in names}
    frame = _frame(rows, choices)
    charts = _charts(frame, choices)
    said = {"usual": dict(rows.usual)} if rows.usual else {}
    return {"ok": True, **said, "series": _series(charts), "warnings": warnings_of(rows, charts)}


def _frame(rows: GivenSeries, choices: dict[str, Choices]) -> pd.DataFrame:
    """Rows with what `control_charts` needs of each series."""
    better = {name: _BETTER[choice.improvement] for name, choice in choices.items()}
    target = {name: choice.target for name, choice in choices.items()}
    series = rows.frame["series"]
    return rows.frame.assign(
        phase=_phases(rows, choices),
        improvement=series.map(better),
        target=series.map(target).astype(float),
    )


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
            raise Refusal("BAD_SPEC", f"rebase: {text!r} is not {wanted}.")
        starts.append(start)
    return sorted(starts)


def _charts(frame: pd.DataFrame, choices: dict[str, Choices]) -> ControlCharts:
    """Series that are judged alike together, then all in their order again."""
    alike = frame["series"].map({name: choice.options() for name, choice in choices.items()})
    found = []
    for options in alike.unique():
        part = frame[alike == options]
        charts = control_charts(part, options)
        points = charts.points.assign(period=part["period"], count=part["count"])
        found.append(ControlCharts(points, charts.icons))
    icons = pd.concat([charts.icons for charts in found]).set_index("series")
    return ControlCharts(
        pd.concat([charts.points for charts in found]).sort_index(),
        icons.loc[list(choices)].reset_index(),
    )


def _series(charts: ControlCharts) -> list[dict[str, Any]]:
    points = charts.points
    columns = [points[name].tolist() for name in _NUMBERS]
    rules = map(_names, points[list(RULES)].to_numpy().tolist())
    rows = zip(*columns, rules, points["kind"].astype(str), strict=True)
    named = [dict(zip(_SHOWN, row, strict=True)) for row in rows]
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
