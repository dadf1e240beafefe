"""Stays in intensive support, as interruptions of a series: spells without a gap between them are one stay.

A move from special measures into the Recovery Support Programme is a change of label, not an exit and an
entry (METHODS 0.1); neither is a second programme that begins while the first still runs.
"""

from dataclasses import dataclass
from typing import Any, Literal

import pandas as pd

from indicators.durations import DOUBTED
from indicators.frozen_entries import first_exposed

Event = Literal["entry", "exit"]
_KNOWN = ("day", "month")


@dataclass(frozen=True)
class Stay:
    """One organisation's time in programmes, by its spells in order of entry.

    `entry` and `exit` are register dates known to the month at least (`2021-08-18`, `2021-07`), None where no
    source is so exact; `entered_on` and `left_on` are the days behind them. It may have lasted from `begins`
    to `ends` (None: no source gives an end).
    """

    spell_ids: tuple[str, ...]
    org_code: str
    org_name: str
    org_type: str
    programmes: str
    entry: str | None
    entered_on: pd.Timestamp
    exit: str | None
    left_on: pd.Timestamp
    begins: pd.Timestamp
    ends: pd.Timestamp | None
    doubt: str | None

    @property
    def interruptions(self) -> list[str]:
        """Entry, and exit where it is known, as the document of an analysis takes them."""
        return [day for day in (self.entry, self.exit) if day is not None]

    def has(self, event: Event) -> bool:
        """Whether the event is known to the month."""
        return (self.entry if event == "entry" else self.exit) is not None


def stays_of(spells: pd.DataFrame) -> list[Stay]:
    """Every stay in order of its entry; `spells`: every spell on record, as `read_spells` gives them."""
    bounded = spells.assign(
        begins=spells["entered_earliest"].fillna(spells["programme_started_on"]),
        ends=spells["left_latest"].fillna(spells["programme_ended_on"]),
    ).sort_values(["org_code", "begins", "spell_id"], ignore_index=True)
    number = _numbered(bounded)
    stays = [_stay(part) for _, part in bounded.groupby(number, sort=False)]
    return sorted(stays, key=lambda stay: (stay.begins, stay.org_name))


def _numbered(bounded: pd.DataFrame) -> pd.Series:
    """For each spell the number of its stay: a new one begins after the last day of all before it."""
    last = bounded["ends"].fillna(pd.Timestamp.max.floor("D")).groupby(bounded["org_code"]).cummax()
    before = last.groupby(bounded["org_code"]).shift()
    number: pd.Series = (before.isna() | (bounded["begins"] > before)).cumsum()
    return number


def _stay(part: pd.DataFrame) -> Stay:
    first = part.iloc[0]
    is_over = bool(part["ends"].notna().all())
    last = part.sort_values("ends", kind="stable").iloc[-1]
    return Stay(
        spell_ids=tuple(part["spell_id"]),
        org_code=first["org_code"],
        org_name=first["org_name"],
        org_type=first["org_type"] if pd.isna(first["type_today"]) else first["type_today"],
        programmes=", then ".join(dict.fromkeys(part["programme_short"])),
        entry=_known(first, "entered"),
        entered_on=first["entered_on"],
        exit=_known(last, "left") if is_over else None,
        left_on=last["left_on"],
        begins=first["begins"],
        ends=last["ends"] if is_over else None,
        doubt=DOUBTED if (part["confidence"] == "low").any() else None,
    )


def _known(spell: Any, event: str) -> str | None:
    """The date of the event as the register writes it, if it is known to the month."""
    is_known = spell[f"{event}_precision"] in _KNOWN
    return str(spell[f"{event}_written"]) if is_known else None


def first_month(stay: Stay, event: Event) -> pd.Timestamp:
    """The first month exposed to an event that is known to the month."""
    day = stay.entered_on if event == "entry" else stay.left_on
    count = int(first_exposed(pd.Series([day])).iloc[0])
    return pd.Timestamp(year=count // 12, month=count % 12 + 1, day=1)


def others_within(
    stay: Stay, stays: list[Stay], span: tuple[pd.Timestamp, pd.Timestamp]
) -> list[Stay]:
    """Other stays of the organisation that may have run in the span of days."""
    return [
        other
        for other in stays
        if other.org_code == stay.org_code
        and other.spell_ids != stay.spell_ids
        and other.begins <= span[1]
        and (other.ends is None or other.ends >= span[0])
    ]
