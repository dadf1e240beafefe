"""The fields of one spell: a control for each column that a reader can know, filled in from its row."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import streamlit as st

from data_sources.reference_rows import Row
from data_sources.reference_sources import SEPARATOR, sources_of
from pages.parts.organisations import organisations
from pages.parts.spells import programme_words

_DATE = "2021-08-18, 2021-08, 2021-Q3 or 2021; leave blank if not established."
_KINDS = {
    "not_established": "No exit established",
    "left_unspecified": "Left, no reason stated",
    "improved": "Let go by a regulator or the CQC",
    "transferred": "Carried over into the RSP",
    "merged_or_dissolved": "The organisation itself ended",
    "regime_closed": "The programme ended",
}
_FROM = {
    "": "Nothing said",
    "none": "None, the source says",
    "QSM": "QSM",
    "FSM": "FSM",
    "QSM+FSM": "QSM and FSM",
}


@dataclass(frozen=True)
class SpellFields:
    """Controls for a row of programme_spells.csv; `name` tells them from those of other spells.

    `vocabulary` gives the values of closed columns with their meaning, as the table's sidecar does. Labels
    name the column where they do not say its name themselves, as the faults speak of columns.
    """

    name: str
    row: Row
    vocabulary: Mapping[str, Mapping[str, str]]

    def text(self, column: str, label: str, note: str | None = None) -> str:
        """One line of text."""
        return st.text_input(label, self.row[column], key=self._key(column), help=note)

    def lines(self, column: str, label: str, value: str, note: str | None = None) -> str:
        """Several lines of text."""
        return st.text_area(label, value, key=self._key(column), help=note)

    def choice(
        self, column: str, label: str, options: Sequence[str], words: Callable[[str], str] = str
    ) -> str:
        """One of a closed list; '' as long as nothing is chosen and the row says none of them."""
        now = self.row[column]
        chosen: str | None = st.selectbox(
            label,
            options,
            index=options.index(now) if now in options else None,
            format_func=words,
            key=self._key(column),
            placeholder="Choose",
        )
        return chosen or ""

    def _key(self, column: str) -> str:
        return f"correction.{self.name}.{column}"


def ask_whose(field: SpellFields) -> dict[str, str]:
    """Organisation and programme of a missing spell; type, name and region follow the organisation."""
    everyone = organisations()
    words = [f"{name} ({code})" for code, name in everyone["org_name"].items()]
    named = dict(zip(everyone.index, words, strict=True))
    organisation, programme, name, region = st.columns(4)
    with organisation:
        code = field.choice("org_code", "Organisation", list(named), named.__getitem__)
    with programme:
        programmes = programme_words()
        chosen = field.choice("programme", "Programme", list(programmes), programmes.__getitem__)
    if not code:
        return {"org_code": "", "programme": chosen}
    known = everyone.loc[code, ["org_name", "region", "org_type"]].fillna("")
    row = {**field.row, "org_name_at_time": known["org_name"], "region": known["region"]}
    own = SpellFields(f"{field.name}.{code}", row, field.vocabulary)
    cells = {"org_code": code, "programme": chosen, "org_type": known["org_type"]}
    with name:
        cells["org_name_at_time"] = own.text("org_name_at_time", "Its name at the time")
    with region:
        cells["region"] = own.choice("region", "Region", list(field.vocabulary["region"]))
    return cells


def ask_dates(field: SpellFields) -> dict[str, str]:
    """When the spell began and ended, how, and when it was last known to run."""
    entered, left, kind, words = st.columns([2, 2, 3, 3])
    cells = {}
    with entered:
        cells["entered"] = field.text("entered", "Entered", _DATE)
    with left:
        cells["left"] = field.text("left", "Left", _DATE)
    with kind:
        cells["left_kind"] = field.choice(
            "left_kind", "How it left (left_kind)", list(_KINDS), _KINDS.__getitem__
        )
    with words:
        cells["left_kind_words"] = field.text(
            "left_kind_words",
            "Words that say so (left_kind_words)",
            "Copied from the note or from an address below; blank where no reason is claimed.",
        )
    return cells | _ask_inside(field)


def _ask_inside(field: SpellFields) -> dict[str, str]:
    last, source, origin = st.columns([2, 5, 3])
    cells = {}
    with last:
        cells["last_known_in"] = field.text(
            "last_known_in",
            "Last known in",
            f"Without an exit: the last date at which a source places it inside. {_DATE}",
        )
    with source:
        cells["last_known_in_source"] = field.text(
            "last_known_in_source", "Where that is said (last_known_in_source)"
        )
    with origin:
        cells["transferred_from"] = field.choice(
            "transferred_from", "Came from (transferred_from)", list(_FROM), _FROM.__getitem__
        )
    return cells


def ask_grounds(field: SpellFields) -> dict[str, str]:
    """Why the organisation was supported, and what the row rests on."""
    themes, dated, confidence = st.columns([5, 3, 2])
    cells = {}
    with themes:
        cells["themes"] = field.text("themes", "Themes, separated by semicolons")
    with dated:
        cells["source_date"] = field.text(
            "source_date", "Date of the main source (source_date)", _DATE
        )
    with confidence:
        cells["confidence"] = field.choice(
            "confidence", "Confidence", list(field.vocabulary["confidence"]), str.capitalize
        )
    sources, note = st.columns(2)
    with sources:
        written = "\n".join(sources_of(field.row["source_urls"]))
        typed = field.lines(
            "source_urls",
            "Sources, one a line (source_urls)",
            written,
            "An address, or a publication named in full.",
        )
        lines = (line.strip() for line in typed.splitlines())
        cells["source_urls"] = SEPARATOR.join(line for line in lines if line)
    with note:
        cells["note"] = field.lines("note", "Note: what the sources say", field.row["note"])
    return cells
