"""Control limits frozen before an event and carried past it, and how long until a lasting signal.

Many series at once. Constants and rules are those of `spc` and `spc_rules`; every decision is written down in
`docs/methods/frozen_limits.md` (METHODS 5.1).
"""

from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from indicators.stats.icons import KINDS, kind_of
from indicators.stats.spc import (
    Bools,
    Floats,
    Ints,
    Limits,
    Options,
    Signs,
    Stack,
    limits_from,
    stack_of,
)
from indicators.stats.spc_rules import RULES, Hits, hits_of, label_of

LEAST, MOST = 12, 20
"""Limits rest on the last so many points before the event, at least and at most."""
REACH = 40
"""No baseline reaches back over more periods than these, however many of them have no figure."""
PROBLEMS = ("", "few", "constant", "short")
"""Why a series has no time to signal: too few points before, points that do not differ, too few after."""


@dataclass(frozen=True)
class Clock:
    """Months are whole numbers, year times 12 plus month from 0. A period lasts `step` of them.

    `masked`: months [from, to) that set no limits and break no rules.
    """

    step: int = 1
    masked: tuple[int, int] = (0, 0)


@dataclass(frozen=True)
class Frozen:
    """`points`, a row per value from each baseline's first on, and `signals`, a row per series."""

    points: pd.DataFrame
    signals: pd.DataFrame


@dataclass(frozen=True)
class _Judged:
    """What the frozen limits say of each row."""

    limits: Limits
    hits: Hits
    rule: Signs
    kind: Signs


def freeze(frame: pd.DataFrame, clock: Clock, options: Options | None = None) -> Frozen:
    """Limits of each series from the 12 to 20 last points before its entry, extended to its end.

    `frame`: one row per value, each series together and in order of time, none missing: `series`, `month`
    (the first of the period), `value`, `improvement` (1 higher is better, -1 lower, 0 neither), and, the
    same in all rows of a series, `entry` (the first month exposed; the period that holds it is period 0),
    `exit` (the first month no longer exposed), `since` (points of earlier months set no limits) and `until`
    (the watch ends with the last period that ends by this month's start); inf or -inf where there is none.

    `points` keeps the rows from the first of the baseline on and adds `since_entry` (months, a whole number
    of periods), `stretch`, `is_baseline`, `is_masked`, `is_watched`, `mean`, `lower`, `upper`, a column per
    rule of RULES, `rule` and `kind` as `control_charts` does. No rule looks across entry, exit, `until` or
    the masked months: each begins a new stretch.

    `signals` has `series, baseline_points, baseline_from, baseline_to` (months, both inclusive), `mean`,
    `lower`, `upper`, `watched_points`, `last_watched` (months from the entry to the last watched period, 0
    for the first), `last_month` (of the last value), `improved_after` and `worsened_after` (months from the
    entry to the first of two neighbouring watched points that are both improvement, or both concern; missing
    where there are none) and `problem` (of PROBLEMS). Series with the problem `few` have no points. Raises
    BadRow for a blank or infinite value.
    """
    placed = _placed(frame, clock)
    chosen = placed[placed["is_kept"]].drop(columns=["is_kept"])
    points = _judge(chosen, options or Options()) if len(chosen) else _no_points(chosen)
    return Frozen(points.reset_index(drop=True), _signals(placed, points))


def _placed(frame: pd.DataFrame, clock: Clock) -> pd.DataFrame:
    """Rows with their place: months since entry, stretch, baseline or not, watched or not."""
    month = frame["month"].to_numpy(dtype=float)
    since_entry = _periods_from(month, frame["entry"].to_numpy(dtype=float), clock.step)
    has_left = _periods_from(month, frame["exit"].to_numpy(dtype=float), clock.step) >= 0
    is_over = month + clock.step > frame["until"].to_numpy(dtype=float)
    in_mask, after_mask = month + clock.step > clock.masked[0], month >= clock.masked[1]
    is_masked = in_mask & ~after_mask
    edges = (since_entry >= 0, has_left, is_over, in_mask, after_mask)
    is_usable = (since_entry < 0) & ~is_masked & (month >= frame["since"].to_numpy(dtype=float))
    is_usable &= since_entry >= -REACH * clock.step
    is_baseline, is_kept = _baselines(frame["series"], is_usable)
    return frame.assign(
        since_entry=since_entry,
        stretch=np.sum(edges, axis=0),
        is_baseline=is_baseline,
        is_masked=is_masked,
        is_watched=(since_entry >= 0) & ~has_left & ~is_over & ~is_masked,
        is_kept=is_kept,
    )


def _periods_from(month: Floats, event: Floats, step: int) -> Floats:
    """Months from an event, whole periods: 0 for the period that holds it."""
    # Adding 0 keeps the period that holds the event from being minus 0.
    return np.asarray(step * np.ceil((month - event) / step) + 0.0)


def _baselines(series: pd.Series, is_usable: Bools) -> tuple[Bools, Bools]:
    """The last MOST usable rows of each series, and all rows from there on where they are enough."""
    codes, number = _codes(series)
    running: Ints = np.cumsum(is_usable, dtype=np.int64)
    last = np.flatnonzero(np.diff(codes, append=-1))
    still_to_come: Ints = running[last][codes] - running
    is_baseline = is_usable & (still_to_come < MOST)
    enough = np.bincount(codes, weights=is_baseline, minlength=number) >= LEAST
    begun = np.cumsum(is_baseline)
    before = np.concatenate([[0], begun[last]])[codes]
    return is_baseline, enough[codes] & (begun > before)


def _codes(series: pd.Series) -> tuple[Ints, int]:
    """Series by number in order of appearance, and how many there are."""
    codes, names = pd.factorize(series)
    return codes.astype(np.int64), len(names)


def _judge(rows: pd.DataFrame, options: Options) -> pd.DataFrame:
    whole = stack_of(rows.assign(phase=0))
    stretches = stack_of(rows.assign(phase=rows["stretch"]))
    baseline = rows["is_baseline"].to_numpy()
    limits = limits_from(whole, baseline, stretches.position > 0, options)
    judged = _apply(stretches, limits, rows, options)
    return rows.assign(
        mean=limits.mean,
        lower=limits.lower,
        upper=limits.upper,
        **judged.hits,
        rule=pd.Categorical.from_codes(judged.rule, pd.Index(RULES)),
        kind=pd.Categorical.from_codes(judged.kind, pd.Index(KINDS)),
        is_constant=limits.spread <= limits.rounding,
    )


def _apply(stretches: Stack, limits: Limits, rows: pd.DataFrame, options: Options) -> _Judged:
    """Rules within each stretch; none is broken in a masked month, or where the baseline does not vary."""
    is_judged = ~rows["is_masked"].to_numpy() & (limits.spread > limits.rounding)
    found = hits_of(stretches, limits, options)
    hits = {name: np.where(is_judged, found[name], np.int8(0)) for name in RULES}
    rule, direction = label_of(hits)
    return _Judged(
        limits, hits, rule, kind_of(direction, rows["improvement"].to_numpy(dtype=np.int8))
    )


def _no_points(rows: pd.DataFrame) -> pd.DataFrame:
    numbers = dict.fromkeys(["mean", "lower", "upper"], np.float64())
    rules = dict.fromkeys(RULES, np.int8())
    names = {"rule": pd.Categorical([], RULES), "kind": pd.Categorical([], KINDS)}
    return rows.assign(**numbers, **rules, **names, is_constant=False)


def _signals(placed: pd.DataFrame, points: pd.DataFrame) -> pd.DataFrame:
    codes, names = pd.factorize(placed["series"])
    number, own = len(names), pd.Index(names).get_indexer(pd.Index(points["series"]))
    month, since_entry = (placed[name].to_numpy(dtype=float) for name in ("month", "since_entry"))
    baseline, watched = (
        np.flatnonzero(placed[name].to_numpy()) for name in ("is_baseline", "is_watched")
    )
    limits = {
        name: _first(own, points[name].to_numpy(dtype=float), number)
        for name in ("mean", "lower", "upper", "is_constant")
    }
    lasting = {
        name: _first(own[at], points["since_entry"].to_numpy(dtype=float)[at], number)
        for name, at in (
            ("improved_after", _lasting(points, own, "improvement")),
            ("worsened_after", _lasting(points, own, "concern")),
        )
    }
    found = pd.DataFrame(
        {
            "series": names,
            "baseline_points": np.bincount(codes[baseline], minlength=number),
            "baseline_from": _first(codes[baseline], month[baseline], number),
            "baseline_to": _last(codes[baseline], month[baseline], number),
            **limits,
            "watched_points": np.bincount(codes[watched], minlength=number),
            "last_watched": _last(codes[watched], since_entry[watched], number),
            "last_month": _last(codes, month, number),
            **lasting,
        }
    )
    found = found.assign(is_constant=found["is_constant"] == 1)
    return found.assign(problem=_problems(found))


def _last(codes: Ints, values: Floats, number: int) -> Floats:
    """The last value of each series; missing where there is none."""
    found = np.full(number, np.nan)
    # Of values for one place the last stays.
    found[codes] = values
    return found


def _first(codes: Ints, values: Floats, number: int) -> Floats:
    """The first value of each series; missing where there is none."""
    return _last(codes[::-1], values[::-1], number)


def _lasting(points: pd.DataFrame, series: Ints, kind: str) -> Ints:
    """Places of the watched points of a kind that are followed by another such in their stretch."""
    is_hit = ((points["kind"] == kind) & points["is_watched"]).to_numpy(dtype=bool)
    stretch = points["stretch"].to_numpy()
    goes_on = is_hit[1:] & (series[1:] == series[:-1]) & (stretch[1:] == stretch[:-1])
    return np.flatnonzero(is_hit[:-1] & goes_on)


def _problems(found: pd.DataFrame) -> NDArray[np.str_]:
    chosen = [
        found["baseline_points"] < LEAST,
        found["is_constant"],
        found["watched_points"] < 2,
    ]
    return np.select(chosen, PROBLEMS[1:], default="")
