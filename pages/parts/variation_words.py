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
from pages.charts._formats import format_month
from pages.charts.breakdown import BreakdownText
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
READING = (
    "Order is for reading, not a ranking. A line is the 95 % interval: how far chance alone could have moved "
    "the figure. Under five no rate is drawn, only the counts; five to nine are a hollow "
    "point and “few”. The dashed line is the figure of all groups together."
)
METHOD = (
    "Shares have Wilson intervals. The median time inside is a Kaplan–Meier estimate, log–log interval, "
    "from the first entry into intensive support (special measures before a transfer included) to a known "
    "exit; spells without one count up to the last day a source places them inside. It is given only where "
    "five spells were watched from the start. A return is an entry into any programme, or a statement of the "
    "top segment, within 24 months of leaving and under the same framework; only exits that were watched for "
    "all 24 months are counted."
)
TOGETHER = (
    "Whole systems entered together, so that chance reaches further than these intervals say."
)
"""Said where groups are places: entries of one system are not independent of each other."""
CAVEATS = (
    "Organisations there were: every trust, and for the Recovery Support Programme every board, that was "
    "open on some day while the programme ran, after the dates of opening and closing of the organisation "
    "reference. One formed by merger counts beside those it was formed from.",
    "Whole systems entered together (Hampshire and Isle of Wight, Lancashire and South Cumbria, Devon). "
    "Their organisations are not independent of each other, as the intervals take them to be: by region and "
    "by board chance reaches further than the intervals say.",
    "Regions, boards and types are those of today; a board that closed is read as the one it became.",
    "Known to have left is a least share: for the other spells no source gives an exit, which does not mean "
    "that they went on.",
    "Spells of special measures, of the Recovery Support Programme and of its successors are never pooled. "
    "Special measures began in 2013, before the first framework era (October 2016): by era of entry shows "
    "the two times apart.",
    "Spells that the register itself doubts are in the counts, and in no time and no return.",
)


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


_READ_CHART: dict[Measure, str] = {
    "inside": "Blue: ever inside. Grey: all that there were while it ran.",
    "share": "Point: share. Line: 95 % interval. Hollow: of fewer than ten.",
    "time": "Point: median. Line: 95 % interval; arrow: open-ended. Hollow: of fewer than ten.",
    "left": "Point: share with a known exit. Line: 95 % interval. Hollow: of fewer than ten.",
    "returned": "Point: share that returned. Line: 95 % interval. Hollow: of fewer than ten.",
}
_AXES: dict[Measure, str] = {
    "inside": "number of organisations",
    "share": "per cent of organisations",
    "time": "months",
    "left": "per cent of spells",
    "returned": "per cent of exits followed for 24 months",
}


def chart_text(asked: Asked) -> BreakdownText:
    """What the chart of a breakdown says of itself."""
    measure, by = MEASURE_WORDS[asked.measure], BY_WORDS[asked.by]
    reading = _READ_CHART[asked.measure]
    if asked.measure == "inside" and asked.by in ("pathway", "route", "era"):
        reading = "Blue: organisations ever inside."
    return BreakdownText(
        title=f"{measure}, by {by if by == 'ICB' else by.lower()}",
        axis_title=_AXES[asked.measure],
        unit="months" if asked.measure == "time" else "percent",
        reading=(reading,),
    )


def overall_sentence(asked: Asked, table: pd.DataFrame) -> str:
    """The figure of all groups together, or that there is none."""
    if len(asked.groups) > 1:
        return (
            "Each programme and era stands by itself: what they asked of organisations differs too much "
            "to be added up."
        )
    every = table[table["group"] == ALL].iloc[0]
    if asked.measure in ("inside", "share"):
        of = (
            f"Of the {every['existing']} organisations open while it ran, "
            if pd.notna(every["existing"])
            else ""
        )
        noun = "" if of else " organisations"
        return f"{of}{every['organisations']}{noun} are on record as ever inside {asked.among}."
    if asked.measure == "left":
        return f"{every['left']} of {every['spells']} spells in {asked.among} have a known exit."
    if asked.measure == "returned":
        return (
            f"Of {every['followed']} exits from {asked.among} that were followed for 24 months, "
            f"{every['returned']} {'was' if every['returned'] == 1 else 'were'} followed by a return."
        )
    return _median_sentence(every)


def _median_sentence(every: Any) -> str:
    if pd.isna(every["median"]):
        return f"{every['timed']} spells can be timed, and no median can be given."
    low, high = (
        "open" if pd.isna(every[name]) else f"{every[name]:.1f}"
        for name in ("median_low", "median_high")
    )
    early, late = (
        "not reached" if pd.isna(every[name]) else f"{every[name]:.1f}"
        for name in ("median_earliest", "median_latest")
    )
    return (
        f"Half of the {every['timed']} spells that can be timed had a known exit within "
        f"{every['median']:.1f} months ({low} to {high}); with unknown and vague dates read as early as "
        f"they allow {early}, as late as they allow {late}."
    )


def chance_sentence(apart: list[str], intervals: int) -> str:
    """What of the differences may be chance: how many intervals leave out the figure of all."""
    if intervals < 2:
        return "The groups are too small to be compared: no statement on their differences can be made."
    if not apart:
        return (
            f"The 95 % intervals of all {intervals} groups that are large enough take in the figure of all: "
            "differences of this size can be chance."
        )
    differ = "differs" if len(apart) == 1 else "differ"
    return (
        f"{', '.join(apart)} {differ} from the figure of all by more than the 95 % interval; chance alone "
        f"would do that to about {0.05 * intervals:.1f} of {intervals} groups. The other differences can be "
        "chance."
    )
