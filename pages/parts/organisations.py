"""Organisations in words: what each is, what became of it, and who its peers are."""

import re
from collections.abc import Sequence
from datetime import UTC, datetime
from html import escape
from typing import Any

import pandas as pd
import streamlit as st

from indicators.writing import PEERS
from pages.charts.layers.formats import format_month
from pages.charts.layers.rows import with_plain_texts
from pages.parts.spells import TYPE_WORDS
from pages.parts.store import ask, version


def organisations() -> pd.DataFrame:
    """Organisations one can open, by code: those with figures or a spell; no regions, not England."""
    return _organisations(version()).copy(deep=False)


@st.cache_resource(max_entries=2, show_spinner=False)
def _organisations(data_version: str) -> pd.DataFrame:
    everyone = ask("organisations")
    wanted = (everyone["has_figures"] | everyone["has_spell"]) & everyone["org_type"].isin(
        list(PEERS)
    )
    return with_plain_texts(everyone[wanted]).set_index("org_code")


def describe_organisation(org: str) -> list[str]:
    """Type, region and system of an organisation, its end, its predecessors and names; a sentence each."""
    everyone = ask("organisations").set_index("org_code")
    chosen = everyone.loc[org]
    icb = None if chosen["org_type"] == "icb" else chosen["icb_name"]
    place = [part for part in (chosen["region"], icb) if pd.notna(part)]
    kind = TYPE_WORDS[chosen["org_type"]].lower()
    sentences = [f"{chosen['org_name']} ({org}): {', '.join([kind, *place])}."]
    passed = ask("lineage")
    if pd.notna(chosen["closed_on"]):
        into = everyone["org_name"].get(chosen["successor_code"])
        became = f" and became part of {into}" if into else _divided(org, passed)
        sentences.append(f"It closed in {format_month(chosen['closed_on'])}{became}.")
    whole = everyone.loc[everyone["successor_code"] == org, "short_name"]
    before = [*whole, *(f"a part of {name}" for name in _parts_taken_over(org, passed))]
    if before:
        sentences.append(f"It took over from {listed(before)}.")
    return [escape(sentence) for sentence in [*sentences, *_renames(org)]]


def _divided(org: str, passed: pd.DataFrame) -> str:
    parts = passed.loc[passed["org_code"] == org, "current_name"]
    return f" and was divided between {listed(sorted(parts))}" if len(parts) > 1 else ""


def _parts_taken_over(org: str, passed: pd.DataFrame) -> list[str]:
    """Organisations of which `org` took over a part: others took over the rest."""
    is_divided = passed["org_code"].duplicated(keep=False)
    return sorted(passed.loc[is_divided & (passed["current_code"] == org), "short_name"])


def _renames(org: str) -> list[str]:
    """Changes of name in the register, with what is not known of them."""
    facts = ask("ledger_as_known", org=org, day=str(datetime.now(UTC).date()))
    renames = facts[(facts["kind"] == "changed") & facts["says"].str.startswith("rename: ")]
    return [
        f"A change of name is on record, {row.says.removeprefix('rename: ').rstrip('.')}: "
        f"{'no date on record' if pd.isna(row.earliest) else format_month(row.earliest)}, "
        f"confidence {row.confidence}."
        for row in renames.itertuples()
    ]


def listed(names: Sequence[str]) -> str:
    """Names in a row: `A`, `A and B`, `A, B and C`."""
    *most, last = names
    return f"{', '.join(most)} and {last}" if most else last


def name_sentence(spells: pd.DataFrame) -> str:
    """The former names under which an organisation's spells are on record; nothing where there are none.

    Another way of writing its name of today (NHS FT, a leading The) is no former name.
    """
    names = spells["org_name_at_time"].str.replace(r"\s*\(.*\)", "", regex=True)
    of_today = spells["org_full_name"].map(_bare_name)
    former = sorted(set(names[names.map(_bare_name) != of_today]))
    return f"It is on record under the name {escape(listed(former))}." if former else ""


def _bare_name(name: str) -> str:
    words = re.findall(r"[a-z]+", name.lower().replace("’", "'").replace("'", ""))
    return " ".join(
        word for word in words if word not in {"the", "nhs", "ft", "foundation", "trust", "icb"}
    )


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
