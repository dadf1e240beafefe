"""The ledger as it could have been known on a day: without what happened, or was first reported, later."""

from datetime import date

import pandas as pd

from pages.charts._formats import format_day
from pages.charts._spell_words import count

_FACTS = ("entered", "left", "last_known_in")
_UNKNOWN_EXIT = {
    "left_kind": "not_established",
    "ending": "not_established",
    "ending_label": "no source gives an exit",
    "left_label": "not established",
}
_WORDS = {"last_known_in": {"last_known_label": None}, "left": _UNKNOWN_EXIT}


def as_known_on(spells: pd.DataFrame, facts: pd.DataFrame, day: date) -> pd.DataFrame:
    """The spells that could have been known on `day`, with the exits and sightings that could.

    `facts` answers `ledger_as_known` for that day: what is certain to have been known and what is possible. A
    spell without a date of entry is kept from the day its programme began.
    """
    known = {kind: set(facts.loc[facts["kind"] == kind, "spell_id"]) for kind in _FACTS}
    begun = ~(spells["programme_started_on"] > pd.Timestamp(day))
    rows = spells[spells["spell_id"].isin(known["entered"]) & begun]
    rows = _without(rows, "last_known_in", known["last_known_in"])
    return _without(rows, "left", known["left"])


def _without(rows: pd.DataFrame, what: str, known: set[str]) -> pd.DataFrame:
    unknown = ~rows["spell_id"].isin(known)
    dates = [name for name in rows if name.startswith(f"{what}_") or name == what]
    dates = [name for name in dates if pd.api.types.is_datetime64_any_dtype(rows[name])]
    changed = {name: rows[name].mask(unknown) for name in dates}
    changed |= {name: rows[name].mask(unknown, word) for name, word in _WORDS[what].items()}
    if what == "left":
        inside = rows["transferred_from"].isin(["QSM", "FSM", "QSM+FSM"])
        pathway = inside.map({True: "transferred", False: "entered"})
        changed["pathway"] = rows["pathway"].mask(unknown, pathway)
    return rows.assign(**changed)


def known_sentence(everyone: pd.DataFrame, known: pd.DataFrame, day: date) -> str:
    """What the ledger of that day lacks beside that of today."""
    there = everyone[everyone["spell_id"].isin(known["spell_id"])]
    exits = int(there["left_earliest"].notna().sum() - known["left_earliest"].notna().sum())
    return (
        f"This is the ledger as it could have been known on {format_day(day)}. "
        f"It leaves out {count(len(everyone) - len(known), 'spell')} that began or became known later, and "
        f"shows {count(exits, 'exit')} that came or became known later as not established. A fact whose "
        "source has no date counts as known from the day it happened."
    )
