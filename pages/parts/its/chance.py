"""“Was it more than chance?”: the change after entry beside the rebound of others without the programme."""

from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
import streamlit as st

from indicators.chance_words import low_point_warnings, rebound_sentence
from indicators.definition import Indicator
from indicators.entry_rebounds import EntryRebounds, entry_rebounds
from indicators.runs.record import RunRecord
from indicators.series import order_by_entry
from indicators.stats.regression_to_mean.baselines import base_sensitivity, entry_dip
from indicators.stats.regression_to_mean.excess import Rebound
from pages.charts.layers.formats import IndicatorText, format_change, format_value
from pages.charts.layers.rows import rows_of
from pages.parts.indicators import catalogue
from pages.parts.its.chance_share import low_point_share
from pages.parts.its.notes import note
from pages.parts.its.series import dated, day_of
from pages.parts.its.shadows import AskedShadows, show_shadows
from pages.parts.its.subject import Subject
from pages.parts.its.words import placebo_sentence
from pages.parts.store import ask, version

_SIDES = {"up": 1, "down": -1}
_NOT_JUDGED = "What similar organisations recovered cannot be said"


@dataclass(frozen=True)
class LowPoint:
    """What the panel needs to know of a run: its `series` (`period, value`), entered in the period `entry`.

    `better`: 1 if higher is better, −1 if lower, 0 if neither. `placebo`: what placebos say, in a sentence.
    """

    series: pd.DataFrame
    entry: str
    better: int
    placebo: str


def show_chance(run: RunRecord, subject: Subject) -> None:
    """The panel of an interrupted time series."""
    result = run.result
    show_low_point(
        LowPoint(
            series=pd.DataFrame(result["series"]),
            entry=result["interruptions"][0]["first_exposed"],
            better=_SIDES.get(result["improvement"], 0),
            placebo=placebo_sentence(result["diagnostics"]["placebo_in_time"]),
        ),
        subject,
    )


def show_low_point(found: LowPoint, subject: Subject) -> None:
    """Observed change, expected rebound and the excess; never folded away."""
    st.header("Was it more than chance?", anchor=False)
    note(
        "Organisations enter at a low point, and some of what follows would have come without support. "
        "This shows the size of that, and proves nothing."
    )
    if subject.indicator is None:
        note(f"{_NOT_JUDGED}: the series is your own.")
    else:
        _show_rebound(found, subject, subject.indicator)
    note(found.placebo)
    if subject.text.step_months == 1:
        _show_baselines(found, subject.text)


def _show_rebound(low: LowPoint, subject: Subject, indicator: Indicator) -> None:
    found = _rebounds(indicator.indicator_id, version())
    row = _row_of(found.table, str(subject.org), day_of(low.entry), indicator.step_months)
    if row is None:
        note(f"{_NOT_JUDGED}: no entry of it on record is first felt in this period.")
        return
    if pd.isna(row.why_not):
        _show_judged(row, low, subject, found)
    else:
        note(f"{_NOT_JUDGED}: {row.why_not}.")
    asked = AskedShadows(indicator.indicator_id, row.org_code, row.spell_id)
    show_shadows(asked, subject, row.why_not)
    share = low_point_share(subject)
    if share is not None:
        note(share)


def _show_judged(row: Any, low: LowPoint, subject: Subject, found: EntryRebounds) -> None:
    """Sentence and table of one entry, and what its expected rebound rests on."""
    rebound = Rebound(row.base, row.observed, row.expected, row.ci_low, row.ci_high)
    note(rebound_sentence(rebound, subject.unit, low.better))
    st.table(
        _rebound_table(rebound, subject.text).set_index("A year after the last period before entry")
    )
    together = found.found
    if together is not None:
        note(
            f"What is expected is learnt from {together.organisations} organisations without a programme in "
            "the same periods. It supposes a straight relation and entry for this measure: if entry was "
            f"decided on other grounds, too much is taken off. {_galton_sentence(row, subject.text)}"
        )


def _galton_sentence(row: Any, text: IndicatorText) -> str:
    """What the formula expects beside the regression, and by how much they differ."""
    formula, apart = (
        format_change(one, text.unit) for one in (row.galton, row.galton - row.expected)
    )
    told = f"Galton’s formula, from the low point alone, expects {formula}"
    if formula == format_change(row.expected, text.unit):
        return f"{told} too."
    return f"{told}: a difference of {apart}."


@st.cache_resource(max_entries=40, show_spinner="Reading what others recovered")
def _rebounds(indicator_id: str, _version: str) -> EntryRebounds:
    values = ask("lineage_values", indicator=indicator_id, lineage="as_was")
    types = ask("organisations")[["org_code", "org_type"]]
    return entry_rebounds(
        values.merge(types, on="org_code"), catalogue()[indicator_id], order_by_entry(ask("spells"))
    )


def _row_of(table: pd.DataFrame, org: str, start: pd.Timestamp, step: int) -> Any | None:
    """The judged spell of the organisation whose first exposed month lies in the period that starts then."""
    place = (start.year * 12 + start.month - 1) // step
    mine = table[(table["org_code"] == org) & (table["entry"] // step == place)]
    judged = mine[mine["why_not"].isna()]
    return next(iter(rows_of(judged if len(judged) else mine)), None)


def _rebound_table(rebound: Rebound, text: IndicatorText) -> pd.DataFrame:
    low, high = (format_change(end, text.unit) for end in (rebound.ci_low, rebound.ci_high))
    excess = f"{format_change(rebound.excess, text.unit)} (95 % interval {low} to {high})"
    rows = [
        ("Mean of the last three months before entry", format_value(rebound.base, text.unit)),
        ("Observed change", format_change(rebound.observed, text.unit)),
        ("Expected rebound without the programme", format_change(rebound.expected, text.unit)),
        ("Excess", excess),
    ]
    return pd.DataFrame(rows, columns=["A year after the last period before entry", "Figure"])


def _show_baselines(low: LowPoint, text: IndicatorText) -> None:
    """The effect by the months it is measured from, and what follows."""
    rows = dated(low.series)
    is_after = (rows["period_start"] >= day_of(low.entry)).to_numpy()
    value = rows["value"].to_numpy(dtype=float)
    before, after = value[~is_after], value[is_after]
    sensitivity = base_sensitivity(before, after, low.better)
    for warning in low_point_warnings(sensitivity, entry_dip(before, low.better)):
        note(warning["message"])
    told = [
        f"{format_change(one.effect, text.unit)} from {_months(one.begins, one.ends)}"
        for one in sensitivity.effects
        if np.isfinite(one.effect)
    ]
    if told:
        note(
            "Mean of the first year from entry on, less what came before. Measured from months before entry: "
            f"{', '.join(told)}."
        )


def _months(begins: int, ends: int) -> str:
    return f"month {-ends}" if begins == ends else f"months {-begins} to {-ends}"
