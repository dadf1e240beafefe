"""What the breakdown view says: its finding in sentences, how to read it, its method and caveats."""

from typing import Any

import pandas as pd

from indicators.variation import ALL, Measure
from pages.charts.breakdown import BreakdownText
from pages.parts.variation.words import BY_WORDS, MEASURE_WORDS, Asked

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
    "Whole systems entered together: Hampshire and Isle of Wight in 2023 (seven organisations), Lancashire "
    "and South Cumbria in February 2025 (four); perhaps Devon too (four), whose entries no source gives. The "
    "intervals take organisations to be independent: by region and by board chance reaches further.",
    "Regions, boards and types are those of today; a board that closed is read as the one it became.",
    "Known to have left is a least share: for the other spells no source gives an exit, which does not mean "
    "that they went on.",
    "Spells of special measures, of the Recovery Support Programme and of its successors are never pooled. "
    "Special measures began in 2013, before the first framework era (October 2016): by era of entry shows "
    "the two times apart.",
    "Spells that the register itself doubts are in the counts, and in no time and no return.",
)

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
    "time": "months, special measures before a transfer included",
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
        f"The median time inside is {every['median']:.1f} months ({low} to {high}), from {every['timed']} "
        f"spells that can be timed; with unknown and vague dates read as early as they allow {early}, as "
        f"late as they allow {late}."
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
