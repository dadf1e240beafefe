"""The radar: which series gave a signal in the latest figures, how many were tested, how many are by chance.

Page, feed and command read one result, and its rules are those of the control charts.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

import duckdb
import numpy as np
import pandas as pd

from indicators.charted import chart_indicator
from indicators.definition import Indicator
from indicators.radar_rules import by_chart, by_cusum, by_worst_decile
from indicators.radar_series import LEFT_OUT, Pool, pool_of
from indicators.rebases import rebases_in_force
from indicators.stats.control_chart import ControlCharts
from sql.reads import read

DIRECTIONS = {"worse": "got worse", "better": "got better", "neutral": "neither side is better"}
SERIES = ["indicator_id", "org_code"]


@dataclass(frozen=True)
class Radar:
    """What signals, what was tested, what was not.

    `signals`, a row per series and kind of signal that holds at the series' last figure: `signal_id,
    indicator_id, org_code, test` (a key of TESTS), `kind` (the test, or the rule of RULES), `direction` (of
    DIRECTIONS), `is_new` (it did not hold one period before), `since` and `period` (first period that belongs
    to it, and the last), `before` and `value` (the level it left and the last figure, in the indicator's
    unit; the level of a `cusum` is the mean of up to 12 figures before `since`, missing without any),
    `percentile_before` and `percentile` (0 best to 100 worst; only of a `cusum`), `peers`, `size` (in
    standard deviations).
    `tested`, a row per series and test: `period` (of its last figure), `chance` that a signal holds there and
    `chance_new` that a new one does, were periods independent and nothing changed.
    `left_out`, a row per series that is not tested: `reason` (of LEFT_OUT).
    """

    signals: pd.DataFrame
    tested: pd.DataFrame
    left_out: pd.DataFrame

    def of(self, organisations: pd.Index) -> "Radar":
        """The part that is about some organisations."""
        parts = {
            name: part[part["org_code"].isin(organisations)].reset_index(drop=True)
            for name, part in vars(self).items()
        }
        return replace(self, **parts)

    def only(self, tests: Collection[str]) -> "Radar":
        """The part that some tests (keys of TESTS) tell; what was not tested stays."""
        signals, tested = (
            part[part["test"].isin(tests)].reset_index(drop=True)
            for part in (self.signals, self.tested)
        )
        return replace(self, signals=signals, tested=tested)

    @property
    def series(self) -> int:
        """How many series were tested in any way."""
        return len(self.tested[SERIES].drop_duplicates())

    @property
    def periods(self) -> dict[str, pd.Timestamp]:
        """The first day of the latest period of each indicator that was tested."""
        return dict(zip(self.tested["indicator_id"], self.tested["period"], strict=True))

    @property
    def reasons(self) -> dict[str, int]:
        """How many series were not tested, by reason, those of no series left away."""
        counts = self.left_out["reason"].value_counts()
        return {reason: int(counts[reason]) for reason in LEFT_OUT if reason in counts}


def published_charts(
    connection: duckdb.DuckDBPyConnection, indicators: Mapping[str, Indicator], data_dir: Path
) -> dict[str, ControlCharts]:
    """The control charts of every indicator of which a published warehouse has figures, as pages show them.

    Recalculations that people have decided on are read from `data_dir`.
    """
    known = read(connection, "indicators")
    with_data = known.loc[known["organisations"].notna(), "indicator_id"]
    return {
        key: chart_indicator(
            connection, indicators[key], rebases=rebases_in_force(data_dir, str(key))
        )
        for key in with_data
    }


def radar_of(
    charts: Mapping[str, ControlCharts],
    indicators: Mapping[str, Indicator],
    organisations: pd.DataFrame,
) -> Radar:
    """The radar of some indicators' charts; `organisations` has `org_code, org_type, closed_on`."""
    pool = pool_of(charts, indicators, organisations)
    tested = pool.tested
    found = [test(tested) for test in (by_chart, by_cusum, by_worst_decile)]
    named = tested.last[[*SERIES, "period_start"]].rename(columns={"period_start": "period"})
    tests = pd.concat([part for _, part in found], ignore_index=True)
    signals = pd.concat([part for part, _ in found], ignore_index=True)
    return Radar(
        _told(tested, signals),
        named.loc[tests["series"]].reset_index(drop=True).join(tests.drop(columns="series")),
        _left_out(pool, tested, tests),
    )


def _left_out(pool: Pool, tested: Pool, tests: pd.DataFrame) -> pd.DataFrame:
    """The series that are not tested, those without enough figures for any test included."""
    short = tested.last[~tested.last.index.isin(tests["series"])]
    given = pool.last[pool.last["left_out"] != ""]
    parts = [given, short.assign(left_out="short")]
    columns = [*SERIES, "left_out"]
    both: pd.DataFrame = pd.concat([part[columns] for part in parts], ignore_index=True)
    return both.rename(columns={"left_out": "reason"})


def _told(pool: Pool, signals: pd.DataFrame) -> pd.DataFrame:
    """Signals with what they tell: who, what, since when, from what to what."""
    last = pool.last.loc[signals["series"]].reset_index(drop=True)
    since = pool.points["period_start"].to_numpy()[signals["since"].to_numpy(dtype=np.int64)]
    is_cusum = signals["kind"] == "cusum"
    told = last[[*SERIES, "period_start", "value", "percentile", "peers"]].assign(
        since=since,
        **{name: signals[name] for name in ("test", "kind", "is_new", "size")},
        direction=_directions(signals, last["improvement"]),
        percentile_before=signals["before"].where(is_cusum),
        percentile=last["percentile"].where(is_cusum),
        before=signals["before"].mask(is_cusum, _means_before(pool, signals)),
    )
    month = told["since"].dt.strftime("%Y-%m")
    names = told["indicator_id"] + "." + told["org_code"] + "." + told["kind"] + "." + month
    told = told.rename(columns={"period_start": "period"}).assign(signal_id=names)
    return told.sort_values(["size", "signal_id"], ascending=[False, True], ignore_index=True)


def _directions(signals: pd.DataFrame, improvement: pd.Series) -> list[str]:
    """A name of DIRECTIONS for each signal: percentiles that rise are worse, and so is the worst tenth."""
    is_place = (signals["test"] != "chart").to_numpy()
    better = np.where(is_place, -1, improvement.to_numpy(dtype=int))
    sides = signals["side"].to_numpy(dtype=int) * better
    return [{0: "neutral", 1: "better", -1: "worse"}[side] for side in sides]


def _means_before(pool: Pool, signals: pd.DataFrame, most: int = 12) -> pd.Series:
    """The mean of up to so many figures of its series before each signal's first; missing without any."""
    since = signals["since"].to_numpy(dtype=np.int64)
    first = np.maximum(pool.starts[signals["series"]], since - most)
    total = np.concatenate([[0.0], np.cumsum(pool.points["value"].to_numpy(dtype=float))])
    number = since - first
    means = (total[since] - total[first]) / np.where(number > 0, number, np.nan)
    return pd.Series(means, signals.index)
