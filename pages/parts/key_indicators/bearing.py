"""What to bear in mind of one indicator: definition, lag, suppression, circular eras, who moves with it."""

from collections.abc import Sequence

from indicators.definition import Indicator
from indicators.screening.judged import Judged
from pages.charts.layers.formats import format_month
from pages.parts.indicator_library.facts import rule_words
from pages.parts.indicators import catalogue
from pages.parts.key_indicators.further import Number, Told
from pages.parts.key_indicators.words import some_of, title_of

_SHARES = {"suppressed": "withheld by the publisher", "small": "with a small denominator"}


def bearing(one: Judged) -> list[Told]:
    """What of the figures is suppressed or of few, with the place of each number."""
    found = [
        Number(f"Figures {what}", f"{100 * share:.1f} %", f"quality/{name}")
        for name, what in _SHARES.items()
        if (share := one.row["quality"][name]) is not None
    ]
    return [Told(f"{number.what}: {number.shown}.", (number,)) for number in found]


def caveats_of(one: Judged, pairs: Sequence[Judged]) -> list[str]:
    """All there is to bear in mind, a sentence each."""
    indicator = catalogue()[one.indicator_id]
    lag = f"Figures come out usually {indicator.lag_days} days after their period."
    return [
        *_definition(indicator),
        lag,
        *(told.words for told in bearing(one)),
        rule_words(indicator),
        _paired(one, pairs),
        *indicator.caveats,
    ]


def _definition(indicator: Indicator) -> list[str]:
    return [
        f"Definition changed in {format_month(item.on)}: {item.label}" for item in indicator.breaks
    ] or ["No change of definition is known to the catalogue."]


def _paired(one: Judged, pairs: Sequence[Judged]) -> str:
    """Indicators of the same cluster: they say much the same, so they are no further evidence."""
    if not one.row["cluster"]:
        return "Whether another indicator moves with it is not known: it was not compared."
    whose = (one.org_type, one.row["cluster"]["number"])
    others = [
        title_of(other.indicator_id)
        for other in pairs
        if other.row["cluster"]
        and (other.org_type, other.row["cluster"]["number"]) == whose
        and other.indicator_id != one.indicator_id
    ]
    if not others:
        return "No other indicator of this type of organisation moves with it."
    return f"Moves together with {some_of(others)}: they are no evidence apart from each other."
