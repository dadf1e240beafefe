"""Breakdowns of programme experience in words: what is compared, its groups, and what each figure says."""

from dataclasses import dataclass
from typing import Any

import pandas as pd

from indicators.variation import ALL, FEW, TOO_FEW, Measure
from indicators.variation_groups import (
    BEFORE_ERAS,
    DIRECT,
    FROM_SPECIAL_MEASURES,
    NOT_STATED,
    By,
)
from pages.charts.layers.formats import format_month
from pages.parts.spells import PATHWAY_WORDS, TYPE_WORDS

BY_WORDS: dict[By, str] = {
    "region": "Region",
    "icb": "ICB",
    "org_type": "Type of organisation",
    "pathway": "Pathway",
    "route": "How it came in",
    "era": "Era of entry",
}
MEASURE_WORDS: dict[Measure, str] = {
    "inside": "Ever inside",
    "share": "Share ever inside",
    "time": "Median time inside",
    "left": "Share known to have left",
    "returned": "Returned within 24 months",
}
ROUTE_WORDS = {
    FROM_SPECIAL_MEASURES: "Transferred from special measures",
    DIRECT: "Entered without special measures before",
    NOT_STATED: "How it came in is not stated",
}
NOT_STATED_WORDS: dict[By, str] = {
    "region": "Region not stated",
    "icb": "No single board (such as ambulance trusts)",
    "org_type": "Type not stated",
    "pathway": "Pathway not stated",
}
UNANSWERABLE: dict[tuple[By, Measure], str] = {
    **{
        (
            "pathway",
            measure,
        ): "A pathway is named after whether a spell is known to have ended, so that "
        "rates and times by pathway only repeat how the groups were made."
        for measure in ("time", "left", "returned")
    },
    (
        "route",
        "time",
    ): "The time of a transferred spell is counted from its special measures on, and its "
    "first years were watched in no spell of this programme, so that lengths cannot be compared by "
    "how organisations came in.",
    **{
        (
            by,
            "share",
        ): "Pathways, ways in and eras are kinds of spell. There is no number of organisations "
        "that they could be a share of."
        for by in ("pathway", "route", "era")
    },
}
"""What is asked for but would mislead, with the reason."""


GROUP_ORDER: dict[By, tuple[str, ...]] = {
    "org_type": tuple(TYPE_WORDS),
    "pathway": tuple(PATHWAY_WORDS),
    "route": tuple(ROUTE_WORDS),
    "era": (BEFORE_ERAS, "R0", "R1", "R2", "R3"),
}
"""Groups that have an order of their own; the others are in order of their names."""


@dataclass(frozen=True)
class Asked:
    """What a breakdown is asked for: by what, which measure, which groups of programmes."""

    by: By
    measure: Measure
    groups: tuple[str, ...]

    @property
    def among(self) -> str:
        """The programmes in a sentence."""
        if len(self.groups) > 1:
            return "programmes of intensive support"
        return {
            "rsp": "the Recovery Support Programme",
            "special-measures": "special measures",
            "successors": "the programmes that followed it",
        }[self.groups[0]]


def group_labels(by: By, boards: dict[str, str], eras: pd.DataFrame) -> dict[str, str]:
    """The names of the groups that are not their own names."""
    missing = {NOT_STATED: NOT_STATED_WORDS[by]} if by in NOT_STATED_WORDS else {}
    names: dict[By, dict[str, str]] = {
        "icb": boards,
        "org_type": TYPE_WORDS,
        "pathway": PATHWAY_WORDS,
        "route": ROUTE_WORDS,
        "era": _era_words(eras),
    }
    return {**names.get(by, {}), **missing, ALL: "All"}


def _era_words(eras: pd.DataFrame) -> dict[str, str]:
    dated = eras.dropna(subset="starts_on").sort_values("starts_on")
    first = format_month(dated["starts_on"].iloc[0])
    words = {
        era.era_id: f"entered {format_month(era.starts_on)} to {format_month(era.ends_on)}"
        if pd.notna(era.ends_on)
        else f"entered since {format_month(era.starts_on)}"
        for era in dated.itertuples()
    }
    return {
        BEFORE_ERAS: f"entered before {first}",
        **words,
        NOT_STATED: "entry not placed in one era",
    }


def figure_words(row: Any, measure: Measure) -> str:
    """What stands beside a group's row: its figure and the numbers behind it, or why there is none."""
    if measure == "time":
        return _time_words(row)
    counts = f"{row.k} of {row.n}" if pd.notna(row.n) else f"{row.k}"
    if measure == "inside":
        return counts
    if not row.n:
        return "none to follow" if measure == "returned" else "no spell"
    if row.n < TOO_FEW:
        return f"{counts}: too few for a rate"
    return f"{row.estimate:.1f} % ({counts}){_few(row.n)}"


def _few(number: int) -> str:
    return ", few" if number < FEW else ""


def _time_words(row: Any) -> str:
    if row.n < TOO_FEW:
        return f"{row.n} timed: too few" if row.n else "none timed"
    if pd.isna(row.estimate):
        return f"{row.n} timed: no median"
    return f"{row.estimate:.1f} months ({row.n}){_few(row.n)}"


def interval_words(row: Any, measure: Measure) -> str:
    """The figure with its interval, for hovers."""
    words = figure_words(row, measure)
    if pd.isna(row.estimate) or measure == "inside":
        return words
    unit = " months" if measure == "time" else " %"
    high = "open" if pd.isna(row.high) else f"{row.high:.1f}{unit}"
    low = "not given" if pd.isna(row.low) else f"{row.low:.1f}"
    return f"{words}; 95 % interval {low} to {high}"
