"""Organisations in words: what each is, what became of it, and who its peers are."""

from html import escape
from typing import Any

import pandas as pd

from pages.charts._formats import format_month
from pages.parts.spells import TYPE_WORDS
from pages.parts.store import ask

PEERS = {
    "acute": "acute trusts",
    "specialist": "specialist trusts",
    "mental_health": "mental health trusts",
    "community": "community trusts",
    "ambulance": "ambulance trusts",
    "icb": "ICBs",
}
"""Organisations of one type, as a chart calls them."""


def organisations() -> pd.DataFrame:
    """Organisations one can open, by code: those with figures or a spell; no regions, not England."""
    everyone = ask("organisations")
    wanted = (everyone["has_figures"] | everyone["has_spell"]) & everyone["org_type"].isin(
        list(PEERS)
    )
    return everyone[wanted].set_index("org_code")


def describe_organisation(org: str) -> list[str]:
    """Type, region and system of an organisation, its end and its predecessors; a sentence each."""
    everyone = ask("organisations").set_index("org_code")
    chosen = everyone.loc[org]
    icb = None if chosen["org_type"] == "icb" else chosen["icb_name"]
    place = [part for part in (chosen["region"], icb) if pd.notna(part)]
    kind = TYPE_WORDS[chosen["org_type"]].lower()
    sentences = [f"{escape(chosen['org_name'])} ({org}): {escape(', '.join([kind, *place]))}."]
    if pd.notna(chosen["closed_on"]):
        into = everyone["org_name"].get(chosen["successor_code"])
        became = f" and became part of {escape(into)}" if into else ""
        sentences.append(f"It closed in {format_month(chosen['closed_on'])}{became}.")
    merged = everyone.loc[everyone["successor_code"] == org, "short_name"]
    if len(merged):
        sentences.append(f"It took over from {escape(', '.join(merged))}.")
    return sentences


def spell_sentence(spells: pd.DataFrame) -> str:
    """An organisation's spells of intensive support in words."""
    if spells.empty:
        return "It has no spell of intensive support on record."
    parts = [f"{spell.programme_label}, {_dates_in_words(spell)}" for spell in spells.itertuples()]
    return f"On record: {escape('; '.join(parts))}."


def _dates_in_words(spell: Any) -> str:
    no_entry, no_exit = pd.isna(spell.entered_earliest), pd.isna(spell.left_earliest)
    if no_entry and no_exit:
        return "entry and exit not established"
    entry = "entry not established" if no_entry else f"entered {spell.entered_label}"
    return f"{entry}, " + ("exit not established" if no_exit else f"left {spell.left_label}")


def search_names(spells: pd.DataFrame) -> dict[str, str]:
    """Organisations with a spell by code, in words to search: name, code, former and later names, ICB."""
    lineage = ask("lineage")
    former = lineage.groupby("current_code")["short_name"].agg(", ".join)
    later = lineage.groupby("org_code")["current_name"].agg(", ".join)
    one_each = spells.drop_duplicates("org_code").sort_values("org_name")
    return {row.org_code: _searchable(row, former, later) for row in one_each.itertuples()}


def _searchable(row: Any, former: pd.Series, later: pd.Series) -> str:
    words = [f"{row.org_name} ({row.org_code})"]
    before = former.get(row.org_code)
    at_entry = row.org_name_at_time if row.org_name_at_time != row.org_full_name else None
    words += [f"once {name}" for name in (before, at_entry) if name]
    words += [f"now {later[row.org_code]}"] if row.org_code in later.index else []
    return " · ".join([*words, *([row.icb_name] if pd.notna(row.icb_name) else [])])
