"""Spells as the register has them, written by hand."""

from typing import Any

import pandas as pd

LABELS = {"qsm": "Quality special measures", "fsm": "Financial special measures"}
DATES = ("entered_earliest", "entered_latest", "left_earliest", "left_latest", "last_known_in")


def spell(
    org: str = "RXW", programme: str = "rsp", ending: str = "left", **more: Any
) -> dict[str, Any]:
    """One spell; `entered` and `left` are a day or a pair of inclusive days; absent: no source."""
    entered, left = _both(more.pop("entered", None)), _both(more.pop("left", None))
    return {
        "org_code": org,
        "org_name": f"Trust {org}",
        "org_full_name": f"Trust {org} NHS Trust",
        "org_type": "acute",
        "region": "Midlands",
        "icb_name": None,
        "programme": programme,
        "programme_label": LABELS.get(programme, programme.upper()),
        "programme_short": programme.upper(),
        "entered_earliest": entered[0],
        "entered_latest": entered[1],
        "entered_label": "as written",
        "left_earliest": left[0],
        "left_latest": left[1],
        "left_label": "as written",
        "ending": ending,
        "ending_label": ending,
        "last_known_in": None,
        "last_known_label": None,
        "confidence": "high",
        "themes": None,
        "pathway": "entered",
        "row_order": 0,
        **more,
    }


def _both(when: str | tuple[str, str] | None) -> tuple[str | None, str | None]:
    return when if isinstance(when, tuple) else (when, when)


def spells(*rows: dict[str, Any]) -> pd.DataFrame:
    """The spells as a frame, with identifiers."""
    frame = pd.DataFrame(rows, columns=[*spell()])
    frame = frame.assign(**{name: pd.to_datetime(frame[name]) for name in DATES})
    return frame.assign(spell_id=[f"s{number}" for number in range(len(frame))])
