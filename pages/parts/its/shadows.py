"""Those that had a year like the one before an entry, and were never in a programme."""

from dataclasses import dataclass
from typing import Any

import pandas as pd
import streamlit as st

from indicators.entry_shadows import EntryShadows, entry_shadows
from indicators.series import order_by_entry
from pages.charts.interrupted import Interruption, Room
from pages.charts.layers.formats import (
    IndicatorText,
    format_change,
    format_month,
    format_value,
)
from pages.charts.layers.spell_words import count
from pages.charts.shadows import HEIGHT, BesideShadows, draw_shadows
from pages.parts.frame import Look, look_now, show_chart, show_table, tokens_of
from pages.parts.indicators import catalogue
from pages.parts.its.notes import note
from pages.parts.its.series import span_of
from pages.parts.its.subject import Subject
from pages.parts.its.synthetic_names import named, short_name
from pages.parts.specs import spec_of
from pages.parts.store import ask, version

_NOT_SOUGHT = "Others with a year like this one before entry are not shown"
_MEAN = "Mean of the others"


@dataclass(frozen=True)
class AskedShadows:
    """The spell of an organisation whose shadows are sought, by an indicator."""

    indicator_id: str
    org: str
    spell_id: str


def show_shadows(asked: AskedShadows, subject: Subject, why_no_rebound: str | None) -> None:
    """The chart, a sentence and a table of the shadows; or in a sentence why there are none.

    `why_no_rebound`: what was said just before, so that it is not said twice.
    """
    found = _shadows(asked, version())
    if isinstance(found, str):
        why = ", for the same reason" if found == why_no_rebound else f": {found}"
        note(f"{_NOT_SOUGHT}{why}.")
        return
    told = shadows_sentence(found, subject.name, subject.text)
    note(told)
    if not found.is_enough:
        return
    alt = f"{subject.measure}, from a year before entry on. {told}"
    show_chart(_drawn(found, subject), alt, "its-shadows")
    show_table(
        lambda: _table(found, subject.text),
        f"{subject.file_name}-shadows",
        "The organisations with a year like this one",
    )


@st.cache_resource(max_entries=200, show_spinner=False)
def _shadows(asked: AskedShadows, data_version: str) -> EntryShadows | str:
    values = ask("lineage_values", indicator=asked.indicator_id, lineage="as_was")
    never = ask("never_in_programme", org=asked.org)["org_code"]
    spells, indicator = order_by_entry(ask("spells")), catalogue()[asked.indicator_id]
    return entry_shadows(values, indicator, spells, asked.spell_id, list(never))


def shadows_sentence(found: EntryShadows, name: str, text: IndicatorText) -> str:
    """How many there are, and by how much they and the entrant changed; or that they are too few."""
    number, before = len(found.shadows), format_month(found.first)
    if not found.is_enough:
        who = "none" if not number else f"only {number}"
        return (
            f"Of {count(found.compared, 'organisation')} of its type never in a programme {who} had a year "
            f"like this one before {before}: too few to show beside it."
        )
    told = f"{number} organisations never in a programme had a year like this one before {before}"
    change = found.changes["change"]
    others = change.iloc[1:].dropna()
    if pd.isna(change.iloc[0]) or others.empty:
        who = "it has" if pd.isna(change.iloc[0]) else "they have"
        return f"{told}; {who} no figure a year on to compare."
    mean, low, high, own = (
        format_change(float(one), text.unit)
        for one in (others.mean(), others.min(), others.max(), change.iloc[0])
    )
    they = "they" if len(others) == number else f"the {len(others)} with a figure then"
    return (
        f"{told}; over the first year from entry {they} changed by {mean} on average "
        f"(range {low} to {high}), {name} by {own}."
    )


def _drawn(found: EntryShadows, subject: Subject) -> dict[str, Any]:
    series, each = _rows(found)
    entry = Interruption(found.first, True, found.entered_on)
    room = Room(span_of(series, 1), HEIGHT)
    beside = BesideShadows(subject.name, len(found.shadows), entry, subject.text, room)
    return _kept(series, each, beside, look_now())


@st.cache_data(max_entries=64, show_spinner=False)
def _kept(
    series: pd.DataFrame, each: pd.DataFrame, beside: BesideShadows, look: Look
) -> dict[str, Any]:
    return spec_of(draw_shadows(series, each, beside, tokens_of(look.theme)))


def _rows(found: EntryShadows) -> tuple[pd.DataFrame, pd.DataFrame]:
    """By month the entrant, the mean and the middle of the others; and each of them."""
    middle = found.middle
    series = pd.DataFrame(
        {
            "period_start": found.paths.columns,
            "value": found.paths.iloc[0].to_numpy(),
            "comparators": found.mean.to_numpy(),
            "comparators_low": middle["low"].to_numpy(),
            "comparators_high": middle["high"].to_numpy(),
        }
    )
    others = found.paths.iloc[1:].set_axis(list(map(short_name, found.shadows)), axis="index")
    each = others.rename_axis("name").reset_index()
    return series, each.melt("name", var_name="period_start", value_name="value")


def _table(found: EntryShadows, text: IndicatorText) -> pd.DataFrame:
    """The entrant first; then the others, by their code; then their mean, all with every month drawn."""
    changes = pd.concat([found.changes, found.changes.iloc[1:].mean().to_frame(_MEAN).T])
    paths = pd.concat([found.paths, found.mean.to_frame(_MEAN).T])
    who = [_MEAN if code == _MEAN else named(code) for code in changes.index]
    change = [
        "not known" if pd.isna(one) else format_change(float(one), text.unit)
        for one in changes["change"]
    ]
    return pd.DataFrame(
        {
            "Organisation": who,
            "Mean of the last three months before entry": _shown(changes["base"], text),
            "Twelfth month from entry": _shown(changes["outcome"], text),
            "Change": change,
            **{format_month(day): _shown(paths[day], text) for day in paths},
        }
    )


def _shown(values: pd.Series, text: IndicatorText) -> list[str]:
    return ["no figure" if pd.isna(one) else format_value(float(one), text.unit) for one in values]
