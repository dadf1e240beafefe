"""How much of the pooled effect was to be expected anyway, as the analysis `pooled` tells it."""

from dataclasses import asdict
from typing import Any

from indicators.analyses.numbers import plain
from indicators.analyses.pooled_judged import Judged
from indicators.analyses.pooled_result import of_pool
from indicators.analyses.pooled_rows import panel_of
from indicators.stats.pooled.rebound import beside_shadows, expected_rebound, gap_paths
from indicators.stats.regression_to_mean.baselines import (
    BaseSensitivity,
    EntryDip,
    base_sensitivity,
    entry_dip,
)


def rebound_of(judged: Judged) -> dict[str, Any]:
    """`rebound`: what a regression and shadow entrants expected; `entry_dip` and `base_sensitivity`."""
    dip, bases = _dip(judged)
    told = {
        "rebound": {"regression": _regression(judged), "shadows": _shadows(judged)},
        "entry_dip": None if dip is None else _plain(asdict(dip)),
        "base_sensitivity": None,
    }
    if bases is None:
        return told
    numbers = {
        "effects": [_plain(asdict(one)) for one in bases.effects],
        "shrinkage": plain(bases.shrinkage),
        "is_likely": bases.is_likely,
    }
    return told | {"base_sensitivity": numbers}


def _dip(judged: Judged) -> tuple[EntryDip | None, BaseSensitivity | None]:
    """Of the entrants' mean distance from their controls, where figures are monthly."""
    if judged.panel.year != 12:
        return None, None
    path = gap_paths(judged.panel, judged.effects, judged.base)
    before, after = path[:24], path[24:]
    return entry_dip(before, judged.better), base_sensitivity(before, after, judged.better)


def _regression(judged: Judged) -> dict[str, Any] | None:
    """Beside every unit that never entered, since the regression asks for twenty of each kind."""
    if judged.spec.event != "entry":
        return None
    panel = panel_of(judged.rows, "entry", "never").panel
    found = expected_rebound(panel, judged.spec.seed, judged.spec.alpha)
    if found is None:
        return None
    one = found.together
    names = ("base", "observed", "expected", "excess", "ci_low", "ci_high")
    return {"n": found.entrants} | {name: plain(getattr(one, name)) for name in names}


def _shadows(judged: Judged) -> dict[str, Any] | None:
    if judged.spec.event not in ("entry", "programme"):
        return None
    effects, panel = judged.effects_of(judged.base, "never")
    found = beside_shadows(panel, effects, judged.spec.method, judged.spec.alpha)
    if found is None:
        return None
    return {
        "n": found.entrants,
        "mean_shadows": plain(found.shadows),
        "rebound": plain(found.rebound),
        "effect": of_pool(found.effect),
        "excess": of_pool(found.excess),
    }


def _plain(numbers: dict[str, Any]) -> dict[str, Any]:
    return {name: one if isinstance(one, bool) else plain(one) for name, one in numbers.items()}
