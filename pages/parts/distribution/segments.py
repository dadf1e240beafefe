"""Values by segment in one quarter of one framework; frameworks are never pooled."""

from collections.abc import Callable, Sequence
from html import escape

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from indicators.definition import Indicator
from pages.parts.by_segment import (
    INTERVAL_NOTE,
    BySegment,
    by_segment_of,
    circularity_note,
    fullest_quarter,
    quarters_with_segments,
)
from pages.parts.distribution.controls import choose_highlighted, choose_type, not_shown
from pages.parts.frame import (
    is_phone,
    method_note,
    reading_aid,
    show_chart,
    show_table,
    source_line,
    theme_name,
)
from pages.parts.links import linked_select
from pages.parts.opening import open_picked
from pages.parts.organisations import PEERS
from pages.parts.sources import SEGMENT_REGISTER, compiled_notes, title_of
from pages.parts.store import ask, version

TITLE = "Do the segments differ?"
_SELECTED = (
    "Only some of the segments of this quarter are on record, those that public pages named: they need not "
    "be typical of their segment."
)
_MANY = 100


def show_segments(
    write_head: Callable[..., None], indicator: Indicator, places: Sequence[DeltaGenerator]
) -> None:
    """The whole display below the choice of display."""
    with places[0]:
        types = choose_type_with_segments(indicator.indicator_id)
    quarters = quarters_with_segments(indicator.indicator_id, types)
    usual = fullest_quarter(quarters)
    if usual is None:
        write_head(
            TITLE, "No organisation has a segment on record and a value in the same quarter."
        )
        st.info("Choose another indicator.")
        return
    words = quarters.set_index("key")["words"].to_dict()
    with places[1]:
        chosen = linked_select("Quarter", "quarter", list(words), words.__getitem__, usual)
    with places[2]:
        highlighted = choose_highlighted(indicator.indicator_id)
    key = chosen or usual
    picture = by_segment_of(
        indicator.indicator_id, key, types, highlighted, theme_name(), is_phone(), version()
    )
    note = circularity_note(indicator, key[:2]) or ""
    absent = not_shown(highlighted, picture.rows["org_code"])
    peers = PEERS[types[0]]
    write_head(TITLE, f"{peers[0].upper()}{peers[1:]}, {words[key]}.", picture.alt, note, absent)
    open_picked(
        show_chart(
            picture.spec,
            f"{indicator.short_title}. {picture.alt}",
            "distribution-segments",
            select="org",
        )
    )
    show_beneath(picture, indicator, key)


def choose_type_with_segments(indicator: str) -> tuple[str, ...]:
    """One type of organisation, because types differ by nature; none where no segment has a value."""
    rows = ask("segment_values", indicator=indicator)
    counted = rows.groupby("org_type").size().reset_index(name="n")
    known = counted[counted["org_type"].isin(list(PEERS))]
    return (choose_type(known),) if len(known) else ()


def show_beneath(picture: BySegment, indicator: Indicator, key: str) -> None:
    """Reading aid, rows, sources and method of one picture of `quarters_with_segments`."""
    show_rows(picture, indicator, key)
    source_line(
        [title_of(indicator.measures.source), SEGMENT_REGISTER],
        f"{len(picture.rows)} organisations",
        *([] if len(picture.rows) >= _MANY else [_SELECTED]),
        *compiled_notes(picture.rows),
    )
    method_note(escape(indicator.method), [escape(caveat) for caveat in indicator.caveats])


def show_rows(picture: BySegment, indicator: Indicator, key: str) -> None:
    """How to read one picture of `quarters_with_segments`, and its rows."""
    reading_aid(
        "Each point is one organisation with the segment stated of it in that quarter and its figure for the "
        "last period in it. The upright bar is the median of the segment, the line through it its 95 % "
        f"interval. {INTERVAL_NOTE} Segments are not programmes, and segments of two frameworks are not the "
        "same thing, so a picture never mixes frameworks."
    )
    columns = ["org_code", "org_name", "org_type", "segment", "era_id", "quarter_start"]
    figures = ["period_start", "value", "numerator", "denominator", "basis"]
    show_table(picture.rows[[*columns, *figures]], f"by-segment-{indicator.indicator_id}-{key}")
