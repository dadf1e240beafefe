"""What an indicator is: the contents of one catalogue file, checked."""

from datetime import date
from typing import Literal, Self

from pydantic import BaseModel, ConfigDict, Field, model_validator

Unit = Literal[
    "percent", "signed_percent", "points", "count", "seconds", "days", "ratio", "score", "per_1000"
]
"""`percent` lies in 0 to 100, or up to the end of `quality.range` where that is more (beds can be overfull);
`signed_percent` (growth, margins) and `points` (of a percentage) need not."""
OrgLevel = Literal[
    "acute", "specialist", "mental_health", "community", "ambulance", "icb", "region", "england"
]


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True)


class Measures(_Part):
    """Where the figures come from: `value = scale * numerator / denominator` (or `scale * numerator`).

    `denominator_source` is given where the denominator is another publication's.
    """

    source: str
    numerator: str
    denominator: str | None = None
    denominator_source: str | None = None
    scale: float = 1


class Standard(_Part):
    """A published standard or ambition, in the indicator's unit, from a date on (inclusive)."""

    on: date
    value: float
    label: str
    kind: Literal["standard", "ambition"] = "standard"


class Break(_Part):
    """A change of definition: drawn on every chart, never read as a change in care."""

    on: date
    label: str


class Quality(_Part):
    """What values are possible (inclusive), and the denominator below which a value is too shaky to show."""

    range: tuple[float, float] | None = None
    min_denominator: int = 0


class Review(_Part):
    """Who answers for this file, and until when."""

    author: str
    checker: str
    reviewed_on: date
    next_review: date
    status: Literal["published", "preview", "awaiting_data", "retired"]


class Indicator(_Part):
    """One indicator: its meaning for a reader, and what the warehouse makes it from.

    `order` is its place in lists and on pages, the smallest first.
    """

    indicator_id: str = Field(pattern=r"^[a-z][a-z0-9_]*$")
    title: str
    short_title: str
    unit: Unit
    better: Literal["higher", "lower", "neither"]
    org_levels: tuple[OrgLevel, ...]
    cadence: Literal["month", "quarter", "year"]
    order: int = Field(ge=0)
    lag_days: int = Field(ge=0)
    rolling_k: int = Field(default=1, ge=1)
    oversight_code: str | None = None
    in_segment_formula: tuple[Literal["R0", "R1", "R2", "R3"], ...] = ()
    theme: str
    numerator_text: str
    denominator_text: str | None = None
    why: str
    method: str
    caveats: tuple[str, ...] = ()
    measures: Measures = Field(alias="from")
    standards: tuple[Standard, ...] = Field(default=(), alias="standard")
    breaks: tuple[Break, ...] = Field(default=(), alias="break")
    quality: Quality = Quality()
    review: Review

    @model_validator(mode="after")
    def _is_consistent(self) -> Self:
        if self.unit == "percent" and self.measures.denominator and self.measures.scale != 100:
            raise ValueError("a percent with a denominator needs scale = 100")
        if self.measures.denominator and not self.denominator_text:
            raise ValueError("denominator_text must say what the denominator is")
        if [s.on for s in self.standards] != sorted(s.on for s in self.standards):
            raise ValueError("standards must be in order of date")
        return self
