"""The ledger as it could have been known on a day: without what happened, or was first reported, later."""

from datetime import date

import pandas as pd

from pages.charts.layers.formats import format_day
from pages.charts.layers.spell_words import count

_RSP = "the Recovery Support Programme"
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


def known_lead(known: pd.DataFrame, day: date) -> str:
    """How many organisations the programmes of `day` could have been known to have had, and to have left.

    Of the Recovery Support Programme, once there is any; before, of special measures.
    """
    rsp = known[known["programme"] == "rsp"]
    spells, name = (known, "special measures") if rsp.empty else (rsp, _RSP)
    latest = spells.sort_values("entered_earliest", na_position="last").groupby("org_code").tail(1)
    left = int(latest["left_earliest"].notna().sum())
    return (
        f"On {format_day(day)} it could have been known that {count(len(latest), 'organisation')} had been "
        f"in {name} and that {left} of them had left. For {len(latest) - left} no source then gave an exit, "
        "which does not mean that they were still inside."
    )


def known_sentence(everyone: pd.DataFrame, known: pd.DataFrame, day: date) -> str:
    """What the ledger of that day lacks beside that of today."""
    there = everyone[everyone["spell_id"].isin(known["spell_id"])]
    exits = int(there["left_earliest"].notna().sum() - known["left_earliest"].notna().sum())
    return (
        f"The ledger as it could have been known on {format_day(day)} "
        f"leaves out {count(len(everyone) - len(known), 'spell')} that began or became known later, and "
        f"shows {count(exits, 'exit')} that came or became known later as not established. A fact whose "
        "source has no date counts as known from the day it happened."
    )
