"""Exit readiness from its lead to its files: one organisation beside those that left."""

from collections.abc import Callable
from html import escape

import streamlit as st

from indicators.exit_levels import Level
from pages.charts.layers.formats import format_month
from pages.parts.frame import method_note, reading_aid, show_table, source_line
from pages.parts.its.notes import note
from pages.parts.pooled.words import written_date
from pages.parts.readiness.chart import drawn, show_places
from pages.parts.readiness.figures import Standings, standings_of
from pages.parts.readiness.tables import exit_table, indicator_table, left_out_table
from pages.parts.readiness.words import (
    CAUTIONS,
    inside_sentence,
    last_month,
    lead_sentences,
    title_of_page,
)
from pages.parts.sources import SPELL_REGISTER, title_of
from pages.parts.spells import all_spells
from pages.parts.store import ask

_READING = (
    "Each row is an indicator, with the number of exits behind it. A circle is an organisation that left: "
    "how many per cent of others of its type had a less favourable figure in the same months, the last three "
    "before its exit (of quarterly figures the last quarter). The diamond is the organisation now, in its "
    "latest three months. The grey bar holds the middle half of the circles, the line is their median; with "
    "fewer than five exits there are the circles alone. Counts, which grow with the organisation, and "
    "indicators of which neither side is better stand in the table alone. The order is that of the catalogue."
)
_METHOD = (
    "Figure at exit: the mean of the three months that ended before the first month no longer inside (an "
    "exit up to the 15th counts for its own month, a later one for the next); of quarterly figures the last "
    "quarter that was over. Change: the mean of months 10 to 12 after exit less that (the quarter that ended "
    "last within 12 months). None where a month is not published, the definition changed in between, or a "
    "month lies in the pandemic (March 2020 to March 2021). Place: the share of others of its type with a "
    "less favourable figure in the same months, ties by half, of five or more; of counts there is none. "
    "Ranges of figures are of exits measured by today’s definition. Coming back is counted as on the page "
    "Durability: a programme or the top segment, within the same framework; a return that no source dates is "
    "not counted."
)


def show_readiness(org: str, write_head: Callable[..., None]) -> None:
    """What is known of one organisation on record inside."""
    told = standings_of(org)
    write_head(title_of_page(told.name), *lead_sentences(told))
    if drawn(told):
        show_places(told)
        reading_aid(_READING)
    _tables(told)
    _beside(told)
    _sources(told)


def _tables(told: Standings) -> None:
    name = f"exit-readiness-{told.stay.org_code}"
    label = "Every indicator: now, at exits, and in the 12 months after"
    show_table(lambda: indicator_table(told), name, label)
    if told.seen:
        label = f"The {len(told.seen)} exits with figures, one by one"
        show_table(lambda: exit_table(told), f"{name}-exits", label)
    out = left_out_table(told)
    if len(out):
        show_table(out, f"{name}-left-out", f"The {len(out)} exits without, and why")


def _beside(told: Standings) -> None:
    st.header("What to bear in mind", anchor=False)
    note(inside_sentence(told, _last_known(told)))
    for one in CAUTIONS:
        note(one)
    st.html(f'<p class="ot-reading">{_links(told)}</p>')


def _last_known(told: Standings) -> list[str]:
    """Of each of its spells without an exit where a source last placed it inside."""
    spells = all_spells()
    own = spells[spells["spell_id"].isin(told.stay.spell_ids) & spells["left_earliest"].isna()]
    seen = own.dropna(subset="last_known_in_earliest")
    return [
        f"{programme} {label}"
        for programme, label in zip(seen["programme_short"], seen["last_known_label"], strict=True)
    ]


def _links(told: Standings) -> str:
    """Where exits announced for it stand, and what else is known of exits."""
    org = told.stay.org_code
    targets = ask("exit_targets")
    own = targets[targets["org_code"] == org]
    dated = [written_date(one, "a day not stated") for one in own["target_written"]]
    announced = (
        f"An exit was once announced for it, by {escape(' and '.join(dated))}: see "
        if dated
        else "No announced date of exit of it is on record; those of others are on "
    )
    return (
        f'{announced}<a href="timelines" target="_self">Timelines</a>. The register holds such dates, no '
        "criteria of exit. "
        '<a href="durability?view=relapse" target="_self">Who came back after leaving</a> · '
        '<a href="pooled?view=exit" target="_self">Exits beside those still inside</a> · '
        f'<a href="organisation?org={org}" target="_self">{escape(told.name)}</a>.'
    )


def _sources(told: Standings) -> None:
    titles = sorted({title_of(one.indicator.measures.source) for one in told.indicators})
    levels: list[Level] = [one.own for one in told.indicators if one.own is not None]
    covers = (
        f"Latest figures of months from {format_month(last_month(min(levels, key=_until)))} to "
        f"{format_month(last_month(max(levels, key=_until)))}"
        if levels
        else "No figure of its own"
    )
    source_line([*titles, SPELL_REGISTER], covers, "Exits dated to the month alone are used.")
    method_note(_METHOD, [])


def _until(level: Level) -> int:
    return level.until
