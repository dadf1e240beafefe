"""How large a mean effect chance alone gives: the entry dates dealt out among those that never entered."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from indicators.stats.pooled.panel import FloatArray, Panel
from indicators.stats.pooled.units import UnitEffect

DRAWS, SEED = 999, 20212
FEWEST = 20
"""Units without an event among which dates can be dealt out."""


@dataclass(frozen=True)
class Randomised:
    """`p`: share of draws, the real one counted, whose mean effect is as far from 0 as the real `mean`.

    `floor` is the smallest that `draws` can give; in each, `drawn` units without an event were given a date.
    """

    mean: float
    p: float
    floor: float
    draws: int
    drawn: int


def randomise(
    effects: Sequence[UnitEffect], panel: Panel, draws: int = DRAWS, seed: int = SEED
) -> Randomised | None:
    """Two-sided p of the unweighted mean effect (METHODS 4.2 iv); None with fewer than twenty to deal among.

    In each draw the dates of the real events go to different units of their kind that may control and have no
    event, and the others of these stand beside them. As many are drawn as there are events, at most half of
    the units of the kind; the mean of a draw is scaled so that it strays as far as one of all events beside
    all units would.
    """
    decks = _decks(effects, panel)
    if sum(deck.shape[1] for deck in decks) < FEWEST:
        return None
    random = np.random.default_rng(seed)
    made = sum(len(deck) * _means(deck, draws, random) for deck in decks) / len(effects)
    mean = float(np.mean([one.effect for one in effects]))
    # A draw that ties with the real one but for rounding counts.
    as_far = int((np.abs(made) >= abs(mean) * (1 - 1e-12)).sum())
    drawn = sum(_drawn(deck) for deck in decks)
    return Randomised(mean, (1 + as_far) / (1 + draws), 1 / (1 + draws), draws, drawn)


def _decks(effects: Sequence[UnitEffect], panel: Panel) -> list[FloatArray]:
    """By kind the changes (E, J) of units without an event that stand beside half of the events or more."""
    never = panel.without_event & panel.may_control
    kinds = np.array([panel.kind[one.event.row] for one in effects])
    decks = []
    for kind in np.unique(kinds):
        change = np.vstack([one.controls for one in effects])[kinds == kind]
        decks.append(change[:, never & (np.isfinite(change).mean(axis=0) >= 0.5)])
    return decks


def _drawn(deck: FloatArray) -> int:
    return int(min(len(deck), deck.shape[1] // 2))


def _means(deck: FloatArray, draws: int, random: np.random.Generator) -> FloatArray:
    """The mean effect of each deal, scaled."""
    events, units = deck.shape
    drawn = _drawn(deck)
    scale = np.sqrt((1 / events + 1 / units) / (1 / drawn + 1 / (units - drawn)))
    return np.asarray(scale * _dealt(deck, drawn, random.random((2, draws, max(events, units)))))


def _dealt(change: FloatArray, drawn: int, keys: FloatArray) -> FloatArray:
    """The mean effect of each deal; `change` (E, J), NaN where a unit could not stand beside that event.

    `keys` (2, D, max(E, J)), uniform: a deal takes units and dates in the order of its keys.
    """
    events, units = change.shape
    order = keys[0, :, :units].argsort(axis=1)[:, :drawn]
    dates = keys[1, :, :events].argsort(axis=1)[:, :drawn]
    rest = np.ones((len(order), units))
    np.put_along_axis(rest, order, 0.0, axis=1)
    known = np.isfinite(change)
    mean = (rest @ np.where(known, change, 0.0).T) / np.maximum(rest @ known.T, 1)
    made = change[dates, order] - np.take_along_axis(mean, dates, axis=1)
    return np.asarray(np.nanmean(made, axis=1))
