"""The analysis `screen`: one indicator by every criterion, or all of them compared and classed."""

from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field, field_validator

from indicators.analyses.own_data import OwnData
from indicators.analyses.refusal import Refusal, warn
from indicators.screening.compared import stability_of, tested
from indicators.screening.document import as_document, of_looked, plain
from indicators.screening.given import ScreenRows
from indicators.screening.looks import look_at
from indicators.screening.rows import Looked
from indicators.screening.screen import Asked, Screen, together
from indicators.stats.screen.resampling import SEED
from indicators.stats.screen.thresholds import Thresholds, changed

OrgType = Literal["acute", "specialist", "mental_health", "community", "ambulance", "icb"]
_ALONE = "What comes of comparing indicators (q, ranks, cluster and class) is left out"


class Spec(BaseModel):
    """Which `indicator` (null: all, compared) is asked for, among which type of organisation (null: each).

    `thresholds`: those that are not the usual ones, by name; `seed`: of the shuffles.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    analysis: Literal["screen"]
    indicator: str | None = None
    org_type: OrgType | None = None
    thresholds: dict[str, float] = Field(default_factory=dict)
    seed: int = Field(SEED, ge=0)

    @field_validator("thresholds")
    @classmethod
    def _there_are(cls, given: dict[str, float]) -> dict[str, float]:
        changed(given)
        return given


def read(data: OwnData) -> ScreenRows:
    """Refused: the screen takes published figures, with the segments and programmes beside them."""
    text = f"{data.name}: the screen takes published figures only, so leave out --data."
    raise Refusal("BAD_DATA", text)


def run(spec: Spec, rows: ScreenRows) -> dict[str, Any]:
    """All indicators as `python -m indicators screen` has them, or one before it is compared with others."""
    asked = Asked(changed(spec.thresholds), spec.seed)
    looks = [look_at(one, rows.context, asked.thresholds) for one in rows.figures]
    is_alone = spec.indicator is not None
    told = _alone(looks[0].rows, asked) if is_alone else result_of(together(looks, asked))
    told["rows"] = [row for row in told["rows"] if spec.org_type in (None, row["org_type"])]
    if not told["rows"]:
        raise Refusal("NEEDS_DATA", _nobody(spec))
    return told


def result_of(screen: Screen) -> dict[str, Any]:
    """The result of all indicators compared, among every type."""
    return {"ok": True, **as_document(screen), "warnings": []}


def document_of(asked: Asked) -> dict[str, Any]:
    """The document of which that is the result: only thresholds that are not the usual ones are named."""
    changes = {name: now for name, _, now in asked.thresholds.changes()}
    return {"analysis": "screen", "thresholds": changes, "seed": asked.seed}


def _alone(looked: tuple[Looked, ...], asked: Asked) -> dict[str, Any]:
    return {
        "ok": True,
        "analysis": "screen",
        "seed": asked.seed,
        "thresholds": vars(asked.thresholds),
        "changes": [list(change) for change in asked.thresholds.changes()],
        "rows": [_row(one, asked.thresholds) for one in looked],
        "warnings": [warn("NOT_COMPARED", f"{_ALONE}. Leave out `indicator` to have it.")],
    }


def _row(looked: Looked, thresholds: Thresholds) -> dict[str, Any]:
    stable = stability_of(looked, thresholds)
    found = of_looked(looked) | {"p": tested(looked), "stability": stable}
    return dict(plain(found))


def _nobody(spec: Spec) -> str:
    who = "of any type" if spec.org_type is None else f"of the type {spec.org_type}"
    what = "an indicator" if spec.indicator is None else spec.indicator
    return f"org_type: fewer than five organisations {who} have a figure of {what}."
