"""Families of made indicators of which the truth is known: who stood lowest enters."""

from dataclasses import dataclass, replace

import numpy as np

from bench.regression_to_mean import ENTRY, TRUSTS, months, worst_of
from indicators.stats.regression_to_mean.windows import FloatArray, IntArray

FIRST_QUARTER, QUARTERS = ENTRY + 14, 4
"""Segments are told for so many quarters, well after entry, by the month each ends in."""


@dataclass(frozen=True)
class Setting:
    """`likeness` of neighbouring months of a trust (ρ), with SD 1; `between`: SD of levels of trusts."""

    likeness: float
    between: float


@dataclass(frozen=True)
class Form:
    """How a family is made, in which `entrants` enter.

    `alike`: correlation of any two indicators' levels, and of their months. `together`: the same trusts
    enter for all, those lowest on the mean of the family, and segments follow that mean; else each indicator
    has its own entrants, lowest on itself, and its own segments.
    """

    entrants: int
    alike: float = 0.0
    together: bool = False


@dataclass(frozen=True)
class Made:
    """One indicator: `value` (N, T), more is better; rows of who enters; `segment` (N, quarters), 1 to 4."""

    between: float
    value: FloatArray
    entrants: IntArray
    segment: IntArray

    def with_effect(self, effect: float) -> "Made":
        """The same with `effect` on every entrant from its entry on."""
        value = self.value.copy()
        value[self.entrants, ENTRY:] += effect
        return replace(self, value=value)


def family_of(settings: list[Setting], form: Form, random: np.random.Generator) -> list[Made]:
    """An indicator without an effect for each setting. Alike ones should have one setting."""
    shared = random.normal(size=TRUSTS), months(random, settings[0].likeness)
    drawn = [_drawn(setting, form.alike, shared, random) for setting in settings]
    levels, values = [level for level, _ in drawn], [value for _, value in drawn]
    if form.together:
        entrants, segment = _placed(np.mean(levels, axis=0), np.mean(values, axis=0), form, random)
        places = [(entrants, segment)] * len(drawn)
    else:
        places = [_placed(*one, form, random) for one in drawn]
    return [
        Made(setting.between, value, *place)
        for setting, value, place in zip(settings, values, places, strict=True)
    ]


def _drawn(
    setting: Setting,
    alike: float,
    shared: tuple[FloatArray, FloatArray],
    random: np.random.Generator,
) -> tuple[FloatArray, FloatArray]:
    """Levels (N,) and values (N, T)."""
    own = random.normal(size=TRUSTS), months(random, setting.likeness)
    level, month = (
        np.sqrt(alike) * of_all + np.sqrt(1 - alike) * of_it
        for of_all, of_it in zip(shared, own, strict=True)
    )
    return setting.between * level, setting.between * level[:, None] + month


def _placed(
    level: FloatArray, value: FloatArray, form: Form, random: np.random.Generator
) -> tuple[IntArray, IntArray]:
    """Who enters, and quarters of trusts by their level and as much again that has nothing to do with it."""
    judged = level + random.normal(0, level.std(), TRUSTS)
    place = np.argsort(np.argsort(-judged))
    segment = np.repeat((1 + 4 * place // TRUSTS)[:, None], QUARTERS, axis=1)
    return worst_of(value, form.entrants), segment
