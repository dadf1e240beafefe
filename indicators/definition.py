"""What an indicator is: the contents of one catalogue file, checked."""

from datetime import date
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

Words = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]
Unit = Literal[
    "percent",
    "signed_percent",
    "points",
    "count",
    "seconds",
    "days",
    "ratio",
    "score",
    "per_1000",
    "per_100000",
]
"""`percent` lies in 0 to 100, or up to the end of `quality.range` where that is more (beds can be overfull);
`signed_percent` (growth, margins) and `points` (of a percentage) need not."""
BELOW_ZERO: tuple[Unit, ...] = ("signed_percent", "points")
"""Units whose figures can lie below zero, so that no share of an earlier figure means anything."""
OrgLevel = Literal[
    "acute", "specialist", "mental_health", "community", "ambulance", "icb", "region", "england"
]
Theme = Literal[
    "quality of care, access and outcomes",
    "preventing ill health and reducing inequalities",
    "people",
    "finance and use of resources",
    "leadership and capability",
    "local strategic priorities",
]
"""The five national themes and the local strand of the frameworks of 2021/22 to 2024/25 (R1). Where an
indicator stands is this project's reading."""
Era = Literal["R0", "R1", "R2", "R3"]
Group = Literal[
    "urgent",
    "ambulance",
    "elective",
    "cancer",
    "beds",
    "community",
    "outcomes",
    "people",
    "finance",
    "oversight",
]
"""The folders of the catalogue, in the order in which pages show them."""


class _Part(BaseModel):
    model_config = ConfigDict(
        frozen=True, extra="forbid", populate_by_name=True, allow_inf_nan=False
    )


class Measures(_Part):
    """Where the figures come from: `value = scale * numerator / denominator` (or `scale * numerator`).

    `denominator_source` is given where the denominator is another publication's. `publication` is the title
    of a source that is not read yet, so that readers learn what is awaited.
    """

    source: Words
    publication: Words | None = None
    numerator: Words
    denominator: Words | None = None
    denominator_source: Words | None = None
    scale: float = Field(default=1, gt=0)


class Standard(_Part):
    """A published standard or ambition, in the indicator's unit, from a date on (inclusive)."""

    on: date
    value: float
    label: Words
    kind: Literal["standard", "ambition"] = "standard"


class Break(_Part):
    """A change of definition: drawn on every chart, never read as a change in care."""

    on: date
    label: Words


class Quality(_Part):
    """What values are possible (inclusive), and the denominator below which control charts judge none."""

    range: tuple[float, float] | None = None
    min_denominator: int = Field(default=0, ge=0, le=10**9)


class ExpertLevel(_Part):
    """A level of measurement risk that a named person set on a day, and the reason."""

    level: Literal["low", "medium", "high"]
    by: Words
    on: date
    because: Words


class Review(_Part):
    """Whose the file is, and until when it holds.

    `owner` answers for the indicator today, `author` wrote its file, `checker` is a second person.
    """

    owner: Words
    author: Words
    checker: Words
    reviewed_on: date
    next_review: date
    status: Literal["published", "preview", "awaiting_data", "retired"]


class Indicator(_Part):
    """One indicator: its meaning for a reader, and what the warehouse makes it from.

    `group` is the folder of its file: indicators of a group are shown together. `order` is its place in
    lists and on pages, the smallest first. `method` is the definition, `numerator_text` and
    `denominator_text` are its parts in words. `lag_days` is the usual time from the end of a period to its
    publication. `overlap` is how many periods of data a figure shares with the one before though it is of one
    period (growth over twelve months, given monthly: 11); with `rolling_k`, of several, it need not be given.
    `oversight_code` is the metric it is in the frameworks' lists, `oversight_names` are metrics
    whose codes are not public, as the lists name them: domains and versions follow from these
    (`sql/reads/indicator_frameworks.sql`). `in_segment_formula` are the eras in which it is an input to the
    segment, so that showing it beside segments is circular. `tags` are further words to find it by.
    `radar_exclusion` says why new signals of it are not reported. `paired_with` is an indicator of the same
    care that should improve with it, and worsens where figures are made to look well. `measurement_risk` is
    an expert's level in place of the one that the figures show.
    """

    indicator_id: str = Field(pattern=r"^[a-z][a-z0-9_]*$")
    group: Group
    title: Words
    short_title: Words
    unit: Unit
    better: Literal["higher", "lower", "neither"]
    org_levels: tuple[OrgLevel, ...] = Field(min_length=1)
    cadence: Literal["month", "quarter", "year"]
    order: int = Field(ge=0)
    lag_days: int = Field(ge=0, le=3_660)
    rolling_k: int = Field(default=1, ge=1)
    overlap: int = Field(default=0, ge=0)
    oversight_code: Words | None = None
    oversight_names: tuple[Words, ...] = ()
    in_segment_formula: tuple[Era, ...] = ()
    theme: Theme
    tags: tuple[Words, ...] = ()
    radar_exclusion: Words | None = None
    paired_with: str | None = None
    measurement_risk: ExpertLevel | None = None
    numerator_text: Words
    denominator_text: Words | None = None
    why: Words
    method: Words
    caveats: tuple[Words, ...] = ()
    measures: Measures = Field(alias="from")
    standards: tuple[Standard, ...] = Field(default=(), alias="standard")
    breaks: tuple[Break, ...] = Field(default=(), alias="break")
    quality: Quality = Quality()
    review: Review

    @property
    def step_months(self) -> int:
        """Months from one figure to the next."""
        return {"month": 1, "quarter": 3, "year": 12}[self.cadence]

    @property
    def shared_periods(self) -> int:
        """How many periods of data neighbouring figures share: none where each stands by itself."""
        return max(self.rolling_k - 1, self.overlap)
