"""What a document of the analysis `controlled_its` may say."""

from typing import Literal

from pydantic import Field, model_validator

from indicators.analyses.its_spec import Selected
from indicators.stats.its.specification import Covid

Matching = Literal["unmatched", "slope", "level_slope"]


class Spec(Selected):
    """One that entered beside others.

    `form`: the difference of both, or all units stacked. `weights` of comparators (null: equal; they are made
    to sum to 1). Without a file `indicator`, `org`, `lineage`, `from` and `to` choose the published series,
    and comparators are the pool of its type (`matching` unmatched) or the `nearest` so many of it, by the
    slope before entry or by level, slope and size. Comparators went through the pandemic too, so `covid` is
    `none` unless asked for.
    """

    analysis: Literal["controlled_its"]
    form: Literal["difference", "stacked"] = "difference"
    covid: Covid = "none"
    weights: dict[str, float] | None = Field(None, min_length=1)
    matching: Matching = "level_slope"
    nearest: int = Field(10, ge=5, le=20)

    @model_validator(mode="after")
    def _one_way(self) -> "Spec":
        if self.form == "stacked" and self.method != "reml_ar1":
            raise ValueError("method: the stacked form has reml_ar1 alone")
        if self.form == "stacked" and self.weights is not None:
            raise ValueError("weights: only the form difference takes them")
        if self.weights is not None and not all(0 < one < 1e6 for one in self.weights.values()):
            raise ValueError("weights: each has to be above 0 and below a million")
        return self
