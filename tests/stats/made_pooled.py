"""Panels made for tests of pooled effects: entrants first, then units that never enter."""

import numpy as np

from indicators.stats.pooled.panel import Event, Panel, Spell, entry_cells


def panel(
    entries: list[int],
    controls: int = 20,
    months: int = 72,
    effect: float = 0.0,
    seed: int = 1,
    noise: float = 1.0,
) -> Panel:
    """One entrant for each month of `entries`, higher by `effect` from then on; shocks that all share."""
    random = np.random.default_rng(seed)
    units = len(entries) + controls
    value = random.normal(size=(units, 1)) * 3 + random.normal(size=months).cumsum()
    value = value + noise * random.normal(size=(units, months))
    spells = [Spell(row, first, None, first, months) for row, first in enumerate(entries)]
    for spell in spells:
        value[spell.row, spell.begins :] += effect
    return of(value, spells)


def of(value: np.ndarray, spells: list[Spell], kind: np.ndarray | None = None) -> Panel:
    """A panel of these values; units without a spell may control."""
    untreated, events = entry_cells(value.shape, spells)
    may_control = np.ones(len(value), dtype=bool)
    may_control[[spell.row for spell in spells]] = False
    kinds = np.zeros(len(value), dtype=np.int64) if kind is None else kind
    return Panel(value, untreated, may_control, kinds, events)


def event(row: int, first: int, months: int = 72) -> Event:
    """The entry of a unit that stays inside."""
    return Event(row, first, months)
