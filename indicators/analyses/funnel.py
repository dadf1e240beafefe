"""The analysis `funnel`: one period's values of many organisations against limits that allow for size."""

from typing import Annotated, Any, Literal

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from pydantic import BaseModel, ConfigDict, Field

from indicators.analyses.numbers import plain, records
from indicators.analyses.own_data import OwnData
from indicators.analyses.refusal import Refusal, warn
from indicators.stats.funnel import (
    Overdispersion,
    Sizes,
    Trim,
    adjusted_z,
    dispersion_of,
    proportions,
    ratios,
)
from indicators.stats.funnel_limits import Funnel, expected_outside, flags_of, limits_at
from indicators.stats.rows import BadRow, Rule, blanks, refuse_first

ENOUGH = 10
_SIDES = {1: "high", -1: "low", 0: None}
_FAR_FROM_ONE = 0.01
Size = Annotated[float, Field(gt=0, allow_inf_nan=False)]


class Spec(BaseModel):
    """How to judge. `transform`: `arcsine` for shares; `log` or `sqrt` for observed over expected events.

    `sizes`: where to read the limits, denominators or expected events (not given: at every unit's).
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    analysis: Literal["funnel"]
    transform: Literal["arcsine", "log", "sqrt"] | None = None
    overdispersion: Overdispersion = "additive"
    trim: Trim = "winsorise"
    sizes: tuple[Size, ...] | None = Field(None, min_length=1)


def read(data: OwnData) -> pd.DataFrame:
    """The rows `unit, numerator, denominator` of a file, or `unit, observed, expected`, one per unit."""
    is_ratio = not data.rows.columns.intersection(["observed", "expected"]).empty
    if is_ratio and not data.rows.columns.intersection(["numerator", "denominator"]).empty:
        text = (
            "has both numerator, denominator and observed, expected: keep the columns of one kind"
        )
        raise Refusal("BAD_DATA", f"{data.name}, row 1: {text}.")
    above, below = ("observed", "expected") if is_ratio else ("numerator", "denominator")
    data.need("unit", above, below)
    frame = pd.DataFrame(
        {"unit": data.text("unit"), above: data.numbers(above), below: data.numbers(below)}
    )
    rules: list[Rule] = [
        *blanks(frame, ("unit", above, below)),
        ("unit", frame.duplicated("unit").to_numpy(dtype=bool), "stands there a second time"),
        (above, (frame[above] < 0).to_numpy(dtype=bool), "is below 0"),
        (below, (frame[below] <= 0).to_numpy(dtype=bool), "is not above 0"),
    ]
    if not is_ratio:
        more = (frame[above] > frame[below]).to_numpy(dtype=bool)
        rules.append((above, more, "is above its denominator"))
    refuse_first(rules)
    return frame


def run(spec: Spec, rows: pd.DataFrame) -> dict[str, Any]:
    """`target`, `phi`, `tau2`, a row per unit in the order of the data, and `limits` at each size.

    `flag` is `high` or `low` outside the 99.8 % limits at the unit's size, else null.
    """
    sizes = _sizes(spec, rows)
    funnel = Funnel(sizes, dispersion_of(sizes, spec.trim), spec.overdispersion)
    flags = flags_of(funnel)
    drawn = np.unique(sizes.size) if spec.sizes is None else np.array(spec.sizes)
    return {
        "ok": True,
        "n": len(rows),
        "target": plain(funnel.target),
        "phi": plain(funnel.dispersion.phi),
        "tau2": plain(funnel.dispersion.tau2),
        "units": _units(rows, funnel, flags),
        "outside": int((flags != 0).sum()),
        "expected_outside": expected_outside(len(rows)),
        "limits": records(limits_at(funnel, drawn)),
        "warnings": _warnings(rows),
    }


def _units(rows: pd.DataFrame, funnel: Funnel, flags: NDArray[np.int8]) -> list[dict[str, Any]]:
    above, below = rows.iloc[:, 1], rows.iloc[:, 2]
    adjusted = adjusted_z(funnel.sizes, funnel.dispersion, funnel.how)
    units = rows[["unit"]].assign(value=above / below, z=funnel.sizes.z, z_adjusted=adjusted)
    return [
        unit | {"flag": _SIDES[int(flag)]} for unit, flag in zip(records(units), flags, strict=True)
    ]


def _sizes(spec: Spec, rows: pd.DataFrame) -> Sizes:
    """The values on the scale of the transform that the columns allow."""
    is_ratio = "observed" in rows
    if spec.transform is not None and is_ratio == (spec.transform == "arcsine"):
        kind = "observed, expected" if is_ratio else "numerator, denominator"
        raise Refusal("BAD_SPEC", f"transform: {spec.transform} is not for {kind}.")
    above, below = (rows.iloc[:, place].to_numpy(dtype=float) for place in (1, 2))
    if not is_ratio:
        return proportions(above, below)
    if spec.transform == "sqrt":
        return ratios(above, below, "sqrt")
    if (above == 0).any():
        text = "has no logarithm: take the transform sqrt"
        raise BadRow(int((above == 0).argmax()), "observed", text)
    return ratios(above, below)


def _warnings(rows: pd.DataFrame) -> list[dict[str, str]]:
    warnings = []
    if len(rows) < ENOUGH:
        text = f"Fewer than {ENOUGH} units: how much they vary beyond chance is hardly known."
        warnings.append(warn("FEW_UNITS", text))
    if "observed" in rows:
        overall = rows["observed"].sum() / rows["expected"].sum()
        if abs(overall - 1) > _FAR_FROM_ONE:
            text = f"Observed events are {overall:.3f} times those expected in all of these units"
            warnings.append(warn("OVERALL_NOT_ONE", f"{text}; each is judged against 1."))
    return warnings
