"""Recalculating limits: what the data suggest, a preview, who decides and why, and taking it back."""

from collections.abc import Callable
from datetime import date
from html import escape

import pandas as pd
import streamlit as st

from indicators.definition import Indicator
from indicators.rebases import MOST_LETTERS, Recalculation, read_record, recalculate, undo
from indicators.recalculation import national_near, possible_starts, suggestions
from indicators.stats.control_chart import LEAST_IN_PHASE
from pages.charts.control_chart import rules_in_words
from pages.charts.icons import VARIATION_WORDS
from pages.charts.layers.formats import format_day, format_month, format_span, format_value
from pages.charts.layers.spell_words import count
from pages.parts.charted import charts_of
from pages.parts.control.data import with_recalculation
from pages.parts.control.drawn import breaks_of, drawn, rebase_frame, show_icons, who_and_why
from pages.parts.frame import show_chart, theme_name, tokens_of, unmarked
from pages.parts.store import ask
from settings import Settings

_DONE = "rebase.done"


def show_recalculation(indicator: Indicator, org: str) -> None:
    """What is in force, how to take it back, and where limits may begin anew; read once it is opened."""
    if done := st.session_state.pop(_DONE, None):
        st.success(done)
    box = st.expander("Recalculate limits", key="rebase", on_change="rerun")
    if not box.open:
        return
    with box:
        _note(
            "Limits begin anew only when a person says so, with a reason that explains a lasting change: a "
            "new unit, a merger, another way of counting. Entering a programme is not by itself a reason. "
            "What is put on record here holds for everybody who uses this server, for every icon of this "
            "indicator and organisation, and can be taken back; who, when and why stays on record."
        )
        record = read_record(Settings().data_dir)
        if record.unreadable:
            lines = count(record.unreadable, "line")
            st.warning(
                f"{lines} of the record of recalculations cannot be read and count for nothing."
            )
        known = record.of(indicator.indicator_id, org)
        for each in known:
            _one(each)
        _new(indicator, org, known)


def _note(text: str) -> None:
    st.html(f'<p class="ot-reading">{escape(text)}</p>')


def _one(each: Recalculation) -> None:
    """One recalculation on record; where it is in force, the form that takes it back."""
    told = f"Limits recalculated from {format_month(each.starts_on)}: {who_and_why(each)}."
    if each.undone is not None:
        when = format_day(pd.Timestamp(each.undone.made_at))
        _note(f"{told} Taken back: {each.undone.reason} ({each.undone.author}, {when}).")
        return
    _note(f"{told} In force.")
    with st.form(f"undo.{each.key}"):
        said = _who_and_why("Why it is taken back", f"undo.{each.key}")
        if st.form_submit_button("Take it back"):
            _put(
                lambda: undo(Settings().data_dir, each.key, *said),
                "The recalculation was taken back.",
            )


def _new(indicator: Indicator, org: str, known: list[Recalculation]) -> None:
    """Where limits may begin anew, the preview and the form; a sentence where nowhere."""
    charts = charts_of(indicator.indicator_id)
    points = charts.points[charts.points["org_code"] == org]
    starts = possible_starts(points)
    if not starts:
        _note(
            f"There is nothing to recalculate now: no run of {LEAST_IN_PHASE} or more points on one side of "
            f"the mean begins where {LEAST_IN_PHASE} points would stand on either side of it."
        )
        return
    _suggest(points, indicator, org)
    start = st.selectbox(
        "Limits begin anew from",
        starts,
        index=None,
        format_func=lambda day: format_span(day, indicator.step_months),
        placeholder="Choose a period near the start of a lasting shift",
        key=f"rebase.start.{indicator.indicator_id}.{org}.{len(known)}",
    )
    if start is not None:
        _preview(indicator, org, start, known)
        _form(indicator, org, start, len(known))


def _suggest(points: pd.DataFrame, indicator: Indicator, org: str) -> None:
    """What is known to have happened where a lasting shift begins."""
    happened = ask("organisation_events").query("org_code == @org")
    events = happened.rename(columns={"happened_on": "on", "title": "label"})[["on", "label"]]
    both = pd.concat([events, breaks_of(indicator, org)], ignore_index=True)
    found = suggestions(points, both, indicator.step_months)
    national = ask("national_events")
    for each in found:
        near = "; ".join(national_near(each.starts_on, national))
        for_all = f" Near it nationally: {near}." if near else ""
        _note(
            f"Suggested: {each.points} points on one side of the mean from {format_month(each.starts_on)}, "
            f"and near that, {format_day(each.happened_on)}: {each.cause}.{for_all} Whether the one explains "
            "the other is for you to say."
        )
    if not found:
        _note(
            "Nothing on record happened near a lasting shift, so nothing is suggested. If you know of a "
            "cause, give it as the reason."
        )


def _preview(indicator: Indicator, org: str, start: date, known: list[Recalculation]) -> None:
    """The chart and icons as they would be."""
    charts = with_recalculation(indicator, org, start)
    points, icon = charts.points, charts.icons.iloc[0]
    means = points.groupby("phase")["mean"].first()
    figures = [format_value(mean, indicator.unit) for mean in means]
    takeaway = (
        f"Preview, nothing is stored yet: the mean would be {' and then '.join(figures)}; icon "
        f"“{VARIATION_WORDS[icon['variation']]}”."
    )
    _note(takeaway)
    tokens = tokens_of(theme_name())
    show_icons(icon["variation"], icon["assurance"], tokens)
    proposed = pd.DataFrame({"on": [start], "words": ["Not stored yet"]})
    shown = points.assign(
        kind=points["kind"].astype(str),
        rules_words=rules_in_words(points),
        missing_reason=None,
        file_name=None,
    )
    span = (shown["period_start"].iloc[0].date(), shown["period_end"].iloc[-1].date())
    rebases = pd.concat([rebase_frame(known), proposed], ignore_index=True)
    spec = drawn(shown, indicator, org, rebases, (tokens, span))
    show_chart(spec, takeaway, "rebase-preview")


def _form(indicator: Indicator, org: str, start: date, number: int) -> None:
    with st.form(f"rebase.form.{indicator.indicator_id}.{org}.{number}"):
        said = _who_and_why("Reason", f"rebase.{indicator.indicator_id}.{org}.{number}")
        if st.form_submit_button("Put on record"):
            chart = (indicator.indicator_id, org)
            _put(
                lambda: recalculate(Settings().data_dir, chart, start, *said),
                f"Limits are recalculated from {format_month(start)}, for everybody.",
            )


def _who_and_why(label: str, key: str) -> tuple[str, str]:
    reason = st.text_input(label, key=f"{key}.reason", max_chars=MOST_LETTERS["reason"])
    author = st.text_input("Your name", key=f"{key}.author", max_chars=MOST_LETTERS["author"])
    return reason, author


def _put(act: Callable[[], object], done: str) -> None:
    """Write to the record and show the page anew, or say what is missing."""
    try:
        act()
    except ValueError as fault:
        st.error(unmarked(fault))
        return
    except OSError:
        # Its own words would name a place on the server.
        st.error("The record cannot be written on this server: nothing was put on record.")
        return
    st.session_state[_DONE] = done
    st.rerun()
