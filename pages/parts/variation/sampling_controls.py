"""The controls of the case-site sampler, and the design they describe."""

from collections.abc import Sequence
from dataclasses import dataclass

import pandas as pd
import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from indicators.sampling import NOT_ESTABLISHED, candidates_of
from indicators.sampling_design import PROTOCOL_EVERY, PROTOCOL_QUOTAS, PROTOCOL_SIZE, Design, Quota
from pages.parts.links import linked_choice, linked_multiselect, linked_number
from pages.parts.spells import PATHWAY_WORDS, TYPE_WORDS

LEAST_SITES, MOST_SITES, MOST_OF_A_KIND, MOST_SEED = 1, 20, 20, 9999
SCOPES = {
    "rsp": ("RSP", ("rsp",)),
    "all": ("RSP and its successors", ("rsp", "pip", "irp")),
}
"""Which programmes the candidates come from, by the name in links: words, and programmes in order of time."""
CLOSED_WORDS = {"out": "left out", "in": "candidates too"}
EVERY_WORDS = {"every": "every one", "any": "as many as fit"}
_BOUNDS = {
    "trusts that entered": ("least_entered", None),
    "trusts transferred from special measures": ("least_transferred", "most_transferred"),
    "trusts that left": ("least_left", None),
    "integrated care boards": ("least_boards", "most_boards"),
    "ambulance trusts": ("least_ambulance", None),
}
"""The address parameters of each quota of the protocol: its least and its greatest number."""


@dataclass(frozen=True)
class Choice:
    """What a reader asked for: the candidates, those who closed and were left out, and the design."""

    candidates: pd.DataFrame
    closed: pd.DataFrame
    design: Design
    scope: str


def choose(controls: DeltaGenerator, spells: pd.DataFrame, regions: Sequence[str]) -> Choice:
    """The controls: number, seed and wishes in a row, quotas and candidates under "More options"."""
    *boxes, more = controls.columns([3, 3, 5, 5, 4], vertical_alignment="bottom")
    # What more options say decides who the candidates of the other controls are.
    with more, st.popover("More options", width="stretch"):
        scope, closed_too, every = _choose_candidates()
        quotas = _choose_quotas()
    everyone = candidates_of(spells, SCOPES[scope][1])
    is_closed = everyone["org_closed_on"].notna()
    candidates = everyone if closed_too else everyone[~is_closed].reset_index(drop=True)
    size, seed, must, exclude = _choose_wishes(boxes, candidates)
    strata = strata_of(candidates, regions)
    design = Design(size, strata, quotas, every, tuple(must), tuple(exclude), seed)
    return Choice(candidates, everyone[is_closed & ~closed_too], design, scope)


def strata_of(candidates: pd.DataFrame, regions: Sequence[str]) -> dict[str, tuple[str, ...]]:
    """The levels a set should cover: every pathway and region, and the types and years there are."""
    types, years = set(candidates["org_type"]), set(candidates["entry_year"])
    return {
        "pathway": tuple(PATHWAY_WORDS),
        "region": tuple(regions),
        "org_type": tuple(name for name in TYPE_WORDS if name in types),
        "entry_year": tuple(sorted(years - {NOT_ESTABLISHED})),
    }


def _choose_candidates() -> tuple[str, bool, tuple[str, ...]]:
    scope = linked_choice(
        "Candidates from", "scope", list(SCOPES), lambda name: SCOPES[name][0], "rsp"
    )
    kept = linked_choice(
        "Organisations that have closed",
        "closed",
        list(CLOSED_WORDS),
        CLOSED_WORDS.__getitem__,
        "out",
    )
    every = linked_choice("Regions", "regions", list(EVERY_WORDS), EVERY_WORDS.__getitem__, "every")
    return scope, kept == "in", PROTOCOL_EVERY if every == "every" else ()


def _choose_quotas() -> tuple[Quota, ...]:
    """The protocol's quotas, each of its bounds open to change."""
    bounds = [
        (quota, side, name)
        for quota in PROTOCOL_QUOTAS
        for side, name in zip(("at_least", "at_most"), _BOUNDS[quota.name], strict=True)
        if name
    ]
    chosen = {
        (quota.name, side): linked_number(
            f"{quota.name[0].upper()}{quota.name[1:]}, {side.replace('_', ' ')}",
            name,
            0,
            MOST_OF_A_KIND,
            getattr(quota, side),
        )
        for quota, side, name in bounds
    }
    return tuple(
        Quota(
            quota.name,
            quota.where,
            chosen[quota.name, "at_least"],
            chosen.get((quota.name, "at_most")),
        )
        for quota in PROTOCOL_QUOTAS
    )


def _choose_wishes(
    boxes: Sequence[DeltaGenerator], candidates: pd.DataFrame
) -> tuple[int, int, list[str], list[str]]:
    names = candidates.set_index("org_code")["org_name"].to_dict()
    ordered = sorted(names, key=names.__getitem__)
    size_box, seed_box, must_box, exclude_box = boxes
    with size_box:
        size = linked_number("Sites", "n", LEAST_SITES, MOST_SITES, PROTOCOL_SIZE)
    with seed_box:
        seed = linked_number("Seed", "seed", 0, MOST_SEED, 1)
    with must_box:
        must = linked_multiselect(
            "Must include", "must", ordered, names.__getitem__, size, placeholder="None"
        )
    with exclude_box:
        exclude = linked_multiselect(
            "Leave out",
            "exclude",
            [org for org in ordered if org not in must],
            names.__getitem__,
            placeholder="None",
        )
    return size, seed, must, exclude
