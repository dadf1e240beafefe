"""Suggest a correction: one spell's fields, checked as they are filled in, and the exact row to send."""

from collections.abc import Mapping
from html import escape

import pandas as pd
import streamlit as st

from data_sources.corrections import SPELLS, Correction, Tables, correct
from data_sources.reference_rows import Row
from data_sources.reference_tables import read_tables
from pages.parts.frame import today
from pages.parts.spells import written_date
from pages.parts.timelines.correction_fields import SpellFields, ask_dates, ask_grounds, ask_whose
from settings import Settings

_FILE = f"data_sources/reference/{SPELLS}"
_MISSING = "missing"


@st.fragment
def suggest_correction(spells: pd.DataFrame) -> None:
    """Choose a spell on record, or one that is missing, and get the row to send.

    `spells` gives organisations their names. The rows come from the reference folder and not from what is
    published, so that the row fits the file it goes into. Nothing that is typed is stored or sent.
    """
    box = st.expander("Suggest a correction", key="correction", on_change="rerun")
    if not box.open:
        return
    with box:
        tables, broken = read_tables(Settings().reference_dir)
        if SPELLS not in tables:
            st.warning(f"The register's file cannot be read. {' '.join(broken)}")
            return
        names = spells.drop_duplicates("org_code").set_index("org_code")["org_name"]
        _one_spell(tables, names.to_dict())


def _one_spell(tables: Tables, names: Mapping[str, str]) -> None:
    rows = {row["spell_id"]: row for row in tables[SPELLS].rows}
    labels = {spell_id: _label(row, names) for spell_id, row in rows.items()}
    chosen = st.selectbox(
        "Spell",
        [_MISSING, *sorted(rows, key=labels.__getitem__)],
        format_func=lambda spell_id: labels.get(spell_id, "A spell that is missing"),
        index=None,
        key="correction.spell",
        placeholder="Choose one on record, or one that is missing",
    )
    if chosen is None:
        return
    sidecar = tables[SPELLS].sidecar
    row = rows.get(chosen, dict.fromkeys(sidecar.columns, "") | {"left_kind": "not_established"})
    field = SpellFields(chosen, row, sidecar.vocabulary)
    cells = ask_whose(field) if chosen == _MISSING else {}
    if cells and not (cells["org_code"] and cells["programme"]):
        st.info("Choose the organisation and the programme first.")
        return
    cells |= ask_dates(field) | ask_grounds(field)
    _answer(correct(tables, cells, today(), None if chosen == _MISSING else chosen))


def _label(row: Row, names: Mapping[str, str]) -> str:
    name = names.get(row["org_code"], row["org_name_at_time"])
    entered = written_date(row["entered"] or None, row["entered_precision"])
    when = f"entered {entered}" if row["entered"] else f"entry {entered}"
    return f"{name}: {row['programme'].upper()}, {when}"


def _answer(correction: Correction) -> None:
    """What stands in the way of the row, or the row and where it goes."""
    faults = correction.sentences()
    if correction.changes_nothing:
        st.info("This is the spell as it stands. Change a field to see the row to send.")
    elif faults:
        st.warning("The row does not pass the checks yet:")
        told = "".join(f"<li>{escape(text)}</li>" for text in faults)
        st.html(f'<ul class="ot-reading">{told}</ul>')
    else:
        st.success("This row passes every check.")
        _row_to_send(correction)


def _row_to_send(correction: Correction) -> None:
    if correction.replaced is None:
        place = f"Add this as a new row at the end of {_FILE}.csv:"
    else:
        place = f"Replace row {correction.number} of {_FILE}.csv (the header is row 1) with this:"
    if correction.retrieved_on:
        moved = f"retrieved_on = {correction.retrieved_on.isoformat()} in {_FILE}.toml"
        place = f"Set {moved}, as the row tells of later days. {place}"
    st.html(f'<p class="ot-reading">{place}</p>')
    st.code(correction.line, language=None, wrap_lines=True)
    st.download_button(
        "Download the row",
        data=f"{correction.line}\n".encode(),
        file_name=f"{correction.row['spell_id']}.csv",
        mime="text/csv",
        key="correction.download",
        on_click="ignore",
    )
    st.html(
        '<p class="ot-reading">Send the row, and where it goes, to whoever maintains this copy; '
        "docs/corrections.md says how it is put in. Nothing typed here is kept or sent.</p>"
    )
