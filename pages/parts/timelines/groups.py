"""Grouping the organisations of the timeline: which heading each stands under, and in what order."""

import pandas as pd

from pages.charts.layers.spell_words import count
from pages.parts.spells import PATHWAY_WORDS, TYPE_WORDS

GROUP_WORDS = {
    "pathway": "Pathway",
    "region": "Region",
    "icb": "ICB",
    "org_type": "Type",
    "none": "No groups",
}
NOT_KNOWN = "No ICB on record"
_COLUMNS = {"region": "region", "icb": "icb_name", "org_type": "org_type"}
_PROGRAMME_ORDER = ("qsm", "fsm", "rsp", "pip", "irp")


def latest_spells(spells: pd.DataFrame) -> pd.DataFrame:
    """One spell per organisation: of its latest programme the one entered last; an unknown entry is last."""
    rank = spells["programme"].map({code: rank for rank, code in enumerate(_PROGRAMME_ORDER)})
    ordered = spells.assign(rank=rank).sort_values(
        ["rank", "entered_earliest"], na_position="last", kind="stable"
    )
    return ordered.groupby("org_code").tail(1).drop(columns="rank")


def in_groups(spells: pd.DataFrame, by: str) -> pd.DataFrame:
    """The spells by group, in the order they have: `row_order` afresh and, where grouped, a `heading`.

    `by` is a key of GROUP_WORDS. An organisation's pathway is that of its latest spell. One that became part
    of another stands in the group of its `family`. Every heading gives the number of its organisations.
    """
    if by == "none":
        return _renumbered(spells)
    group = _group_of(spells, by)
    places = {name: place for place, name in enumerate(_order(group, by))}
    sizes = spells.groupby(group)["org_code"].nunique()
    ordered = spells.assign(
        place=group.map(places),
        heading=[f"{name}: {count(sizes[name], 'organisation')}" for name in group],
    )
    by_entry = ordered.sort_values(["place", "row_order"], kind="stable", ignore_index=True)
    return _renumbered(by_entry.drop(columns="place"))


def _renumbered(spells: pd.DataFrame) -> pd.DataFrame:
    return spells.assign(row_order=pd.factorize(spells["org_code"])[0])


def _group_of(spells: pd.DataFrame, by: str) -> pd.Series:
    if by == "pathway":
        latest = latest_spells(spells).set_index("org_code")["pathway"]
        return spells["family"].map(latest).map(PATHWAY_WORDS)
    today = spells.drop_duplicates("org_code").set_index("org_code")[_COLUMNS[by]]
    named: pd.Series = spells["family"].map(today).fillna(NOT_KNOWN)
    return named.map(TYPE_WORDS) if by == "org_type" else named


def _order(group: pd.Series, by: str) -> list[str]:
    fixed = {"pathway": list(PATHWAY_WORDS.values()), "org_type": list(TYPE_WORDS.values())}
    there = set(group)
    wanted = fixed.get(by) or sorted(there, key=lambda name: (name == NOT_KNOWN, name))
    return [name for name in wanted if name in there]
