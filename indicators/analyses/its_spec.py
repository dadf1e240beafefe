"""What a document of the analysis `its` may say."""

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

from indicators.stats.its.estimators import Method
from indicators.stats.its.observed import Family
from indicators.stats.its.specification import BreakRule, Covid, PhaseIn, Seasonality

Order = Annotated[int, Field(ge=0, le=2)]
Month = Annotated[str, Field(pattern=r"^(19|20|21)[0-9]{2}-(0[1-9]|1[0-2])$")]
Horizon = Annotated[int, Field(ge=0, le=600)]
LONGEST = 60
"""Periods that anticipation or phase-in may take."""


class Choices(BaseModel):
    """How a series is modelled.

    `interruptions`: entry, exit, entry again … as the first period exposed (`2021-07`, `2021-Q3`, a whole
    number where periods are), or a day, from which that follows. `phase_in` and `anticipation` are periods
    from each entry on, and before it; `phase_in_form` leaves them out or lets the level climb. `lag` is for
    `newey_west` (null: its default), `order` (p, q) for `arima` (null: by AICc). Without `family` the rule of
    METHODS 0.3 holds. `trend` and `slope_change` false leave out the line of time, or changes of slope.
    `breaks`: what to do where the definition changed, `series_breaks` the first periods of new definitions.
    `rolling_k`: how many periods each figure covers. `improvement`: the better side.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    frequency: Literal["month", "quarter"] | None = None
    interruptions: tuple[str | int, ...] = Field(min_length=1, max_length=12)
    method: Method = "reml_ar1"
    lag: int | None = Field(None, ge=0, le=120)
    order: tuple[Order, Order] | None = None
    slope_origin: Literal[0, 1] = 0
    seasonality: Seasonality = "auto"
    phase_in: int = Field(0, ge=0, le=LONGEST)
    phase_in_form: PhaseIn = "exclude"
    anticipation: int = Field(0, ge=0, le=LONGEST)
    covid: Covid = "pulse"
    family: Family | None = None
    horizons: tuple[Horizon, ...] = Field((0, 6, 12), max_length=60)
    alpha: float = Field(0.05, gt=0, lt=1)
    trend: bool = True
    slope_change: bool = True
    breaks: BreakRule = "term"
    series_breaks: tuple[str | int, ...] = ()
    rolling_k: int | None = Field(None, ge=1)
    improvement: Literal["up", "down", "neutral"] | None = None


class Selected(Choices):
    """Choices with the fields that name a published series.

    `indicator`, `org`, `lineage`, `from` and `to` (months, both inclusive); with `--data` not needed.
    """

    indicator: str | None = None
    org: str | None = None
    lineage: Literal["as_was", "current", "break"] = "as_was"
    begins: Month | None = Field(None, alias="from")
    ends: Month | None = Field(None, alias="to")


class Spec(Selected):
    """One series. With `minimum_detectable` what it could show is worked out too."""

    analysis: Literal["its"]
    minimum_detectable: bool = False
