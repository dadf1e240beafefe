"""The analysis `transitions`: moves between states from one period to the next."""

from typing import Any, Literal

import pandas as pd
from pydantic import BaseModel, ConfigDict, Field

from indicators.analyses.numbers import matrix, plain
from indicators.analyses.own_data import OwnData
from indicators.analyses.own_periods import read_periods
from indicators.analyses.refusal import warn
from indicators.stats.transitions import FEW, Transitions, count_transitions


class Spec(BaseModel):
    """What to count. `period_step` is how far apart neighbours are, in the unit `period` is written in.

    `era` (R0, R1, R2, R3) chooses what the published warehouse knows; with `--data` it is not needed.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    analysis: Literal["transitions"]
    era: str | None = Field(None, pattern=r"^R[0-3]$")
    period_step: int = Field(1, ge=1)
    alpha: float = Field(0.05, gt=0, lt=1)


def read(data: OwnData) -> pd.DataFrame:
    """The rows `unit, period, state` of a file; states that are all whole numbers become such."""
    data.need("unit", "period", "state")
    state = data.text("state")
    is_whole = state.dropna().str.fullmatch(r"-?\d+").all()
    return pd.DataFrame(
        {
            "unit": data.text("unit"),
            "period": read_periods(data).count,
            "state": state.map(int, na_action="ignore") if is_whole else state,
        }
    )


def run(spec: Spec, rows: pd.DataFrame) -> dict[str, Any]:
    """`states`, and in their order `counts`, `probabilities` and `intervals` (Wilson, a pair per cell).

    Rows are the state before, columns the state after; null throughout a row without a move or stay.
    """
    found = count_transitions(rows, spec.period_step, spec.alpha)
    low, high = matrix(found.ci_low), matrix(found.ci_high)
    return {
        "ok": True,
        "states": [plain(state) for state in found.states],
        "counts": matrix(found.counts),
        "probabilities": matrix(found.probabilities),
        "intervals": [
            list(map(list, zip(*pair, strict=True))) for pair in zip(low, high, strict=True)
        ],
        "warnings": _warnings(found, rows, spec.period_step),
    }


def _warnings(found: Transitions, rows: pd.DataFrame, step: int) -> list[dict[str, str]]:
    counted = int(found.counts.to_numpy().sum())
    skipped = len(rows) - rows["unit"].nunique() - counted
    few = ", ".join(str(state) for state in found.states if found.is_few[state])
    warnings = []
    if skipped:
        text = f"Pairs of neighbouring rows not exactly {step} apart, so not counted: {skipped}."
        warnings.append(warn("NOT_ADJACENT", text))
    if not counted:
        warnings.append(warn("NO_MOVES", "Nothing was counted: see period_step and the periods."))
    if few:
        text = f"Fewer than {FEW} moves or stays were counted from: {few}."
        warnings.append(warn("FEW_MOVES", text))
    return warnings
