"""What a document of the analysis `spc` may say."""

from collections.abc import Mapping
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field

from indicators.stats.spc import Options, RuleSet

Month = Annotated[str, Field(pattern=r"^(19|20|21)[0-9]{2}-(0[1-9]|1[0-2])$")]


class Choices(BaseModel):
    """How a series is judged. `rebase`: periods on which limits begin anew; `target`: in the values' unit.

    `chart`: single values (`xmr`), or numerators and denominators as shares (`p`) or rates (`u`) with limits
    by the size of each point, `_prime` with Laney's correction.
    `seasonally_adjusted` charts values without their season (24 months or quarters or more).
    `screen_moving_ranges` not given: the rule set's own habit. Without `improvement` neither side is better.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    chart: Literal["xmr", "p", "u", "p_prime", "u_prime"] = "xmr"
    rules: RuleSet = "mdc"
    screen_moving_ranges: bool | None = None
    improvement: Literal["up", "down", "neutral"] = "neutral"
    target: float | None = Field(None, allow_inf_nan=False)
    rebase: tuple[str | int, ...] | None = None
    fix_after: int | None = Field(None, ge=12)
    run_length: Literal[6, 7] = 7
    seasonally_adjusted: bool = False

    def options(self) -> Options:
        """As the statistics take them."""
        return Options(self.rules, self.screen_moving_ranges, self.run_length, self.fix_after)


class Spec(Choices):
    """What to chart; `series_options` holds for a series the fields that differ.

    `indicator`, `org` or `orgs`, `lineage`, `from` and `to` (months, both inclusive) choose published series
    of the warehouse; with `--data` they are not needed.
    """

    analysis: Literal["spc"]
    indicator: str | None = None
    org: str | None = None
    orgs: tuple[str, ...] | None = Field(None, min_length=1)
    lineage: Literal["as_was", "current", "break"] = "as_was"
    begins: Month | None = Field(None, alias="from")
    ends: Month | None = Field(None, alias="to")
    series_options: dict[str, Choices] = Field(default_factory=dict)

    def of(self, series: str) -> Choices:
        """The choices for one series."""
        own = self.series_options.get(series, self)
        return self.model_copy(update={name: getattr(own, name) for name in own.model_fields_set})

    def or_usual(self, usual: Mapping[str, Any]) -> "Spec":
        """With the usual better side where the document gives none; targets by date stand with the points."""
        if "improvement" in self.model_fields_set or "improvement" not in usual:
            return self
        return self.model_copy(update={"improvement": usual["improvement"]})
