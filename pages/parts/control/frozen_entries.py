"""One organisation's points against the limits frozen before it entered a programme."""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from indicators.charted import within
from indicators.definition import Indicator
from indicators.stats.icons import KINDS, NO_ICON, assurance_icons, variation_icons
from indicators.stats.spc import LIMIT, Limits
from indicators.stats.withheld import SHARED
from pages.charts.layers.spell_words import count
from pages.parts.control.choice import Choice
from pages.parts.control.frozen import frozen_of
from pages.parts.control.frozen_words import month_words

MASKED = "the last month shown lies in the pandemic, which is not judged"


@dataclass(frozen=True)
class FrozenOne:
    """`points` of one spell from its baseline's first on, its two icons, and what there is to say of it.

    `why_empty`: why there are no icons, or nothing.
    """

    points: pd.DataFrame
    variation: str
    assurance: str
    told: str
    why_empty: str = ""


def frozen_one(indicator: Indicator, choice: Choice) -> FrozenOne | str:
    """The last spell of the organisation that has limits; else a sentence on why none has."""
    charts = frozen_of(indicator.indicator_id, choice.lineage, choice.options)
    spells = charts.signals[charts.signals["org_code"] == choice.org].sort_values("entry")
    if spells.empty:
        return "It has no spell of intensive support on record, so there is no entry to freeze limits before."
    with_limits = spells[spells["has_limits"].astype(bool)]
    if with_limits.empty:
        return f"No limits can be frozen before its entry: {spells['why_not'].iloc[-1]}."
    spell = with_limits.iloc[-1]
    points = charts.points[charts.points["spell_id"] == spell["spell_id"]]
    shown = within(points, (points["period_start"].iloc[0].date(), choice.shown[1]))
    variation, assurance = _icons(shown.tail(1))
    why = MASKED if shown["is_masked"].iloc[-1] else SHARED if shown["is_trial"].iloc[-1] else ""
    return FrozenOne(shown.reset_index(drop=True), variation, assurance, _told(spell), why)


def _icons(last: pd.DataFrame) -> tuple[str, str]:
    """The two icons of the last point by the frozen limits; none in a month that is left out."""
    if last["is_masked"].iloc[0] or last["is_trial"].iloc[0]:
        return NO_ICON, NO_ICON
    rule = last["rule"].iloc[0]
    direction = np.array([0 if pd.isna(rule) else last[str(rule)].iloc[0]], np.int8)
    kind = np.array([KINDS.index(last["kind"].iloc[0])], np.int8)
    mean, upper = last["mean"].to_numpy(dtype=float), last["upper"].to_numpy(dtype=float)
    limits = Limits(mean, (upper - mean) / LIMIT)
    better = last["improvement"].to_numpy(dtype=np.int8)
    assurance = assurance_icons(limits, last["target"].to_numpy(dtype=float), better)
    return str(variation_icons(kind, direction)[0]), str(assurance[0])


def _told(spell: pd.Series) -> str:
    """What the limits rest on, and how long after entry the first lasting improvement was."""
    begins, ends = month_words(spell["baseline_from"]), month_words(spell["baseline_to"])
    number = count(int(spell["baseline_points"]), "point")
    entered = f"{spell['programme'].upper()} ({month_words(spell['entry'])})"
    limits = f"Limits are frozen before entry into {entered}, from {number}, {begins} to {ends}"
    if pd.notna(spell["why_not"]):
        return f"{limits}."
    if pd.isna(spell["improved_after"]):
        watched = count(int(spell["watched"]), "month")
        return f"{limits}; no lasting improvement in {watched} of watching."
    months = count(int(spell["improved_after"]), "month")
    return f"{limits}; the first lasting improvement came {months} after entry."
