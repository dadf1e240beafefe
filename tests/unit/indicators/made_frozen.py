"""Spells, figures and organisations for tests of limits frozen at entry."""

from typing import Any

import pandas as pd

DAYS = [
    *("entered_on", "entered_earliest", "entered_latest"),
    *("left_on", "left_earliest", "left_latest", "programme_started_on", "programme_ended_on"),
]
FLAT = [60.0, 62.0] * 6
"""A year: its mean is 61, moving ranges 2, limits 61 ± 5.32."""


def spell(entered: str | None, left: str | None = None, **columns: Any) -> dict[str, Any]:
    """A spell entered and left on known days, unless said otherwise."""
    given = {
        "spell_id": f"{columns.get('org_code', 'A')}-{columns.get('programme', 'rsp')}-{entered}",
        "org_code": "A",
        "org_name": "Alpha",
        "org_type": "acute",
        "type_today": "acute",
        "region": "London",
        "programme": "rsp",
        "programme_short": "RSP",
        "entered_written": entered,
        "left_written": left,
        "entered_precision": "day" if entered else None,
        "left_precision": "day" if left else None,
        "left_kind": "improved" if left else "not_established",
        "transferred_from": None,
        "confidence": "high",
        "programme_started_on": "2016-01-01",
    }
    entries = dict.fromkeys(("entered_on", "entered_earliest", "entered_latest"), entered)
    exits = dict.fromkeys(("left_on", "left_earliest", "left_latest"), left)
    return dict.fromkeys(DAYS) | given | entries | exits | columns


def values(org: str, *figures: float, start: str = "2022-01-01") -> pd.DataFrame:
    starts = pd.date_range(start, periods=len(figures), freq="MS")
    frame = pd.DataFrame({"org_code": org, "period_start": starts, "value": figures})
    return frame.assign(period_end=starts + pd.offsets.MonthBegin(1))


def spells(*given: dict[str, Any]) -> pd.DataFrame:
    frame = pd.DataFrame(given)
    return frame.assign(**{name: pd.to_datetime(frame[name]) for name in DAYS})


def organisations(*codes: str, successors: dict[str, str] | None = None) -> pd.DataFrame:
    into = pd.Series([(successors or {}).get(code) for code in codes], dtype=object)
    return pd.DataFrame({"org_code": codes, "org_type": "acute", "successor_code": into})
