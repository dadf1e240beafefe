"""What the screen makes of indicators of which the truth is known: `screen.csv`, a row a screen.

`python -m bench.screen` writes the table anew, in some twenty minutes of one core and always the same. Issue
7: at most a tenth of indicators without an effect are candidates; one of 1 SD in 24 entrants is found by
four screens of five. Settings are those of METHODS 6.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import get_args

import numpy as np
import pandas as pd

from bench.looking import Found, compared, looked_at, unmet
from bench.made_indicators import Form, Setting, family_of
from bench.regression_to_mean import SETTINGS, WORST
from indicators.stats.proportions import wilson
from indicators.stats.screen.classes import Class, Decision

TABLE = Path(__file__).with_suffix(".csv")
SEED = 8
MANY = 24
FORMS = {
    "alone": Form(MANY),
    "alike": Form(MANY, 0.5),
    "together": Form(MANY, 0.5, together=True),
    "mixed": Form(MANY),
    "planted": Form(MANY),
}
"""`mixed`: two indicators of every setting in one family. `planted`: an effect among nine without."""
FAMILY = 10
RUNS = {"alone": 40, "alike": 40, "together": 40, "mixed": 40, "planted": 200}
CLASSES: tuple[Class, ...] = get_args(Class)
CANDIDATE = CLASSES[0]
MET = {
    "reliable": {"reliability"},
    "telling": {"discrimination"},
    "responsive": {"excess", "q"},
}
"""Facts that are counted each by themselves."""
BY = ["form", "entrants", "likeness", "between", "effect"]


@dataclass(frozen=True)
class Plan:
    """Screens that are made alike: `setting` None where a family has all of them."""

    form: str
    entrants: int
    setting: Setting | None

    @property
    def families(self) -> list[Setting]:
        """The setting of each indicator of a family."""
        every = [Setting(*one) for one in SETTINGS]
        return every * 2 if self.setting is None else [self.setting] * FAMILY

    @property
    def effects(self) -> tuple[float, ...]:
        """Of the first indicator, each in a screen of its own: one SD within trusts, and one between."""
        if self.form != "planted" or self.setting is None:
            return (0.0,)
        return 1.0, self.setting.between


def plans() -> list[Plan]:
    """Without an effect, 24 or the worst tenth enter; one that is planted is looked for among 24."""
    found = []
    for form in FORMS:
        numbers = (MANY,) if form == "planted" else (MANY, WORST)
        settings = [None] if form == "mixed" else [Setting(*one) for one in SETTINGS]
        found += [Plan(form, number, setting) for number in numbers for setting in settings]
    return found


def screens(plan: Plan, run: int) -> Iterator[dict[str, object]]:
    """A row for each effect, by one seed: the indicators without an effect are the same in each."""
    setting = plan.setting or Setting(0.0, 0.0)
    parts = (100 * setting.likeness, 100 * setting.between, plan.entrants)
    seed = [SEED, list(FORMS).index(plan.form), *(round(part) for part in parts), run]
    form = replace(FORMS[plan.form], entrants=plan.entrants)
    first, *rest = family_of(plan.families, form, np.random.default_rng(seed))
    found = [looked_at(one) for one in rest]
    named = {"form": plan.form, "entrants": plan.entrants}
    named |= {"likeness": None, "between": None} if plan.setting is None else vars(plan.setting)
    for effect in plan.effects:
        all_of_it = [looked_at(first.with_effect(effect)), *found]
        yield named | {"effect": effect, "run": run} | _row(all_of_it, is_planted=effect > 0)


def _row(found: list[Found], is_planted: bool) -> dict[str, object]:
    """Those without an effect by class and by facts met, and what became of the planted one."""
    decisions = compared(found)
    without = decisions[is_planted:]
    classes = [one.name for one in without]
    three = [one.evidence.reliability.estimate for one in found[is_planted:]]
    row: dict[str, object] = {"without": len(without)}
    row |= {name: classes.count(name) for name in CLASSES}
    row |= {name: sum(not facts & unmet(one) for one in without) for name, facts in MET.items()}
    row["r3"] = np.mean([one.value for one in three if one is not None])
    row["excess"] = np.mean([one.excess.value for one in found[is_planted:]])
    return row | (_planted(found[0], decisions[0]) if is_planted else {})


def _planted(found: Found, decision: Decision) -> dict[str, object]:
    return {
        "planted": decision.name,
        "unmet": " ".join(sorted(unmet(decision))),
        "planted_excess": found.excess.value,
    }


def simulate() -> pd.DataFrame:
    """Every screen of every plan."""
    rows = [row for plan in plans() for run in range(RUNS[plan.form]) for row in screens(plan, run)]
    return pd.DataFrame(rows).round(4)


def read() -> pd.DataFrame:
    """The committed table."""
    return pd.read_csv(TABLE, keep_default_na=True)


def without_effect(table: pd.DataFrame) -> pd.DataFrame:
    """By BY: share of indicators without an effect in each class and that meet each fact, R_3, mean excess.

    `low`, `high`: Wilson's 95 % interval of the share of candidates.
    """
    groups = table.groupby(BY, dropna=False, sort=False)
    counts = groups[["without", *CLASSES, *MET]].sum()
    shares = counts[[*CLASSES, *MET]].div(counts["without"], axis=0)
    low, high = wilson(counts[CANDIDATE], counts["without"])
    means = groups[["r3", "excess"]].mean()
    return counts[["without"]].join(shares).join(means).assign(low=low, high=high)


def planted(table: pd.DataFrame) -> pd.DataFrame:
    """By setting and effect: share of screens that find the planted indicator (`low`, `high`: Wilson's).

    A column per fact: the share in which it is not met (several can be); `but_for`: the share in which
    none is but reliability; `excess`: the mean of its excess.
    """
    of_it = table[table["form"] == "planted"]
    missing = of_it["unmet"].fillna("").str.split().map(set)
    facts = sorted(set().union(*missing))
    found = of_it[BY].assign(
        found=of_it["planted"] == CANDIDATE,
        but_for=missing.map(lambda one: one <= {"reliability"}),
        excess=of_it["planted_excess"],
        **{f"no_{name}": missing.map(lambda one, name=name: name in one) for name in facts},
    )
    groups = found.groupby(BY, sort=False)
    low, high = wilson(groups["found"].sum(), groups.size())
    return groups.mean().assign(screens=groups.size(), low=low, high=high)


def main() -> None:
    """Write the table."""
    simulate().to_csv(TABLE, index=False, lineterminator="\n")


if __name__ == "__main__":
    main()
