"""One effect per entrant: its year from entry on against the time before, less the same of others."""

from dataclasses import dataclass
from typing import Literal

import numpy as np
from scipy import stats

from indicators.stats.pooled.panel import ENOUGH, BoolArray, Event, FloatArray, Panel, Span

FEWEST_BESIDE = 10
"""Controls of its kind, in the same calendar months, that one entrant needs."""
BEFORE = "it has too few figures in the months before, clear of other spells"
AFTER = "it has too few figures in the year after"
INSIDE = "it has too few figures inside the programme, of which half a year is needed"
LATE = "it has too few figures in months 10 to 12 after"
BESIDE = "too few others of its kind can stand beside it in the same months"
ALIKE = "all others moved alike, so that nothing tells how far one may stray"
After = Literal["year", "late", "inside"]
"""The time from an event on: its first year, the last quarter of that, or as long as the event lasts."""
_LACKS: dict[After, str] = {"year": AFTER, "late": LATE, "inside": INSIDE}


@dataclass(frozen=True)
class UnitEffect:
    """`own` change of one entrant, the mean one of its controls (`beside`), and how sure the difference is.

    `controls` (N,): the change of every unit that stands beside it over the same calendar months, NaN for
    others.
    """

    event: Event
    own: float
    controls: FloatArray

    @property
    def n_controls(self) -> int:
        """How many stand beside it."""
        return int(np.isfinite(self.controls).sum())

    @property
    def beside(self) -> float:
        """Mean change of the controls."""
        return float(np.nanmean(self.controls))

    @property
    def effect(self) -> float:
        """Own change less that of the controls."""
        return self.own - self.beside

    @property
    def variance(self) -> float:
        """s²(1 + 1/J): one unit's change scatters about what is expected as those of the J controls do."""
        return float(np.nanvar(self.controls, ddof=1)) * (1 + 1 / self.n_controls)

    def interval(self, alpha: float) -> tuple[float, float]:
        """The ends of the interval of this one alone, by t with one degree of freedom less than controls."""
        half = float(stats.t.isf(alpha / 2, self.n_controls - 1)) * self.variance**0.5
        return self.effect - half, self.effect + half


def unit_effects(
    panel: Panel, base: Span, fewest: int = FEWEST_BESIDE, after: After = "year"
) -> tuple[list[UnitEffect], dict[Event, str]]:
    """The effect of every event that can be judged (METHODS 4.2 iii), and why the others cannot.

    Change: mean of the time `after` (usually the year from the event on) less that of the periods `base`
    before it. A mean needs three quarters of its values, those before it untreated; one over the time inside
    half a year of it at least. Beside it stand the units of its kind that may control
    and are untreated over all those calendar months, `fewest` or more of them.
    """
    found = {event: _effect_of(panel, event, (base, after), fewest) for event in panel.events}
    judged = [effect for effect in found.values() if isinstance(effect, UnitEffect)]
    return judged, {event: why for event, why in found.items() if isinstance(why, str)}


def _effect_of(
    panel: Panel, event: Event, spans: tuple[Span, After], fewest: int
) -> UnitEffect | str:
    base, which = spans
    span = _span_after(panel, event, which)
    before, after = _columns(panel, event, base), _columns(panel, event, span)
    mine = panel.known[event.row] & (after | panel.untreated[event.row])
    if not _is_enough(mine & before, base[1] - base[0] + 1):
        return BEFORE
    is_short = which == "inside" and event.end - event.first < panel.year // 2
    if is_short or not _is_enough(mine & after, span[1] - span[0] + 1):
        return _LACKS[which]
    own = _change(panel.value[[event.row]], mine & before, mine & after)[0]
    effect = UnitEffect(event, float(own), _controls(panel, event, mine & before, mine & after))
    if effect.n_controls < fewest:
        return BESIDE
    return effect if effect.variance > 0 else ALIKE


def _span_after(panel: Panel, event: Event, which: After) -> Span:
    if which == "inside":
        return 0, event.end - event.first - 1
    return (panel.year - panel.quarter if which == "late" else 0), panel.year - 1


def _columns(panel: Panel, event: Event, span: Span) -> BoolArray:
    """The columns (T,) of periods `span` from an event that lie within the panel."""
    time = np.arange(panel.value.shape[1]) - event.first
    return np.asarray((time >= span[0]) & (time <= span[1]))


def _is_enough(known: BoolArray, length: int) -> bool:
    return bool(known.sum() >= ENOUGH * length)


def _controls(panel: Panel, event: Event, before: BoolArray, after: BoolArray) -> FloatArray:
    """The change of each unit that can stand beside the event over the same columns; NaN for others."""
    able = panel.may_control & (panel.kind == panel.kind[event.row])
    whole = np.flatnonzero(before | after)
    stretch = slice(whole[0], whole[-1] + 1)
    able &= panel.untreated[:, stretch].all(axis=1)
    able[event.row] = False
    for part in (before, after):
        able &= panel.known[:, part].sum(axis=1) >= ENOUGH * part.sum()
    change = np.full(len(panel.value), np.nan)
    change[able] = _change(panel.value[able], before, after)
    return change


def _change(value: FloatArray, before: BoolArray, after: BoolArray) -> FloatArray:
    if not len(value):
        return np.zeros(0)
    return np.asarray(np.nanmean(value[:, after], axis=1) - np.nanmean(value[:, before], axis=1))
