"""What a document of the analysis `pooled` comes down to: a panel, spans in its periods, and unit effects."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np

from indicators.analyses.pooled_lacks import told_outside, told_why
from indicators.analyses.pooled_rows import Built, PooledRows, Stretch, panel_of
from indicators.analyses.pooled_spec import Spec
from indicators.analyses.refusal import Refusal
from indicators.stats.pooled.imputation import Options
from indicators.stats.pooled.panel import Event, Panel, Span
from indicators.stats.pooled.units import FEWEST_BESIDE as FEWEST_BESIDE_ENTRY
from indicators.stats.pooled.units import After, UnitEffect, unit_effects

FEWEST_ENTRANTS, FEWEST_CONTROLS = 8, 20
"""Below these there is a forest plot only (METHODS 4.3)."""
FEWEST_EXPOSED = 10
"""The same of exposures (METHODS 9)."""
BETTER = {"up": 1, "down": -1, "neutral": 0}
FEWEST_BESIDE = {
    "entry": FEWEST_BESIDE_ENTRY,
    "programme": FEWEST_BESIDE_ENTRY,
    "exposure": FEWEST_BESIDE_ENTRY,
    "exit": 5,
}
"""Units that one event needs beside it: few are inside at a time, and an exit is described only."""


@dataclass(frozen=True)
class Judged:
    """`effects` of the events that can be judged, `beyond` is why others cannot, `controls` the set beside.

    `spec` and `rows`: what was asked for; `built`: the panel of it.
    """

    spec: Spec
    rows: PooledRows
    built: Built
    controls: str
    effects: list[UnitEffect]
    beyond: dict[Event, str]

    @property
    def panel(self) -> Panel:
        """Units by period."""
        return self.built.panel

    @property
    def base(self) -> Span:
        """The periods before the event."""
        return base_of(self.spec, self.panel.year)

    @property
    def better(self) -> int:
        """1 if higher is better, −1 if lower, 0 if neither is known to be."""
        return BETTER[self.spec.improvement or self.rows.usual["improvement"]]

    @property
    def options(self) -> Options:
        """Of the event study."""
        year, quarter = self.panel.year, self.panel.quarter
        window = self.spec.window or (-2 * year, 2 * year)
        ahead = quarter if self.spec.anticipation is None else self.spec.anticipation
        return Options(window, ahead, quarter)

    @property
    def n_entrants(self) -> int:
        """Units with an event that is judged."""
        return len({one.event.row for one in self.effects})

    @property
    def n_controls(self) -> int:
        """Units that stand beside one of them at least."""
        return int(any_control(self.effects).sum())

    @property
    def is_enough(self) -> bool:
        """Whether there are enough units for more than a forest plot."""
        return self.n_entrants >= fewest_of(self.spec.event) and self.n_controls >= FEWEST_CONTROLS

    @property
    def in_study(self) -> Panel:
        """The panel of the event study: the events that are judged, and controls of their kinds."""
        events = tuple(one.event for one in self.effects)
        kinds = self.panel.kind[[event.row for event in events]]
        may_control = self.panel.may_control & np.isin(self.panel.kind, kinds)
        return replace(self.panel, events=events, may_control=may_control)

    def effects_of(self, base: Span, controls: str | None = None) -> tuple[list[UnitEffect], Panel]:
        """The effects of the same events, against other periods or beside other controls, and their panel."""
        panel = self.panel
        if controls is not None:
            panel = panel_of(self.rows, self.spec.event, controls).panel
        judged = {one.event for one in self.effects}
        same = replace(panel, events=tuple(event for event in panel.events if event in judged))
        few = FEWEST_BESIDE[self.spec.event]
        return unit_effects(same, base, few, after_of(self.spec))[0], panel

    @cached_property
    def late(self) -> list[UnitEffect]:
        """The effects of the same events in months 10 to 12 after, of those with figures then."""
        same = replace(self.panel, events=tuple(one.event for one in self.effects))
        return unit_effects(same, self.base, FEWEST_BESIDE[self.spec.event], "late")[0]

    @property
    def left_out(self) -> list[tuple[Stretch, str]]:
        """Every stretch without an effect, and why."""
        beyond = [(self.stretch(event), why) for event, why in self.beyond.items()]
        return [*beyond, *self.built.left_out]

    def stretch(self, event: Event) -> Stretch:
        """The time inside that an event belongs to."""
        return self.built.stretches[event.row, event.first]


def any_control(effects: Sequence[UnitEffect]) -> np.ndarray:
    """Which units (N,) stand beside an entrant."""
    return np.asarray(np.isfinite(np.vstack([one.controls for one in effects])).any(axis=0))


def fewest_of(event: str) -> int:
    """Units with an event that a mean needs."""
    return FEWEST_EXPOSED if event == "exposure" else FEWEST_ENTRANTS


def after_of(spec: Spec) -> After:
    """The time from an event on that is judged."""
    return "inside" if spec.event == "programme" else "year"


def base_of(spec: Spec, year: int) -> Span:
    """The periods before the event: the year before, unless the document says otherwise."""
    return spec.base or (-year, -1)


def judge(spec: Spec, rows: PooledRows) -> Judged:
    """The unit effects; Refusal where the document names a set of controls that there is not."""
    controls = spec.controls or rows.usual["controls"]
    if spec.event == "exposure" and rows.series.data is not None:
        text = "event: who is whose neighbour is not known of a file, so choose entry or exit."
        raise Refusal("BAD_SPEC", text)
    if spec.programme != "all" and rows.series.data is not None:
        text = "programme: which one units entered is not known of a file, so choose all."
        raise Refusal("BAD_SPEC", text)
    if spec.event != "exit" and controls not in rows.controls:
        there = ", ".join(rows.controls)
        text = f"controls: these are not known of the units, so choose one of {there}."
        raise Refusal("BAD_SPEC", text)
    happened = "exit" if spec.event == "exit" else "entry"
    built = told_outside(rows, panel_of(rows, spec.event, controls), happened)
    base = base_of(spec, built.panel.year)
    effects, beyond = unit_effects(built.panel, base, FEWEST_BESIDE[spec.event], after_of(spec))
    beyond = told_why(rows, built, base, spec.event, beyond)
    told = "still_inside" if spec.event == "exit" else controls
    return Judged(spec, rows, built, told, effects, beyond)
