"""The result of a recorded `its` run as typed fields: a damaged record is told and not half printed."""

from typing import Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from indicators.analyses.refusal import Refusal
from indicators.runs.record import RunRecord


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="ignore", allow_inf_nan=False)


class Estimate(_Part):
    """One figure with its interval (both ends inclusive)."""

    estimate: float
    se: float
    df: float | None
    ci_low: float
    ci_high: float
    p: float | None


class Coefficient(Estimate):
    """A term of the model."""

    term: str


class Effect(Estimate):
    """The change so many periods after the start of an interruption; `percent` is of the counterfactual."""

    horizon: int
    period: str
    counterfactual: float
    percent: float | None
    percent_low: float | None
    percent_high: float | None
    evidence: str


class Total(Estimate):
    """A mean or a sum over the periods after an interruption; `events` where figures are counted."""

    periods: int
    evidence: str
    events: Estimate | None = None


class Change(_Part):
    """Everything that one interruption changed."""

    effects: tuple[Effect, ...]
    mean_effect: Total
    cumulative: Total


class Slope(Estimate):
    """The slope per period of one stretch."""

    stretch: str


class Interruption(_Part):
    """`first_exposed` is the first period exposed, `start` the one from which its terms count."""

    interruption: int
    kind: Literal["entry", "exit"]
    first_exposed: str
    start: str


class LagTest(_Part):
    """A test of residuals that are alike up to a lag."""

    lag: int
    statistic: float
    p: float


class Placebo(_Part):
    """Where the real change stands among made-up ones before the first interruption."""

    number: int
    rank: int
    p: float
    observed_t: float


class Diagnostics(_Part):
    """Checks of the fitted model: shown, never used to choose it."""

    durbin_watson: float
    breusch_godfrey: tuple[LagTest, ...]
    ljung_box: LagTest
    variance_ratio: float | None
    outliers: int
    curvature_aicc: float | None
    level_without_last_three: Estimate | None
    placebo_in_time: Placebo | None


class SeriesRow(_Part):
    """One period; `why` says why it was left out. Numerator and denominator where figures are counted."""

    period: str
    value: float | None
    fitted: float | None
    counterfactual: float | None
    counterfactual_low: float | None
    counterfactual_high: float | None
    numerator: float | None = None
    denominator: float | None = None
    used: bool
    why: str | None


class Warned(_Part):
    """Something that a reader has to know."""

    code: str
    message: str


class Result(Change):
    """A result of `its` (CONTRACTS §4): the first interruption at the top, later ones in a list."""

    ok: Literal[True]
    n: int
    n_pre: int
    n_post: int
    segments: tuple[int, ...]
    grade: str
    method: str
    family: str
    link: str
    seasonality: str
    covid: str
    slope_origin: int
    improvement: str | None
    dropped_terms: tuple[str, ...]
    interruptions: tuple[Interruption, ...] = Field(min_length=1)
    coefficients: tuple[Coefficient, ...]
    phi: float | None
    sigma: float
    order: tuple[int, ...] | None
    later_interruptions: tuple[Change, ...]
    effects_against_flat: tuple[Effect, ...]
    slopes: tuple[Slope, ...]
    diagnostics: Diagnostics
    series: tuple[SeriesRow, ...] = Field(min_length=1)
    warnings: tuple[Warned, ...]

    @property
    def changes(self) -> tuple[tuple[Interruption, Change], ...]:
        """Every interruption with what it changed, in order of time."""
        return tuple(zip(self.interruptions, (self, *self.later_interruptions), strict=True))

    def place(self, period: str) -> int | None:
        """The row (from 0) of a period; None if the series does not reach it."""
        return next((at for at, row in enumerate(self.series) if row.period == period), None)


def result_of(record: RunRecord) -> Result:
    """The result of a record; Refusal `BAD_RUN` where it is of another analysis, or not whole."""
    name = record.document.get("analysis")
    if name != "its":
        text = (
            f"Run {record.run_id} is of the analysis {name}, and reports are written of its runs."
        )
        raise Refusal("BAD_RUN", text)
    try:
        result = Result.model_validate(record.result)
    except ValidationError as error:
        first = error.errors()[0]
        place = ".".join(map(str, first["loc"]))
        text = f"Run {record.run_id} cannot be reported: its result is damaged at {place} ({first['msg']})."
        raise Refusal("BAD_RUN", text) from error
    if len(result.interruptions) != 1 + len(result.later_interruptions):
        text = "its interruptions and what they changed are not equal in number"
        raise Refusal("BAD_RUN", f"Run {record.run_id} cannot be reported: {text}.")
    return result
