"""What a reader asks of the pooled evidence: which event and indicator, beside whom; all in the address."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal

import streamlit as st

from indicators.definition import Indicator
from indicators.stats.pooled.panel import Span
from indicators.stats.pooled.randomisation import SEED
from pages.parts.indicators import with_data
from pages.parts.lineage import LINEAGE_WORDS
from pages.parts.links import linked_choice, linked_number, linked_select
from pages.parts.readiness.choice import choose_inside
from pages.parts.spells import TYPE_WORDS

Event = Literal["entry", "programme", "exit", "exposure"]
VIEWS = {
    "entry": "Entry",
    "exit": "Exit",
    "spillover": "Spillover",
    "readiness": "Exit readiness",
}
_EVENTS: dict[str, Event] = {"entry": "entry", "exit": "exit", "spillover": "exposure"}
_USUAL_INDICATOR = "ae_4h_all"
_BESIDE = {
    "segment_3": "Once in segment 3, never in 4",
    "unexposed": "The same, while no neighbour is inside",
    "never": "Never in a programme nor in 4",
    "not_yet": "These and who enters later",
}
_SYSTEMS = {
    "not_yet": "No trust inside in those months",
    "never": "No trust inside at any time",
}
_TYPES = ("acute", "mental_health", "community", "ambulance", "specialist", "icb")
PROGRAMMES = {
    "all": "All programmes",
    "special-measures": "Special measures",
    "rsp": "Recovery Support Programme, and successors",
}
_OVER = {"year": "The first year", "inside": "All months inside"}
_METHODS = {"PM": "Paule–Mandel", "DL": "DerSimonian–Laird"}
_OF_ALL = {"alpha": 0.05, "draws": 999, "seed": SEED}
"""What no control changes."""
BASES: dict[str, tuple[str, Span]] = {
    "year": ("The year before", (-12, -1)),
    "early": ("Months 12 to 7 before", (-12, -7)),
    "earlier": ("The year before that", (-24, -13)),
}
"""By the value in the address: words, and the months before the event, both inclusive."""


@dataclass(frozen=True)
class Asked:
    """One indicator around one event, with the document of the analysis."""

    indicator: Indicator
    event: Event
    document: dict[str, Any]

    @property
    def file_name(self) -> str:
        """The beginning of the names of files to take away."""
        return f"pooled-{self.indicator.indicator_id}-{self.event}"


def choose() -> Asked | str:
    """The row of controls; in the view of exit readiness the code of the organisation chosen."""
    which, what, whom, into, more = st.columns(
        [3.4, 2.0, 2.0, 2.0, 1.4], vertical_alignment="bottom"
    )
    with which:
        view = linked_choice("View", "view", list(VIEWS), VIEWS.__getitem__, "entry")
    if view == "readiness":
        with what:
            return choose_inside()
    event = _EVENTS[view]
    with what:
        indicator = _choose_indicator()
    with whom:
        beside = _choose_beside(event)
    with into:
        programme = _choose_programme(event)
    with more, st.popover("More options", width="stretch"):
        over = _pick("Effect over", "over", _OVER) if event == "entry" else "year"
        options = _more(event, indicator)
    event = "programme" if over == "inside" else event
    document = {
        "analysis": "pooled",
        "indicator": indicator.indicator_id,
        "event": event,
        "programme": programme,
        **beside,
        **options,
        **_OF_ALL,
    }
    return Asked(indicator, event, document)


def usual_of(indicator: Indicator, org_type: str) -> Asked:
    """What the page asks of an indicator among one type around entry while no other option is chosen."""
    first, last = BASES["year"][1]
    step = indicator.step_months
    document = {
        "analysis": "pooled",
        "indicator": indicator.indicator_id,
        "event": "entry",
        "programme": next(iter(PROGRAMMES)),
        "controls": next(iter(_BESIDE)),
        "org_type": org_type,
        "lineage": next(iter(LINEAGE_WORDS)),
        "base": [first // step, (last + 1) // step - 1],
        "anticipation": _usual_anticipation(step),
        "method": next(iter(_METHODS)),
        **_OF_ALL,
    }
    return Asked(indicator, "entry", document)


def _usual_anticipation(step_months: int) -> int:
    """A quarter of a year, in periods."""
    return max(1, 3 // step_months)


def _choose_indicator() -> Indicator:
    known = with_data()
    names = {key: each.short_title for key, each in known.items()}
    usual = _USUAL_INDICATOR if _USUAL_INDICATOR in names else next(iter(names))
    chosen = linked_select("Indicator", "indicator", list(names), names.__getitem__, usual)
    return known[chosen or usual]


def _choose_beside(event: Event) -> dict[str, Any]:
    """Who stands beside; beside an exit there is one set alone."""
    if event == "exit":
        st.selectbox("Beside", ["Those still inside"], key="pooled.inside")
        return {}
    # Sets of systems have a name of their own in the address: sets of organisations are none of them.
    name, words = ("systems", _SYSTEMS) if event == "exposure" else ("controls", _BESIDE)
    return {
        "controls": linked_select("Beside", name, list(words), words.__getitem__, next(iter(words)))
    }


def _choose_programme(event: Event) -> str:
    """Into which an entry was or from which an exit; a neighbour's may be any."""
    if event == "exposure":
        st.selectbox("Programme", [PROGRAMMES["all"]], key="pooled.any")
        return "all"
    return _pick("Programme", "programme", PROGRAMMES)


def _more(event: Event, indicator: Indicator) -> dict[str, Any]:
    step = indicator.step_months
    found: dict[str, Any] = {}
    if event != "exposure":
        words = {"trust": "Trusts of any type"} | {name: TYPE_WORDS[name] for name in _TYPES}
        found["org_type"] = _pick("Type of organisation", "org_type", words)
    found["lineage"] = _pick("History before mergers", "lineage", LINEAGE_WORDS)
    base = _pick("Held against", "base", {name: words for name, (words, _) in BASES.items()})
    least, most = BASES[base][1]
    found["base"] = [least // step, (most + 1) // step - 1]
    quarter = _usual_anticipation(step)
    title = f"{'Quarters' if step == 3 else 'Months'} before the event left out of the event study"
    found["anticipation"] = linked_number(title, "anticipation", 0, 24, quarter)
    found["method"] = _pick("Spread between effects by", "method", _METHODS)
    return found


def _pick(label: str, name: str, words: dict[str, str]) -> str:
    usual = next(iter(words))
    return linked_select(label, name, list(words), words.__getitem__, usual) or usual


def describe_base(base: Sequence[int], step_months: int) -> str:
    """`the year before`, `months 12 to 7 before`: what the year from the event on is held against."""
    months = (base[0] * step_months, (base[1] + 1) * step_months - 1)
    return next(
        (words[:1].lower() + words[1:] for words, span in BASES.values() if span == months),
        f"months {-months[0]} to {-months[1]} before",
    )
