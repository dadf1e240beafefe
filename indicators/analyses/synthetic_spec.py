"""What a document of the analysis `synthetic_control` may say."""

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, model_validator

from indicators.analyses.spc_spec import Month
from indicators.stats.synthetic.control import Form, Options
from indicators.stats.synthetic.simplex import Solver

When = str | int
"""A period as the rows write it."""


class Predictor(BaseModel):
    """A column of the file: its mean over the periods `from` to `to` (both inclusive), blanks left out."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    column: str
    begins: When = Field(alias="from")
    ends: When = Field(alias="to")


class Spec(BaseModel):
    """Who entered (`treated` in a file, `org` of the warehouse), when, and which synthetic control is wanted.

    `interruption`: the day or month of entry, or the first period inside. `left`: those of leaving; the
    periods outside from then on are not used. `ridge`: strength of that form, null for the best. `solver`:
    `frank_wolfe` stops early as the R package synthdid does, to compare with its figures. `predictors`:
    weights (form `plain`) by these columns, so that outcomes from `fit_from` to `fit_to` (both inclusive;
    usually all before entry) are met.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    analysis: Literal["synthetic_control"]
    treated: str | None = None
    interruption: When
    left: When | None = None
    form: Form = "demeaned"
    ridge: Annotated[float, Field(gt=0, allow_inf_nan=False)] | None = None
    solver: Solver = "exact"
    predictors: tuple[Predictor, ...] | None = Field(None, min_length=2)
    fit_from: When | None = None
    fit_to: When | None = None
    alpha: float = Field(0.05, gt=0, lt=1)
    indicator: str | None = None
    org: str | None = None
    lineage: Literal["as_was", "current", "break"] = "as_was"
    begins: Month | None = Field(None, alias="from")
    ends: Month | None = Field(None, alias="to")

    @model_validator(mode="after")
    def _fields_of_one_form(self) -> "Spec":
        if self.ridge is not None and self.form != "ridge":
            raise ValueError("ridge: only the form ridge has a strength")
        if self.predictors and (self.form != "plain" or self.solver != "exact"):
            raise ValueError("predictors: only the form plain takes them, with the exact solver")
        if not self.predictors and (self.fit_from is not None or self.fit_to is not None):
            raise ValueError("fit_from, fit_to: only with predictors")
        return self

    @property
    def options(self) -> Options:
        """As the statistics take them."""
        return Options(self.form, self.ridge, self.solver)
