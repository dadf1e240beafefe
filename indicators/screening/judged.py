"""Classes and criteria from a kept screen, under other thresholds too: nothing is estimated again."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from indicators.stats.screen.classes import Decision, classify
from indicators.stats.screen.discrimination import grade_of_share
from indicators.stats.screen.facts import Evidence
from indicators.stats.screen.measurement import MeasurementRisk
from indicators.stats.screen.quality import Quality
from indicators.stats.screen.resampling import Estimate, Scored
from indicators.stats.screen.thresholds import Thresholds

ADJUSTABLE = (
    *("coverage", "months", "reliability_gate"),
    *("false_discoveries", "discrimination", "stability"),
)
"""Thresholds that can be changed after the event, as only held facts are compared with them."""
Name = Literal[
    "coverage",
    "timeliness",
    "reliability",
    "responsiveness",
    "discrimination",
    "prediction",
    "measurement risk",
    "rebound",
]


@dataclass(frozen=True)
class Criterion:
    """One of the eight: its estimate (None where nothing can be said), grade and, without one, the reason.

    The grade of measurement risk is `low`, `medium` or `high`. `is_circular`: it counts neither way.
    """

    name: Name
    estimate: Estimate | None
    grade: str
    reason: str = ""
    is_circular: bool = False


@dataclass(frozen=True)
class Judged:
    """A row of the kept document, its eight criteria, and the class it has under the thresholds given."""

    row: Mapping[str, Any]
    criteria: tuple[Criterion, ...]
    decision: Decision

    @property
    def indicator_id(self) -> str:
        """Which indicator."""
        return str(self.row["indicator_id"])

    @property
    def org_type(self) -> str:
        """Among which type of organisation."""
        return str(self.row["org_type"])

    def of(self, name: Name) -> Criterion:
        """One of the eight criteria."""
        return next(one for one in self.criteria if one.name == name)


def judged(rows: Sequence[Mapping[str, Any]], thresholds: Thresholds) -> list[Judged]:
    """The rows of a kept document under thresholds of which only the adjustable ones may differ.

    The share of samples that is stability was counted with the limit of discrimination in force then.
    """
    return [
        Judged(row, _criteria(row, thresholds), classify(_evidence(row), thresholds))
        for row in rows
    ]


def _evidence(row: Mapping[str, Any]) -> Evidence:
    return Evidence(
        _quality(row["quality"]),
        scored(row["reliability"]),
        scored(row["response"]["excess"]),
        row["q"],
        scored(row["discrimination"]["ordinal"]),
        bool(row["discrimination"]["is_circular"]),
        scored(row["prediction"]["auc"]),
        row["stability"],
        MeasurementRisk(row["risk"]["level"], row["risk"]["found"], (), None),
    )


def _quality(part: Mapping[str, Any]) -> Quality:
    return Quality(**{**part, "coverage": scored(part["coverage"])})


def scored(part: Mapping[str, Any]) -> Scored:
    """One criterion as the document holds it."""
    return Scored(estimate_of(part["estimate"]), part["grade"], part["reason"])


def estimate_of(part: Mapping[str, Any] | None) -> Estimate | None:
    """An estimate as the document holds it; None where there is no number."""
    return None if part is None or part["value"] is None else Estimate(**part)


def _criteria(row: Mapping[str, Any], thresholds: Thresholds) -> tuple[Criterion, ...]:
    share = scored(row["discrimination"]["ordinal"])
    auc = scored(row["prediction"]["auc"])
    circular = bool(row["discrimination"]["is_circular"])
    return (
        _coverage(row, thresholds),
        _as_it_is("timeliness", row["timeliness"]),
        _as_it_is("reliability", row["reliability"]),
        _as_it_is("responsiveness", row["response"]["excess"]),
        Criterion(
            "discrimination", share.estimate, _shared(share, thresholds), share.reason, circular
        ),
        Criterion("prediction", auc.estimate, _shared(auc, thresholds), auc.reason),
        Criterion("measurement risk", None, row["risk"]["level"], _unseen(row)),
        _as_it_is("rebound", row["rebound"]["share"]),
    )


def _as_it_is(name: Name, part: Mapping[str, Any]) -> Criterion:
    found = scored(part)
    return Criterion(name, found.estimate, found.grade, found.reason)


def _coverage(row: Mapping[str, Any], thresholds: Thresholds) -> Criterion:
    found = scored(row["quality"]["coverage"])
    if found.estimate is None:
        return Criterion("coverage", None, found.grade, found.reason)
    enough = found.estimate.value >= thresholds.coverage
    passes = enough and row["quality"]["months"] >= thresholds.months
    return Criterion("coverage", found.estimate, "adequate" if passes else "weak")


def _shared(found: Scored, thresholds: Thresholds) -> str:
    """The grade of a share of pairs in the right order, under the limit in force."""
    if found.grade == "not assessable" or found.estimate is None:
        return "not assessable"
    return grade_of_share(found.estimate, thresholds)


def _unseen(row: Mapping[str, Any]) -> str:
    is_known = row["risk"]["level"] != "not assessable"
    return "" if is_known else "none of its signs could be looked for"
