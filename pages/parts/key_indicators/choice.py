"""The controls of the key-indicator page: which pairs, and the thresholds that may be changed."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from indicators.screening.judged import Judged
from indicators.stats.screen.classes import Class
from indicators.stats.screen.thresholds import DEFAULTS, Thresholds
from pages.parts.key_indicators.words import CLASSES, title_of
from pages.parts.links import linked_multiselect, linked_number, linked_select
from pages.parts.spells import TYPE_WORDS

_SLUGS: dict[str, Class] = {
    "candidate": "candidate key indicator",
    "sensitive": "improvement-sensitive",
    "context": "context",
    "not-supported": "not supported",
    "not-assessable": "not assessable",
}


@dataclass(frozen=True)
class Limit:
    """A threshold as a control: its label, its name in the address, its range, and how often it is 1."""

    label: str
    name: str
    least: int
    most: int
    times: int = 100


LIMITS = {
    "coverage": Limit("Coverage at least, %", "coverage", 0, 100),
    "months": Limit("Months of figures at least", "months", 0, 120, 1),
    "reliability_gate": Limit("Reliability at least, hundredths", "reliability", 0, 100),
    "false_discoveries": Limit("False discoveries at most, %", "discoveries", 0, 100),
    "discrimination": Limit("In the right order: lower end above, %", "order", 50, 99),
    "stability": Limit("Stability at least, %", "stability", 0, 100),
}
"""The thresholds that can be changed on the page, by their names in `Thresholds`."""


@dataclass(frozen=True)
class Chosen:
    """`indicator`: whose card is open, "" for none; `org_type`: "" for all; `classes`: none for all."""

    indicator: str
    org_type: str
    classes: tuple[Class, ...]

    def of(self, pairs: Sequence[Judged]) -> list[Judged]:
        """The pairs that are shown in the scorecard."""
        return [
            one
            for one in pairs
            if self.org_type in ("", one.org_type)
            and (not self.classes or one.decision.name in self.classes)
        ]


def choose_thresholds(place: DeltaGenerator) -> Thresholds:
    """What is asked for, from a popover; the defaults are those of the method."""
    with place, st.popover("More options", width="stretch"):
        st.caption("Classes follow the thresholds; nothing is estimated again.")
        asked = {name: _choose_limit(name, limit) for name, limit in LIMITS.items()}
    return replace(DEFAULTS, **asked)


def _choose_limit(name: str, limit: Limit) -> float:
    usual = round(getattr(DEFAULTS, name) * limit.times)
    number = linked_number(limit.label, limit.name, limit.least, limit.most, usual)
    return number if limit.times == 1 else number / limit.times


def choose_pairs(pairs: Sequence[Judged], places: Sequence[DeltaGenerator]) -> Chosen:
    """Whose card, of which type, and which classes; a card is always of one type."""
    types: dict[str, list[str]] = {}
    for one in pairs:
        types.setdefault(one.indicator_id, []).append(one.org_type)
    with places[0]:
        titles = {name: title_of(name) for name in types}
        options = sorted(titles, key=titles.__getitem__)
        words, none = titles.__getitem__, "All: the scorecard"
        indicator = linked_select("Evidence card", "indicator", options, words, placeholder=none)
    with places[1]:
        org_type = _choose_type(types.get(indicator or ""))
    if indicator:
        return Chosen(indicator, org_type, ())
    with places[2]:
        words = {slug: CLASSES[name] for slug, name in _SLUGS.items()}
        slugs = linked_multiselect("Class", "class", list(words), words.__getitem__)
    return Chosen("", org_type, tuple(_SLUGS[slug] for slug in slugs))


def _choose_type(of_card: list[str] | None) -> str:
    """One type; with a card one of those that it has figures of, else none means all."""
    if of_card is None:
        words = TYPE_WORDS.__getitem__
        options = list(TYPE_WORDS)
        return linked_select("Type", "org_type", options, words, placeholder="All") or ""
    return linked_select("Type", "org_type", of_card, TYPE_WORDS.__getitem__, of_card[0]) or ""
