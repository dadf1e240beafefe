"""The three tests of the radar: control chart, CUSUM on the percentile among peers, worst tenth three times.

Each gives a row per signal with COLUMNS, and a row per series it tested with the chance of a signal:
`series`, `test` (a key of TESTS), `chance` (that it holds) and `chance_new`.
"""

import numpy as np
import pandas as pd

from indicators.radar_series import RUNNING, Pool
from indicators.stats.control_chart import LEAST_POINTS, control_charts
from indicators.stats.cusum import Cusum, cusum
from indicators.stats.cusum_alarms import alarm_chance, new_alarm_chance
from indicators.stats.false_alarms import new_signal_chance, signal_chance
from indicators.stats.spc import Bools, Floats, Ints
from indicators.stats.spc_rules import RULES

TESTS = {
    "chart": "rule of the control chart",
    "cusum": "drift among peers (CUSUM)",
    "worst_decile": "worst tenth of peers three times running",
}
COLUMNS = ("series", "test", "kind", "side", "is_new", "since", "before", "size")
"""`kind`: the test, or the rule of RULES; `side`: 1 the value or percentile rose, −1 it fell; `since`: the
row of the first point that belongs to it; `before`: the level it left, in the unit of the value or as a
percentile; `size`: how far the last point lies from that, in standard deviations."""
_CHARTED = ["series", "phase", "value", "improvement", "target"]
_SIGMAS = 6
"""Standard deviations between the limits of a control chart."""


def by_chart(pool: Pool) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Rules that the last point of each control chart breaks.

    New is one that the last point of the chart without its newest point, with its own limits, does not break.
    """
    points, ends = pool.points, pool.ends
    now = points.loc[ends, list(RULES)].to_numpy()
    before = _hits_before(pool)
    found = [
        _broken(pool, rule, now[:, place], before[:, place]) for place, rule in enumerate(RULES)
    ]
    is_tested = ~points["is_trial"].to_numpy()[ends]
    signals = pd.concat(found, ignore_index=True)
    number = pool.last["points"].to_numpy()
    chances = (signal_chance(number), new_signal_chance(number))
    return signals[is_tested[signals["series"]]], _tested("chart", is_tested, chances)


def _hits_before(pool: Pool) -> np.ndarray:
    """For each series and rule, what the last point said before the newest was known; 0 without one."""
    result = np.zeros((len(pool.last), len(RULES)), np.int8)
    is_earlier = np.ones(len(pool.points), bool)
    is_earlier[pool.ends] = False
    earlier = pool.points.loc[is_earlier, _CHARTED]
    if len(earlier):
        charted = control_charts(earlier)
        series = charted.icons["series"].to_numpy()
        ends = charted.icons["points"].cumsum().to_numpy() - 1
        result[series] = charted.points[list(RULES)].to_numpy()[ends]
    return result


def _broken(pool: Pool, rule: str, now: np.ndarray, before: np.ndarray) -> pd.DataFrame:
    """The series whose last point breaks a rule."""
    series = np.flatnonzero(now)
    ends = pool.ends[series]
    hits = pool.points[rule].to_numpy()
    since = _run_starts(hits, pool.starts[series], ends)
    if rule == "two_of_three":
        # The one point of three that kept the rule does not end it.
        since = np.array([_first_of_three(hits, at) for at in ends], np.int64)
    value, mean = (pool.points[name].to_numpy() for name in ("value", "mean"))
    before_it = value[since] if rule == "trend" else mean[ends]
    spread = (pool.points["upper"] - pool.points["lower"]).to_numpy()[ends] / _SIGMAS
    return _rows(
        series,
        test="chart",
        kind=rule,
        side=now[series],
        is_new=before[series] == 0,
        since=since,
        before=before_it,
        size=np.abs(value[ends] - before_it) / spread,
    )


def _run_starts(hits: np.ndarray, starts: Ints, ends: Ints) -> Ints:
    """Where the unbroken runs of equal hits that end at `ends` begin, not before `starts`."""
    is_first = np.diff(hits, prepend=hits[:1] - 1) != 0
    begun = np.maximum.accumulate(np.where(is_first, np.arange(len(hits)), 0))
    since: Ints = np.maximum(begun[ends], starts)
    return since


def _first_of_three(hits: np.ndarray, end: int) -> int:
    return next(at for at in range(end - 2, end + 1) if at >= 0 and hits[at] == hits[end])


def by_cusum(pool: Pool) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Alarms of the sums on the percentile at the last point; higher percentiles are worse.

    The spread is never below one place, so that who always has the same place does not signal by changing it
    once.
    """
    placed = pool.points[pool.points["percentile"].notna()]
    number = np.bincount(placed["series"], minlength=len(pool.last))
    is_placed = pool.points["percentile"].notna().to_numpy()[pool.ends]
    series = np.flatnonzero((number >= LEAST_POINTS) & is_placed)
    if not len(series):
        return _rows(series), _tested("cusum", np.zeros(len(pool.last), bool), (number, number))
    rows = placed[placed["series"].isin(series)]
    values, places = _wide(rows, number[series])
    one_place = 100 / pool.last["peers"].to_numpy()[series]
    sums, ends = cusum(values, one_place), number[series] - 1
    is_tested = np.zeros(len(pool.last), bool)
    is_tested[series] = True
    signals = _alarms(series, sums, ends, (values, places))
    return signals, _tested("cusum", is_tested, (alarm_chance(number), new_alarm_chance(number)))


def _wide(rows: pd.DataFrame, number: Ints) -> tuple[Floats, Ints]:
    """Percentiles with a row per series, blanks at the end; and which row of the pool each is."""
    down = np.repeat(np.arange(len(number)), number)
    across = np.arange(len(rows)) - np.repeat(np.cumsum(number) - number, number)
    values = np.full((len(number), number.max()), np.nan)
    places = np.zeros(values.shape, np.int64)
    values[down, across] = rows["percentile"].to_numpy()
    places[down, across] = rows.index.to_numpy()
    return values, places


def _alarms(series: Ints, sums: Cusum, ends: Ints, wide: tuple[Floats, Ints]) -> pd.DataFrame:
    values, places = wide
    every = np.arange(len(series))
    alarm = sums.alarm[every, ends]
    hit = np.flatnonzero(alarm)
    last = ends[hit]
    before = sums.level[hit, last]
    return _rows(
        series[hit],
        test="cusum",
        kind="cusum",
        side=alarm[hit],
        is_new=sums.alarm[hit, last - 1] != alarm[hit],
        since=places[hit, sums.began[hit, last]],
        before=before,
        size=np.abs(values[hit, last] - before) / sums.spread[hit, last],
    )


def by_worst_decile(pool: Pool) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Series in the worst tenth of their peers in each of the indicator's last RUNNING periods.

    New is one in exactly so many. By chance the shares of peers in that tenth are multiplied.
    """
    points, ends = pool.points, pool.ends
    periods = points.groupby("indicator_id", sort=False)["period_start"].rank("dense").to_numpy()
    follows = np.diff(periods, prepend=0) == 1
    follows[pool.starts] = False
    back = ends[:, None] - np.arange(RUNNING + 1)
    is_long = pool.last["points"].to_numpy() >= RUNNING
    is_placed = points["percentile"].notna().to_numpy()
    is_tested = is_long & is_placed[back[:, :RUNNING]].all(axis=1)
    is_tested &= follows[back[:, : RUNNING - 1]].all(axis=1)
    signals = _worst(pool, follows, is_tested)
    share = points["worst_share"].to_numpy()[back]
    chance = share[:, :RUNNING].prod(axis=1)
    has_earlier = follows[back[:, RUNNING - 1]]
    return signals, _tested(
        "worst_decile", is_tested, (chance, chance * (1 - np.where(has_earlier, share[:, -1], 0)))
    )


def _worst(pool: Pool, follows: Bools, is_tested: Bools) -> pd.DataFrame:
    worst = pool.points["is_worst"].to_numpy()
    is_first = ~(follows & np.roll(worst, 1)) | ~worst
    begun = np.maximum.accumulate(np.where(is_first, np.arange(len(worst)), 0))
    length = (pool.ends - begun[pool.ends] + 1) * worst[pool.ends]
    series = np.flatnonzero(is_tested & (length >= RUNNING))
    ends = pool.ends[series]
    last = pool.points.loc[ends]
    away = (last["value"] - last["peer_median"]).abs() / last["peer_spread"]
    return _rows(
        series,
        test="worst_decile",
        kind="worst_decile",
        side=np.ones(len(series), np.int8),
        is_new=length[series] == RUNNING,
        since=begun[ends],
        before=last["peer_median"].to_numpy(),
        size=away.to_numpy(),
    )


def _rows(series: Ints, **columns: object) -> pd.DataFrame:
    return pd.DataFrame({"series": series, **columns}, columns=list(COLUMNS))


def _tested(test: str, is_tested: Bools, chances: tuple[np.ndarray, np.ndarray]) -> pd.DataFrame:
    series = np.flatnonzero(is_tested)
    chance, chance_new = (part[series] for part in chances)
    return pd.DataFrame(
        {"series": series, "test": test, "chance": chance, "chance_new": chance_new}
    )
