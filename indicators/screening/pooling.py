"""Pooled effects of who entered or left, as the analysis `pooled` finds them, for the screen."""

from dataclasses import dataclass
from typing import Literal

import duckdb
import numpy as np
from scipy.stats import norm

from indicators.analyses.pooled_judged import FEWEST_CONTROLS, FEWEST_ENTRANTS, Judged, judge
from indicators.analyses.pooled_published import pooled_rows
from indicators.analyses.pooled_rows import PooledRows
from indicators.analyses.pooled_spec import Spec
from indicators.analyses.refusal import Refusal
from indicators.definition import Indicator
from indicators.stats.pooled.together import pool_units
from indicators.stats.pooled.units import UnitEffect
from indicators.stats.screen.resampling import oriented
from indicators.stats.screen.responsiveness import PooledEffect

Event = Literal["entry", "exit"]
_VERB = {"entry": "entered", "exit": "left"}
_NORMAL = float(norm.isf(0.025))


@dataclass(frozen=True)
class PooledAt:
    """The pooled `effect` at one event, in the indicator's unit and oriented; None, and in words `why`.

    `late`: of an exit, that of months 10 to 12 after; None where eight have no figures then.
    """

    effect: PooledEffect | None
    why: str = ""
    late: PooledEffect | None = None


def read_pooled_rows(
    connection: duckdb.DuckDBPyConnection, indicator: Indicator, org_type: str
) -> PooledRows | str:
    """The rows of the analysis `pooled` of an indicator and type, or in words why there are none."""
    spec = _document("entry", indicator=indicator.indicator_id, org_type=org_type)
    try:
        return pooled_rows(spec, connection)
    except Refusal as refusal:
        return refusal.message


def _document(event: Event, **fields: str) -> Spec:
    return Spec.model_validate({"analysis": "pooled", "event": event} | fields)


def judged_at(rows: PooledRows | str | None, event: Event) -> Judged | str:
    """Who can be judged at an event, or in words why nobody is looked at."""
    if rows is None:
        return "no organisation of this type has entered a programme"
    return rows if isinstance(rows, str) else judge(_document(event), rows)


def pooled_at(judged: Judged | str, event: Event) -> PooledAt:
    """The mean effect over the year from the event on against the year before, beside others.

    None below eight that are judged and twenty beside them, or where neither side of the indicator is better.
    """
    if isinstance(judged, str):
        return PooledAt(None, judged)
    if judged.better == 0:
        return PooledAt(None, "neither side of it is better")
    if not judged.effects:
        return PooledAt(
            None, f"nobody that {_VERB[event]} has figures, and others beside it, enough"
        )
    if not judged.is_enough:
        return PooledAt(None, _too_few(judged, event))
    return PooledAt(_effect(judged, judged.effects), late=_late(judged))


def _late(judged: Judged) -> PooledEffect | None:
    if judged.spec.event != "exit" or len(judged.late) < FEWEST_ENTRANTS:
        return None
    return _effect(judged, judged.late)


def _too_few(judged: Judged, event: Event) -> str:
    return (
        f"{judged.n_entrants} that {_VERB[event]} and {judged.n_controls} beside them have figures enough, "
        f"at least {FEWEST_ENTRANTS} and {FEWEST_CONTROLS} are needed"
    )


def _effect(judged: Judged, effects: list[UnitEffect]) -> PooledEffect:
    side, found = judged.better, pool_units(effects, judged.spec.method)
    return PooledEffect(
        oriented(found.pooled.estimate, (found.shared_low, found.shared_high), side),
        found.shared_se,
        found.pooled.tau,
        _favourable(side, effects),
        found.pooled.n,
    )


def _favourable(side: int, effects: list[UnitEffect]) -> float:
    """Share of entrants whose own interval, of an error as normal, lies on the better side."""
    effect = side * np.array([one.effect for one in effects])
    error = np.sqrt([one.variance for one in effects])
    return float(np.mean(effect - _NORMAL * error > 0))
