"""One organisation around interruptions, in any design: asked, looked at, fixed, run and opened again."""

from collections.abc import Sequence
from functools import partial
from typing import Any

import streamlit as st

from indicators.analyses.refusal import Refusal
from pages.parts.frame import unmarked
from pages.parts.its.choice import choose
from pages.parts.its.design import Asked, Design, WriteHead
from pages.parts.its.notes import note, notes_on_source
from pages.parts.its.own import choose_own, offer_upload, read_upload
from pages.parts.its.runs import fix_and_run, opened_run, parent, stays
from pages.parts.its.subject import link_to_control_chart, published_subject


def show_bench(design: Design, write_head: WriteHead, places: Sequence[Any]) -> None:
    """The view below the row of controls: what can be said before a result, or the result of a run."""
    # The place to give a file stands last on the page, and is read first.
    body = st.container()
    file = offer_upload() if design.takes_file else None
    with body:
        # A run opened by its link puts its own choices into the address, which the controls then read.
        run = opened_run(design)
        asked = (
            _published(design, places) if file is None else _own(design, write_head, places, file)
        )
        if asked is None:
            return
        if run is not None and stays(run, asked):
            design.show_result(partial(write_head, design.question(asked.subject)), run, asked)
        else:
            _show_before(design, write_head, asked)


def _published(design: Design, places: Sequence[Any]) -> Asked:
    choice = choose(places, design.choose_model)
    subject = published_subject(choice.indicator, choice.org, design.analysis)
    dates = choice.dates
    return Asked(subject, design.document(choice), dates.interruptions, dates.notes)


def _own(design: Design, write_head: WriteHead, places: Sequence[Any], file: Any) -> Asked | None:
    try:
        own = read_upload(file)
    except Refusal as refusal:
        write_head("What can be read of your file?", "It cannot be read as one series.")
        st.warning(unmarked(refusal))
        return None
    subject, document = choose_own(own, places, design.choose_model)
    return Asked(subject, document, design.dates_of(document), data=own.data)


def _show_before(design: Design, write_head: WriteHead, asked: Asked) -> None:
    title = design.question(asked.subject)
    if not asked.dates:
        write_head(title, "Choose the month of entry to see what this series could show.")
        _notes(asked)
        return
    ahead = design.ahead(asked)
    if ahead.refused is not None:
        write_head(title, "This specification cannot be run.")
        st.warning(unmarked(ahead.refused))
    else:
        write_head(title, *ahead.sentences)
        if st.button("Fix this specification and run it", type="primary"):
            fix_and_run(asked)
    ahead.show()
    if ahead.refused is not None:
        link_to_control_chart(asked.subject)
    _notes(asked)
    notes_on_source(asked.subject, ahead.rows, design.method)


def _notes(asked: Asked) -> None:
    for told in asked.notes:
        note(told)
    seen = parent(asked)
    if seen is not None:
        note(
            f"You have seen the result of run {seen}. A run fixed now is kept as changed after results "
            "were seen."
        )
