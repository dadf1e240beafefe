"""The analysis `meta`: effects of several units, each with its variance, pooled into one."""

from dataclasses import asdict
from typing import Any, Literal

import pandas as pd
from pydantic import BaseModel, ConfigDict, Field

from indicators.analyses.numbers import plain
from indicators.analyses.own_data import OwnData
from indicators.analyses.refusal import Refusal, warn
from indicators.stats.meta import Method, Pooled, pool
from indicators.stats.rows import blanks, refuse_first

LEAST = 2
FEW = 5


class Spec(BaseModel):
    """How to pool. `knapp_hartung`: an interval that allows for tau² being an estimate (t with n − 1)."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    analysis: Literal["meta"]
    method: Method = "DL"
    knapp_hartung: bool = False
    alpha: float = Field(0.05, gt=0, lt=1)


def read(data: OwnData) -> pd.DataFrame:
    """The rows `unit, effect, variance` of a file, one per unit, variances above 0."""
    data.need("unit", "effect", "variance")
    frame = pd.DataFrame(
        {
            "unit": data.text("unit"),
            "effect": data.numbers("effect"),
            "variance": data.numbers("variance"),
        }
    )
    none = (frame["variance"] <= 0).to_numpy(dtype=bool)
    twice = frame.duplicated("unit").to_numpy(dtype=bool)
    refuse_first(
        [
            *blanks(frame, ("unit", "effect", "variance")),
            ("unit", twice, "stands there a second time"),
            ("variance", none, "is not above 0"),
        ]
    )
    return frame


def run(spec: Spec, rows: pd.DataFrame) -> dict[str, Any]:
    """The pooled `estimate`, its interval, `tau` and the prediction interval; `q` and `i2` beside them."""
    if len(rows) < LEAST:
        raise Refusal("TOO_FEW_POINTS", f"Pooling takes {LEAST} units, and there is one.")
    numbers = rows["effect"].to_numpy(dtype=float), rows["variance"].to_numpy(dtype=float)
    found = pool(*numbers, spec.method, spec.knapp_hartung, spec.alpha)
    result = {"tau": found.tau} | asdict(found)
    usual = pool(*numbers, spec.method, alpha=spec.alpha)
    told = {name: plain(value) for name, value in result.items()}
    return {"ok": True} | told | {"warnings": _warnings(found, usual)}


def _warnings(found: Pooled, usual: Pooled) -> list[dict[str, str]]:
    warnings = []
    if found.n < FEW:
        text = f"Fewer than {FEW} units: how much their effects differ is hardly known."
        warnings.append(warn("FEW_UNITS", text))
    if found.ci_high - found.ci_low < usual.ci_high - usual.ci_low:
        text = "Effects lie closer together than chance alone would put them, so the interval by Knapp and"
        advice = "Hartung is narrower than without it: rely on the one without"
        warnings.append(warn("NARROW_INTERVAL", f"{text} {advice}."))
    return warnings
