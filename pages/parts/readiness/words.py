"""What exit readiness says, in sentences: the exits, where they lay, and what may not be read from it."""

from collections.abc import Sequence
from datetime import date

from indicators.definition import Indicator, Unit
from indicators.exit_levels import AtExit, Level, Range, range_of
from indicators.writing import PEERS
from pages.charts.layers.formats import format_span, format_value
from pages.charts.layers.spell_words import count
from pages.parts.pooled.words import changed
from pages.parts.readiness.figures import Standing, Standings

FEWEST = 5
"""Exits from which on a range is told; of fewer there are the points alone."""
_NAMED = 2
_LARGE = 100
NO_TEST = (
    "This compares and does not judge: no level here is a target, and none says that one should leave or "
    "stay."
)
CAUTIONS = (
    "Only those that left are seen. How many stood at the same levels and did not leave is not shown, so "
    "a level at which exits happened is not a level that leads to an exit.",
    "Who leaves is chosen, as a rule after having got better. Part of the change in the next 12 months can "
    "then be a fall back from a good stretch that would have come anyway; it is no effect of leaving.",
    "Levels of different years are not alike: waits grew in all of England, so 85 % of four-hour waits in "
    "2017 and today are different things. The place among others of its type in the same months allows "
    "for that; the figure alone does not.",
    "An exit is decided on plans, leadership, finance and inspections too, which no figure here holds.",
)


def title_of_page(name: str) -> str:
    """The question."""
    return f"At which levels did others leave, and where is {name} now?"


def lead_sentences(told: Standings) -> list[str]:
    """Who left with how many figures, where they lay on the first indicators, and what it is not."""
    return [_exits(told), *(_places(told) if told.seen else []), NO_TEST]


def _exits(told: Standings) -> str:
    every, peers = len(told.exits), PEERS[told.stay.org_type]
    if not every:
        return f"No exit of {peers} is on record: there is nothing to stand beside."
    dated = f"{_have(every, 'exit')} of {peers} on record, {len(told.dated)} dated to the month"
    months = [one.month for one in told.seen if one.month is not None]
    if not months:
        return f"{dated}, and none with figures just before: there is nothing to stand beside."
    first, last = (format_span(_day(month), 1) for month in (min(months), max(months)))
    when = f"from {first} to {last}" if first != last else f"of {first}"
    return f"{dated}, {len(months)} of them ({when}) with figures just before."


def _have(number: int, noun: str) -> str:
    return f"There {'is' if number == 1 else 'are'} {count(number, noun)}"


def _places(told: Standings) -> list[str]:
    """One indicator of each of the first groups of which enough exits have a place, with its own place."""
    known = [one for one in told.indicators if len(_placed(one)) >= FEWEST and is_drawn(one)]
    if not known:
        return [
            f"No indicator has figures of {FEWEST} exits, so no range is told, only the points."
        ]
    first = {one.indicator.group: one for one in reversed(known)}
    named = [one for one in known if one in first.values()]
    return [_place_sentence(one, told) for one in named[:_NAMED]]


def _place_sentence(one: Standing, told: Standings) -> str:
    span, own = range_of(_placed(one)), one.own
    place = None if own is None else own.place
    now = "its place is not known" if place is None else f"it is now better than {place:.0f} %"
    return (
        f"{one.indicator.short_title}: the middle half of {span.number} exits was better than "
        f"{span.lower:.0f} to {span.upper:.0f} % of other {PEERS[told.stay.org_type]} at the time; {now}."
    )


def _placed(one: Standing) -> list[float]:
    return [each.level.place for each in one.exits if each.level.place is not None]


def is_drawn(one: Standing) -> bool:
    """Whether a side is better and there is a place at any exit or now."""
    has_own = one.own is not None and one.own.place is not None
    return one.indicator.better != "neither" and (has_own or bool(_placed(one)))


def inside_sentence(told: Standings, last_known: Sequence[str]) -> str:
    """In which programmes it is on record, and how far that is known; `last_known`: `RSP Nov 2024`."""
    seen = f" Last placed inside: {', '.join(last_known)}." if last_known else ""
    doubt = " The register doubts this spell." if told.stay.doubt else ""
    return (
        f"{told.name} is on record inside ({told.stay.programmes}): no source gives an exit, which does not "
        f"mean that it is still inside.{seen}{doubt}"
    )


def months_of(level: Level) -> str:
    """The months that a level is the mean of."""
    return format_span(_day(level.begins), level.until - level.begins)


def last_month(level: Level) -> date:
    """The first day of the last month meant."""
    return _day(level.until - 1)


def _day(month: int) -> date:
    return date(month // 12, month % 12 + 1, 1)


def figure(value: float, unit: Unit) -> str:
    """A level in words; one of a hundred people or more without its tenths."""
    is_large = unit == "count" and abs(value) >= _LARGE
    return format_value(round(value) if is_large else value, unit)


def level_words(level: Level | None, unit: Unit) -> str:
    """The figure, or why there is none."""
    if level is None:
        return "no figures"
    return level.why or "" if level.value is None else figure(level.value, unit)


def place_words(level: Level | None, indicator: Indicator) -> str:
    """`better than 56 % of 117`, or why there is no place."""
    if level is None:
        return "no figures"
    if level.place is None:
        return level.why_no_place or ""
    side = "higher" if indicator.better == "neither" else "better"
    return f"{side} than {level.place:.0f} % of {level.others}"


def change_words(one: AtExit, unit: Unit) -> str:
    """The change in the next 12 months, or why there is none."""
    return one.why or "" if one.change is None else changed(one.change, unit)


def place_range(span: Range) -> str:
    """Median and range of places."""
    if span.number < FEWEST:
        return too_few(span.number)
    return f"median {span.median:.0f} %, {span.low:.0f} to {span.high:.0f} %"


def figure_range(span: Range, unit: Unit) -> str:
    """Median and range of levels."""
    if span.median is None or span.low is None or span.high is None or span.number < FEWEST:
        return too_few(span.number)
    median, low, high = (figure(one, unit) for one in (span.median, span.low, span.high))
    return f"median {median}, {low} to {high}"


def change_range(span: Range, unit: Unit) -> str:
    """Median and range of changes."""
    if span.median is None or span.low is None or span.high is None or span.number < FEWEST:
        return too_few(span.number)
    median, low, high = (changed(one, unit) for one in (span.median, span.low, span.high))
    return f"median {median}, {low} to {high}"


def too_few(number: int) -> str:
    """Why no range is told."""
    return "no exit" if number == 0 else f"{count(number, 'exit')}: no range"


def came_back_words(exits: Sequence[AtExit]) -> str:
    """How many returned within 12 months, of those followed for so long."""
    known = [one.exit.came_back for one in exits if one.exit.came_back is not None]
    return f"{sum(known)} of {len(known)} followed"
