"""Walking all numbers that are shown on an evidence card, each to its place in a run record."""

import re
from typing import Any

from indicators.runs.record import RunRecord
from indicators.screening.judged import Judged
from indicators.stats.screen.thresholds import DEFAULTS
from pages.parts.key_indicators.bearing import bearing
from pages.parts.key_indicators.criteria import criteria_table, facts_table
from pages.parts.key_indicators.further import further
from pages.parts.key_indicators.places import at, limits_of, numbers_of, pointer_of, row_of

_NUMBER = re.compile(r"\d+(?:\.\d+)?")


def texts_of(one: Judged) -> list[str]:
    """Every number-bearing cell and sentence of a card, without the names of what it is about."""
    criteria, facts = criteria_table(one), facts_table(one)
    cells = [
        *criteria["Estimate (95 % interval)"],
        *criteria["Note"],
        *facts["Found (95 % interval)"],
        *facts["Asked for"],
        *facts["Why"],
    ]
    return [*cells, *(told.words for told in (*further(one), *bearing(one)))]


def numbers_at(found: Any) -> list[float]:
    """What numbers there are at a place, by the way in which a card shows them."""
    if isinstance(found, str):
        return [float(one) for one in _NUMBER.findall(found)]
    if isinstance(found, dict):
        return [found[name] for name in ("value", "low", "high") if found[name] is not None]
    if isinstance(found, list) and found and isinstance(found[0], dict):
        return [sum(one["is_raised"] for one in found), len(found)]
    return list(found) if isinstance(found, list) else [found]


def check_card(one: Judged, record: RunRecord) -> None:
    """Every number that the card names is at its place, and no number is shown that it does not name."""
    place, whole = row_of(one, record), {"result": record.result}
    numbers = [*numbers_of(one), *limits_of(one, DEFAULTS)]
    for number in numbers:
        pointed = numbers_at(at(whole, pointer_of(number, place)))
        shown = _NUMBER.findall(number.shown)
        digits = len(shown[0].partition(".")[2])
        times = 100 if "%" in number.shown else 1
        assert shown == [f"{abs(times * each):.{digits}f}" for each in pointed], number
    told = [text for text in texts_of(one) if _NUMBER.search(text)]
    known = [number.shown for number in numbers]
    for text in told:
        # These words name a thing, and are no figure of it.
        left = text.replace("segments 4 and 5", "").replace("within 12 months", "")
        for shown in sorted(known, key=len, reverse=True):
            left = left.replace(shown, "")
        assert not _NUMBER.search(left), (text, left)
