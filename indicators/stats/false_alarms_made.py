"""Simulate how often the last point of a control chart breaks a rule by chance: `false_alarms.csv`.

`python -m indicators.stats.false_alarms_made` writes the table anew, in some minutes and always the same.
"""

from collections.abc import Iterator
from dataclasses import replace

import numpy as np
import pandas as pd

from indicators.stats.false_alarms import TABLE
from indicators.stats.spc import Bools, Floats, Limits, Options, RuleSet, Stack, limits_of
from indicators.stats.spc_rules import RULES, hits_of

POINTS = (*range(13, 31), 33, 36, 40, 44, 48, 54, 60, 66, 72, 84, 96, 120, 150)
"""Series of how many points are simulated; chances in between lie on a straight line."""
SERIES = 1_000_000
_RULE_SETS: tuple[RuleSet, ...] = ("mdc", "plotthedots")
_RUN_LENGTHS = (6, 7)
_AT_ONCE = 20_000


def simulate(points: int, series: int, seed: int) -> pd.DataFrame:
    """In how many `series` of so many points the last one signals, and newly; a row per rule set and run."""
    random = np.random.default_rng([seed, points])
    parts = [
        _count(random.standard_normal((min(_AT_ONCE, series - done), points)))
        for done in range(0, series, _AT_ONCE)
    ]
    keys = ["rules", "run_length"]
    total = pd.concat(parts).groupby(keys, as_index=False, sort=False).sum()
    return total.assign(points=points, series=series)


def _count(values: Floats) -> pd.DataFrame:
    return pd.DataFrame(
        [
            {
                "rules": options.rules,
                "run_length": options.run_length,
                "signals": now.any(axis=0).sum(),
                "new_signals": (now & ~before).any(axis=0).sum(),
            }
            for options, now, before in _judged(values)
        ]
    )


def _judged(values: Floats) -> Iterator[tuple[Options, Bools, Bools]]:
    """For all ways to judge, which rules are broken at the last point, and were at the one before."""
    for rules in _RULE_SETS:
        options = Options(rules)
        now, before = _limits(values, options), _limits(values[:, :-1], options)
        for length in _RUN_LENGTHS:
            asked = replace(options, run_length=length)
            yield asked, _broken(values, now, asked), _broken(values[:, :-1], before, asked)


def _limits(values: Floats, options: Options) -> Limits:
    """Limits of each series (a row of `values`)."""
    stack = _stack(values)
    return limits_of(stack, options).at(stack.starts)


def _broken(values: Floats, limits: Limits, options: Options) -> Bools:
    """By rule and series, whether the last point breaks it: no rule looks further back than a run."""
    tail = values[:, -options.run_length :]
    repeated = np.repeat(np.arange(len(tail)), tail.shape[1])
    hits = hits_of(_stack(tail), limits.at(repeated), options)
    last = slice(tail.shape[1] - 1, None, tail.shape[1])
    return np.stack([hits[name][last] != 0 for name in RULES])


def _stack(values: Floats) -> Stack:
    return Stack(values.ravel(), np.repeat(np.arange(len(values)), values.shape[1]))


def main() -> None:
    """Write the table."""
    parts = [simulate(points, SERIES, seed=5) for points in POINTS]
    columns = ["rules", "run_length", "points", "series", "signals", "new_signals"]
    table = pd.concat(parts)[columns].sort_values(columns[:3])
    table.to_csv(TABLE, index=False, lineterminator="\n")


if __name__ == "__main__":
    main()
