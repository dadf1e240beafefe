"""How often pooled intervals hold the truth where its size is known: `pooled_effects.csv`.

`python -m bench.pooled_effects` writes the table anew, in some minutes and always the same. METHODS 4.2: 8 or
24 entrants, 20 or 96 controls, effects that do not or do differ (SD 1), shocks that all units share.
"""

from itertools import product
from pathlib import Path

import numpy as np
import pandas as pd

from indicators.stats.pooled.bands import (
    judge_leads,
    quantile_of,
    shown,
    simultaneous_quantile,
)
from indicators.stats.pooled.imputation import Options, study
from indicators.stats.pooled.panel import FloatArray, IntArray, Panel, Spell, entry_cells
from indicators.stats.pooled.randomisation import randomise
from indicators.stats.pooled.together import pool_units
from indicators.stats.pooled.units import unit_effects

TABLE = Path(__file__).with_suffix(".csv")
ENTRANTS, CONTROLS, DIFFERENCES, DATES = (8, 24), (20, 96), (0.0, 1.0), ("spread", "same")
"""Entry dates: spread over months 25 to 60 of 84, no two the same; or all in month 37."""
MONTHS, LIKENESS = 84, 0.4
RUNS, SEED = 1500, 7
STUDIES, DRAWS = 400, 199
"""Runs of a setting on which the event study and chance are tried too, and draws of the latter."""
OPTIONS = Options((-24, 24), 3, 3)
_MISS = 0.05


def made(random: np.random.Generator, first: IntArray, controls: int, effect: FloatArray) -> Panel:
    """Units by month: a level of their own, shocks that all share, months alike their neighbours (AR 1)."""
    units = len(first) + controls
    value = np.empty((units, MONTHS))
    value[:, 0] = random.normal(size=units)
    for month in range(1, MONTHS):
        new = np.sqrt(1 - LIKENESS**2) * random.normal(size=units)
        value[:, month] = LIKENESS * value[:, month - 1] + new
    value += random.normal(size=(units, 1)) + 0.3 * random.normal(size=MONTHS).cumsum()
    for row, (month, size) in enumerate(zip(first, effect, strict=True)):
        value[row, month:] += size
    spells = [Spell(row, int(month), None, int(month), MONTHS) for row, month in enumerate(first)]
    untreated, events = entry_cells(value.shape, spells)
    may_control = np.arange(units) >= len(first)
    return Panel(value, untreated, may_control, np.zeros(units, dtype=np.int64), events)


def simulate(runs: int = RUNS, studies: int = STUDIES) -> pd.DataFrame:
    """One row per setting: share of intervals that hold the mean effect, 0."""
    settings = product(DATES, ENTRANTS, CONTROLS, DIFFERENCES)
    return pd.DataFrame([_setting(setting, runs, studies) for setting in settings])


def _setting(setting: tuple[str, int, int, float], runs: int, studies: int) -> dict[str, object]:
    dates, entrants, controls, differ = setting
    seed = [SEED, DATES.index(dates), entrants, controls, int(differ)]
    random = np.random.default_rng(seed)
    found = []
    for run in range(runs):
        spread = random.choice(np.arange(24, 60), entrants, replace=False)
        first = spread if dates == "spread" else np.full(entrants, 36)
        panel = made(random, first, controls, differ * random.normal(size=entrants))
        found.append(_headline(panel) | (_rest(panel, run) if run < studies else {}))
    table = pd.DataFrame(found)
    named = {"dates": dates, "entrants": entrants, "controls": controls, "differ": differ}
    return (
        named
        | {"runs": runs, "studies": studies}
        | table.mean().to_dict()
        | {"estimate_sd": table["estimate"].std()}
    )


def _headline(panel: Panel) -> dict[str, float]:
    effects, _ = unit_effects(panel, (-12, -1))
    found = pool_units(effects)
    return {
        "estimate": found.pooled.estimate,
        "se": found.pooled.se,
        "covers": float(found.pooled.ci_low <= 0 <= found.pooled.ci_high),
        "shared_covers": float(found.shared_low <= 0 <= found.shared_high),
    }


def _rest(panel: Panel, seed: int) -> dict[str, float]:
    """The event study (each bin alone, all at once, its first year), its leads, and chance."""
    found = study(panel, OPTIONS)
    bins = shown(found.bins)
    alone = [abs(one.estimate) <= quantile_of(one, _MISS) * one.se for one in bins.values()]
    band = simultaneous_quantile(bins, _MISS, seed)
    whole = all(abs(one.estimate) <= band * one.se for one in bins.values())
    year = abs(found.year.estimate) <= quantile_of(found.year, _MISS) * found.year.se
    leads = judge_leads(found, OPTIONS.anticipation, 12).wald_p
    chance = randomise(unit_effects(panel, (-12, -1))[0], panel, DRAWS, seed)
    return {
        "bin_covers": float(np.mean(alone)),
        "band_covers": float(whole),
        "year_covers": float(year),
        "leads_rejected": np.nan if leads is None else float(leads < _MISS),
        "chance_rejected": np.nan if chance is None else float(chance.p <= _MISS),
    }


def main() -> None:
    """Write the table."""
    simulate().round(4).to_csv(TABLE, index=False, lineterminator="\n")


if __name__ == "__main__":
    main()
