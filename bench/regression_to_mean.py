"""How far off the expected rebound is where nothing has an effect: `regression_to_mean.csv`.

`python -m bench.regression_to_mean` writes the table anew, in some minutes and always the same. METHODS 6:
the mean bias of the excess is at most .05 of a trust's own standard deviation in every setting.
"""

from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
import pandas as pd

from indicators.stats.regression_to_mean.excess import Entry, Settings, rebounds
from indicators.stats.regression_to_mean.windows import FloatArray, Histories, IntArray, Outcome

TABLE = Path(__file__).with_suffix(".csv")
SETTINGS = ((0.3, 0.5), (0.6, 0.5), (0.8, 0.5), (0.9, 0.5), (0.6, 1.5), (0.8, 1.5))
"""How alike neighbouring months of a trust are (ρ), and the standard deviation between trusts."""
OUTCOMES: tuple[Outcome, ...] = ("after_a_year", "mean_of_year")
TRUSTS, MONTHS, ENTRY = 130, 60, 36
RUNS, SEED = 1500, 6
WORST = TRUSTS // 10
_NEAREST = 10


def made(random: np.random.Generator, likeness: float, between: float) -> FloatArray:
    """Trusts by month: a level of their own, and months with SD 1 that are alike their neighbours (AR 1)."""
    own = random.normal(0, between, TRUSTS)
    return own[:, None] + months(random, likeness)


def months(random: np.random.Generator, likeness: float) -> FloatArray:
    """Trusts by month about 0 with SD 1, each month alike its neighbours (AR 1)."""
    value = np.empty((TRUSTS, MONTHS))
    value[:, 0] = random.normal(size=TRUSTS)
    step = np.sqrt(1 - likeness**2)
    for month in range(1, MONTHS):
        value[:, month] = likeness * value[:, month - 1] + step * random.normal(size=TRUSTS)
    return value


def worst_of(value: FloatArray, number: int = WORST) -> IntArray:
    """The trusts (a tenth) that stand lowest over the last three months before entry: they enter."""
    return np.argsort(value[:, ENTRY - 3 : ENTRY].mean(axis=1))[:number]


def naive(value: FloatArray, entrants: IntArray) -> float:
    """Difference in differences, a year after against the year before."""
    return _difference(value, entrants, slice(ENTRY - 12, ENTRY))


def donut(value: FloatArray, entrants: IntArray) -> float:
    """The same against months −18 to −7, without the half year before entry."""
    return _difference(value, entrants, slice(ENTRY - 18, ENTRY - 6))


def nearest(value: FloatArray, entrants: IntArray) -> float:
    """A year after against the year before, beside the ten others nearest in the last 3 and 12 months."""
    marks = np.column_stack(
        [value[:, ENTRY - 3 : ENTRY].mean(axis=1), value[:, ENTRY - 12 : ENTRY].mean(axis=1)]
    )
    marks /= marks.std(axis=0)
    others = np.setdiff1d(np.arange(TRUSTS), entrants)
    away = ((marks[entrants, None] - marks[None, others]) ** 2).sum(axis=2)
    close = others[np.argsort(away, axis=1)[:, :_NEAREST]]
    change = _change(value, slice(ENTRY - 12, ENTRY))
    return float((change[entrants] - change[close].mean(axis=1)).mean())


COMPARED: dict[str, Callable[[FloatArray, IntArray], float]] = {
    "naive": naive,
    "donut": donut,
    "nearest": nearest,
}


def entered(value: FloatArray, entrants: IntArray) -> tuple[Histories, list[Entry]]:
    """Histories in which the entrants are inside from month ENTRY on, and their entries."""
    inside = np.zeros(value.shape, dtype=bool)
    inside[entrants, ENTRY:] = True
    histories = Histories(value, inside, np.zeros(len(value), dtype=np.int64))
    return histories, [Entry(int(row), ENTRY) for row in entrants]


def judged(value: FloatArray, entrants: IntArray, draws: int) -> dict[str, float]:
    """By outcome: the excess of all together, and the share of intervals (of all, of each) that hold 0."""
    histories, entries = entered(value, entrants)
    told = {}
    for outcome in OUTCOMES:
        found = rebounds(histories, entries, Settings(outcome, draws))
        told[outcome] = found.together.excess
        told[f"{outcome}_covers"] = float(found.together.ci_low <= 0 <= found.together.ci_high)
        holds = [one.ci_low <= 0 <= one.ci_high for one in found.each.values()]
        told[f"{outcome}_each_covers"] = float(np.mean(holds))
    return told


def simulate(
    settings: Sequence[tuple[float, float]] = SETTINGS, runs: int = RUNS, draws: int = 999
) -> pd.DataFrame:
    """One row per setting: mean bias of each comparison, spread of the excess, coverage of its intervals."""
    return pd.DataFrame([_setting(*setting, runs, draws) for setting in settings])


def _setting(likeness: float, between: float, runs: int, draws: int) -> dict[str, float]:
    random = np.random.default_rng([SEED, int(100 * likeness), int(100 * between)])
    found = []
    for _ in range(runs):
        value = made(random, likeness, between)
        entrants = worst_of(value)
        others = {name: compare(value, entrants) for name, compare in COMPARED.items()}
        found.append(others | judged(value, entrants, draws))
    table = pd.DataFrame(found)
    spread = {f"{name}_sd": table[name].std() for name in OUTCOMES}
    return {"likeness": likeness, "between": between, "runs": runs} | dict(table.mean()) | spread


def _change(value: FloatArray, before: slice) -> FloatArray:
    """Of each trust, the mean of the year from entry on less that of the months before."""
    return np.asarray(value[:, ENTRY : ENTRY + 12].mean(axis=1) - value[:, before].mean(axis=1))


def _difference(value: FloatArray, entrants: IntArray, before: slice) -> float:
    change = _change(value, before)
    others = np.setdiff1d(np.arange(TRUSTS), entrants)
    return float(change[entrants].mean() - change[others].mean())


def main() -> None:
    """Write the table."""
    simulate().round(4).to_csv(TABLE, index=False, lineterminator="\n")


if __name__ == "__main__":
    main()
