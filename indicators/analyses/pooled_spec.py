"""What a document of the analysis `pooled` may say."""

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, model_validator

from indicators.analyses.spc_spec import Month
from indicators.stats.pooled.randomisation import SEED
from indicators.stats.pooled.together import Method

Controls = Literal["segment_3", "never", "not_yet", "unexposed"]
OrgType = Literal["trust", "acute", "mental_health", "community", "ambulance", "specialist", "icb"]
Programme = Literal["all", "special-measures", "rsp"]
Before = tuple[Annotated[int, Field(ge=-60, le=-1)], Annotated[int, Field(ge=-60, le=-1)]]
Window = tuple[Annotated[int, Field(ge=-120, le=-1)], Annotated[int, Field(ge=0, le=120)]]


class Spec(BaseModel):
    """Whose event is asked for, measured against what, beside whom.

    `event`: the year from an `entry` on, all the time inside the `programme` that it begins, the year from an
    `exit` on, or from an `exposure` (a neighbour's entry). `programme`: entries into, or exits from, special
    measures or the Recovery Support Programme (with those that followed it) alone.

    Numbers of periods are in the unit of the data. `base`: periods before the event that its year is held
    against (null: the year before); `window`: event times of the event study (null: two years either way),
    with `anticipation` periods before the event left out of its fit (null: a quarter of a year). `controls`:
    `never` entered (usual with a file), of these only who was in `segment_3` and never lower (usual without),
    or those that have `not_yet` too. `method`: of tau². `improvement`: which way is better (usual: the
    catalogue's). Without a file `indicator`, `org_type`, `lineage`, `from` and `to` choose the published
    series.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    analysis: Literal["pooled"]
    event: Literal["entry", "programme", "exit", "exposure"] = "entry"
    programme: Programme = "all"
    base: Before | None = None
    window: Window | None = None
    anticipation: int | None = Field(None, ge=0, le=24)
    controls: Controls | None = None
    method: Method = "PM"
    improvement: Literal["up", "down", "neutral"] | None = None
    alpha: float = Field(0.05, gt=0, lt=1)
    draws: int = Field(999, ge=99, le=9999)
    seed: int = Field(SEED, ge=0)
    indicator: str | None = None
    org_type: OrgType = "trust"
    lineage: Literal["as_was", "current", "break"] = "as_was"
    begins: Month | None = Field(None, alias="from")
    ends: Month | None = Field(None, alias="to")

    @model_validator(mode="after")
    def _in_order(self) -> "Spec":
        if self.base is not None and self.base[0] > self.base[1]:
            raise ValueError("base: the first period is later than the last")
        if self.event == "exposure" and self.programme != "all":
            raise ValueError("programme: an exposure is to any programme, so choose all")
        return self
