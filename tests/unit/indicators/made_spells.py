"""Spells as the register's read gives them, from a few dates that a test writes."""

import calendar
from typing import Any

import pandas as pd

COLUMNS = (
    *("entered_earliest", "entered_best", "entered_latest"),
    *("left_earliest", "left_best", "left_latest"),
    *("last_known_in_earliest", "last_known_in", "org_closed_on", "programme_ended_on"),
)
GROUPS = {
    "qsm": "special measures",
    "fsm": "special measures",
    "rsp": "Recovery Support Programme",
    "pip": "successor programmes",
}
ERAS = pd.DataFrame(
    {
        "era_id": ["R0", "R1", "R2", "R3"],
        "starts_on": pd.to_datetime(["2016-10-01", "2021-07-01", "2025-06-26", None]),
        "ends_on": pd.to_datetime(["2021-07-01", "2025-06-26", None, None]),
        "highest_segment": [4, 4, 5, 4],
    }
)


def days(written: str | None) -> tuple[Any, Any, Any]:
    """First, middle and last day of `2021-08-18`, `2021-07` or `2021`."""
    if written is None:
        return pd.NaT, pd.NaT, pd.NaT
    parts = [int(part) for part in written.split("-")]
    year, month = parts[0], parts[1] if len(parts) > 1 else None
    first = pd.Timestamp(year, month or 1, parts[2] if len(parts) > 2 else 1)
    if len(parts) > 2:
        return first, first, first
    last_month = month or 12
    last = pd.Timestamp(year, last_month, calendar.monthrange(year, last_month)[1])
    return first, (first + (last - first) / 2).normalize(), last


def spell(
    spell_id: str,
    entered: str | None,
    left: str | None = None,
    kind: str | None = None,
    **more: Any,
) -> dict[str, Any]:
    """One spell, named programme-organisation-number; `seen` is the last date it is placed inside."""
    programme, org, _ = spell_id.split("-")
    first_seen, _, last_seen = days(more.pop("seen", None))
    dates = [*days(entered), *days(left), first_seen, last_seen, pd.NaT, pd.NaT]
    return {
        "spell_id": spell_id,
        "org_code": org,
        "programme": programme,
        "programme_group": GROUPS[programme],
        "programme_label": programme.upper(),
        "left_kind": kind or ("not_established" if left is None else "improved"),
        "transferred_from": None,
        "confidence": "high",
        "source_urls": [f"https://example.org/{spell_id}"],
        **dict(zip(COLUMNS, dates, strict=True)),
        **more,
    }


def spells_of(*rows: dict[str, Any]) -> pd.DataFrame:
    """The rows as a frame with dates as dates."""
    frame = pd.DataFrame(list(rows))
    return frame.assign(**{name: pd.to_datetime(frame[name]) for name in COLUMNS})


def statements_of(*rows: tuple[str, str, int, str, str]) -> pd.DataFrame:
    """Statements of segments: organisation, era, segment, from, to (not included)."""
    names = ["org_code", "era_id", "segment", "effective_from", "effective_to"]
    frame = pd.DataFrame(list(rows), columns=names).assign(source_url="https://example.org/s")
    return frame.assign(
        effective_from=pd.to_datetime(frame["effective_from"]),
        effective_to=pd.to_datetime(frame["effective_to"]),
    )
