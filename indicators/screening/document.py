"""The screen as a document of plain values (JSON) and as a table with a row per indicator and type."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import asdict, fields
from datetime import date
from math import isfinite
from typing import Any

import pandas as pd

from indicators.screening.rows import Looked
from indicators.screening.screen import Row, Screen
from indicators.screening.steps import STEPS
from indicators.stats.screen.resampling import Estimate, Scored
from indicators.stats.screen.responsiveness import Standardised

_WITHOUT_DRAWS = ("entered", "told")


def as_document(screen: Screen) -> dict[str, Any]:
    """Everything but the draws; what is not known is null."""
    return {
        "analysis": "screen",
        "seed": screen.seed,
        "thresholds": asdict(screen.thresholds),
        "changes": [list(change) for change in screen.thresholds.changes()],
        "classes": dict(Counter(row.decision.name for row in screen.rows)),
        "chance": asdict(screen.chance),
        "family": screen.family,
        "trusts": _of_trusts(screen),
        "rows": [plain(_row(row)) for row in screen.rows],
    }


def _of_trusts(screen: Screen) -> list[dict[str, Any]]:
    """By indicator the entries of all types of trust that have figures, left at each step."""
    counts: dict[str, Counter[str]] = {}
    for row in screen.rows:
        if row.looked.org_type != "icb":
            walk = row.looked.steps["entry"].everyone
            told = {name: getattr(walk, name) for name in STEPS}
            counts.setdefault(row.looked.indicator_id, Counter()).update(told)
    return [
        {"indicator_id": name} | {step: one[step] for step in STEPS} for name, one in counts.items()
    ]


def _row(row: Row) -> dict[str, Any]:
    return of_looked(row.looked) | {
        "p": row.p,
        "q": row.q,
        "q_dependent": row.q_dependent,
        "stability": row.stability,
        "ranks": row.ranks,
        "cluster": _as_dict(row.cluster),
        "class": row.decision.name,
        "because": [asdict(fact) for fact in row.decision.because],
        "facts": [asdict(fact) for fact in row.decision.facts],
    }


def of_looked(looked: Looked) -> dict[str, Any]:
    """What the criteria found of one indicator among one type, before it is compared with others."""
    parts = {
        one.name: getattr(looked, one.name)
        for one in fields(Looked)
        if one.name not in _WITHOUT_DRAWS
    }
    return {name: _as_dict(part) for name, part in parts.items()} | {
        "excess_in_units": _as_dict(looked.entered.effect.excess),
        "pooled_in_units": _as_dict(looked.entered.effect.pooled),
        "excess_without_each": looked.entered.without,
        "discrimination": _as_dict(looked.told.found) | {"era": looked.told.era},
    }


def _as_dict(part: Any) -> Any:
    """Draws are left out: thousands of figures that say nothing by themselves."""
    if isinstance(part, Mapping):
        return {name: _as_dict(one) for name, one in part.items()}
    if not hasattr(part, "__dataclass_fields__"):
        return part
    return {name: one for name, one in asdict(part).items() if name != "draws"}


def plain(part: Any) -> Any:
    """Without NaN, infinities and dates, which JSON has not."""
    if isinstance(part, dict):
        return {name: plain(one) for name, one in part.items()}
    if isinstance(part, list | tuple):
        return [plain(one) for one in part]
    if isinstance(part, float):
        return part if isfinite(part) else None
    return part.isoformat() if isinstance(part, date) else part


def as_table(screen: Screen) -> pd.DataFrame:
    """A row per indicator and type: its class, and of each criterion estimate, interval and grade."""
    return pd.DataFrame([_flat(row) for row in screen.rows])


def _flat(row: Row) -> dict[str, Any]:
    looked = row.looked
    flat: dict[str, Any] = {
        "indicator_id": looked.indicator_id,
        "org_type": looked.org_type,
        "class": row.decision.name,
        "organisations": looked.organisations,
        "months": looked.quality.months,
        "entrants": looked.response.entrants,
        "era": looked.told.era,
        "is_circular": looked.told.found.is_circular,
        "measurement_risk": looked.risk.level,
        "q": row.q,
        "stability": row.stability,
        "rank_low": None if row.ranks is None else row.ranks[0],
        "rank_high": None if row.ranks is None else row.ranks[1],
        "cluster": None if row.cluster is None else row.cluster.number,
    }
    flat |= _pooled(looked.response.pooled) | _steps(looked)
    for name, one in _scored(looked).items():
        found = one.estimate or Estimate(float("nan"))
        flat |= {name: found.value, f"{name}_low": found.low, f"{name}_high": found.high}
        flat[f"{name}_grade"] = one.grade
    return flat


def _pooled(pooled: Standardised | None) -> dict[str, Any]:
    effect = Estimate(float("nan")) if pooled is None else pooled.effect
    ends = {"pooled": effect.value, "pooled_low": effect.low, "pooled_high": effect.high}
    return ends | {
        f"pooled_{name}": None if pooled is None else getattr(pooled, name)
        for name in ("tau", "favourable", "units")
    }


def _steps(looked: Looked) -> dict[str, int]:
    """Counts at each step: `entry_dated`, and of those since July 2021 `entry_since_dated`."""
    return {
        f"{event}_{which}{name}": getattr(walk, name)
        for event, steps in looked.steps.items()
        for which, walk in {"": steps.everyone, "since_": steps.since}.items()
        for name in STEPS
    }


def _scored(looked: Looked) -> dict[str, Scored]:
    return {
        "coverage": looked.quality.coverage,
        "days": looked.timeliness,
        "reliability": looked.reliability,
        "excess": looked.response.excess,
        "discrimination": looked.told.found.ordinal,
        "prediction": looked.prediction.auc,
        "rebound": looked.rebound.share,
    }
