"""What is known of a controlled interrupted series before its result: who is compared, what it could show."""

from dataclasses import dataclass, field
from typing import Any

import pandas as pd

from indicators.analyses.controlled_its import fitted
from indicators.analyses.controlled_result import LINES, lines_of
from indicators.analyses.controlled_rows import ControlledRows, PoolRefused
from indicators.analyses.controlled_spec import Spec
from indicators.analyses.its_before import Before, foreseen
from indicators.analyses.own_periods import PER_YEAR
from indicators.analyses.refusal import Refusal
from indicators.analyses.running import prepare
from indicators.stats.its.calendar import Calendar


@dataclass(frozen=True)
class ControlledBefore:
    """A run before its result.

    `before` is of the difference, its rows with `entered, comparators, comparators_low, comparators_high`
    too. `pool`: how many can be compared; `chosen`: how many are, as matched. `judged`: every organisation
    (`org_code, org_name, is_in, reason`). `balance`: `trait, entered, comparators, smd`. `notices`: what has
    to be told of the comparators. Where the pool itself is refused, no more than `judged` is known.
    """

    before: Before
    pool: int = 0
    chosen: int = 0
    judged: pd.DataFrame = field(default_factory=pd.DataFrame)
    balance: pd.DataFrame = field(default_factory=pd.DataFrame)
    notices: tuple[str, ...] = ()


def before_controlled(document: dict[str, Any]) -> ControlledBefore:
    """Who is compared in a document on published series, and the effects it could show."""
    nothing = pd.DataFrame(columns=["period", "value", "used", "why", *LINES])
    try:
        prepared = prepare(document)
    except PoolRefused as refusal:
        return ControlledBefore(Before(nothing, refusal), judged=refusal.judged)
    except Refusal as refusal:
        return ControlledBefore(Before(nothing, refusal))
    spec, rows = prepared.spec, prepared.rows
    if not isinstance(spec, Spec) or not isinstance(rows, ControlledRows):
        text = "analysis: only a controlled series has comparators to be looked at before."
        return ControlledBefore(Before(nothing, Refusal("BAD_SPEC", text)))
    return ControlledBefore(
        before=_before(spec, rows),
        pool=max(map(len, rows.sets.values())),
        chosen=len(rows.sets[rows.headline]),
        judged=rows.judged,
        balance=rows.balance,
        notices=tuple(one.message for one in rows.notices),
    )


def _before(spec: Spec, rows: ControlledRows) -> Before:
    lines = lines_of(rows.units(rows.sets[rows.headline], spec.weights))
    label = Calendar(PER_YEAR[rows.periods.unit]).label
    named = lines.assign(period=[label(int(count)) for count in lines.index])
    quick = {"method": "reml_ar1", "order": None} if spec.method == "arima" else {}
    try:
        found = foreseen(fitted(spec.model_copy(update=quick), rows), spec)
    except Refusal as refusal:
        gap = named["entered"] - named["comparators"]
        return Before(named.assign(value=gap, used=gap.notna(), why=None), refusal)
    return Before(**vars(found) | {"rows": found.rows.merge(named, on="period", how="left")})
