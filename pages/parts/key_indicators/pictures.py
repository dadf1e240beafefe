"""The pictures of an evidence card: by segment, after entry beside others, and the rebound to be expected."""

from collections.abc import Callable
from html import escape
from urllib.parse import urlencode

import pandas as pd
import streamlit as st

from indicators.screening.judged import Judged
from pages.parts.by_segment import (
    by_segment_of,
    circularity_note,
    fullest_quarter,
    quarters_with_segments,
)
from pages.parts.distribution.segments import show_rows
from pages.parts.frame import is_phone, reading_aid, show_chart, theme_name
from pages.parts.indicators import catalogue
from pages.parts.its.files import note_replay, offer_run
from pages.parts.its.notes import note
from pages.parts.key_indicators.words import type_words
from pages.parts.links import linked_choice
from pages.parts.pooled.answer import Answer, answer_of
from pages.parts.pooled.checks import rebound_rows
from pages.parts.pooled.choice import Asked, usual_of
from pages.parts.pooled.forest import show_forest
from pages.parts.pooled.study import show_study, study_points
from pages.parts.pooled.view import reading_of_entries
from pages.parts.pooled.words import lead_sentences
from pages.parts.store import version

_NO_STUDY = "No event study: it needs the mean of eight entrants beside twenty others."
_TURNED = "Lower is better here; the criteria above are turned so that more is better."
_SELECTED_LOW = (
    "Organisations enter at a low point, and some of what follows would have come without a programme. "
    "Only what lies beyond that could be more."
)


def show_pictures(one: Judged) -> None:
    """The picture that is chosen; the others are not worked out."""
    st.header("Pictures", anchor=False)
    name = linked_choice(
        "Picture", "picture", list(_PICTURES), lambda each: _PICTURES[each][0], "segments"
    )
    _PICTURES[name][1](one)


def _show_segments(one: Judged) -> None:
    """The quarter with most organisations, of the framework that the criterion was judged in."""
    indicator, types = catalogue()[one.indicator_id], (one.org_type,)
    quarters = quarters_with_segments(one.indicator_id, types)
    era = one.row["discrimination"]["era"]
    judged = quarters[quarters["era_id"] == era]
    quarters = quarters if judged.empty else judged
    key = fullest_quarter(quarters)
    if key is None:
        note(
            "No organisation of this type has a segment on record and a value in the same quarter."
        )
        return
    told = by_segment_of(one.indicator_id, key, types, (), theme_name(), is_phone(), version())
    quarter = quarters.set_index("key").loc[key, "words"]
    circular = circularity_note(indicator, key[:2]) or ""
    note(f"{quarter}. {told.alt} {circular}".strip())
    show_chart(
        told.spec, f"{indicator.short_title}. {told.alt} {circular}".strip(), "card.segments"
    )
    show_rows(told, indicator, key)


def _show_entry(one: Judged) -> None:
    """Forest plot and event study, as the page of pooled evidence has them with its usual choices."""
    asked = usual_of(catalogue()[one.indicator_id], one.org_type)
    answer = answer_of(asked.document)
    _tell(answer, asked)
    if answer.run is not None:
        result = answer.run.result
        forest, study = reading_of_entries(result["pooled"] is not None)
        show_forest(result, asked)
        reading_aid(forest)
        if result["pooled"] is None or study_points(result)["estimate"].isna().all():
            note(_NO_STUDY)
        else:
            show_study(result, asked)
            reading_aid(study)
    _offer(answer, asked, one)


def _show_rebound(one: Judged) -> None:
    """What entrants did beside what was to be expected anyway, in two ways."""
    asked = usual_of(catalogue()[one.indicator_id], one.org_type)
    answer = answer_of(asked.document)
    note(_SELECTED_LOW)
    rows = [] if answer.run is None else rebound_rows(answer.run.result, asked)
    if rows:
        st.table(pd.DataFrame(rows).set_index("Compared with"), border="horizontal")
    elif answer.run is not None:
        note(
            f"How much {type_words(one.org_type)} would have come back anyway cannot be told: neither way "
            "of telling it has enough entrants whose low point is known."
        )
    _tell(answer, asked)
    _offer(answer, asked, one)


def _tell(answer: Answer, asked: Asked) -> None:
    turned = [_TURNED] if asked.indicator.better == "lower" else []
    note(" ".join([*lead_sentences(answer, asked), *turned]))


def _offer(answer: Answer, asked: Asked, one: Judged) -> None:
    """Its own run record, and the page that has the rest."""
    if answer.run is not None:
        units = pd.DataFrame([*answer.run.result["units"], *answer.run.result["left_out"]])
        offer_run(answer.run, units, asked.file_name, "Effects (CSV)")
        note_replay(answer.run)
    query = escape(urlencode({"indicator": one.indicator_id, "org_type": one.org_type}))
    st.html(
        f'<p class="ot-reading"><a href="pooled?{query}" target="_self">Beside other controls, by other '
        "choices, and who is left out: Pooled evidence</a></p>"
    )


_PICTURES: dict[str, tuple[str, Callable[[Judged], None]]] = {
    "segments": ("By segment", _show_segments),
    "entry": ("After entry, beside others", _show_entry),
    "rebound": ("Expected rebound", _show_rebound),
}
"""By the value in the address: the words of the choice, and what draws it."""
