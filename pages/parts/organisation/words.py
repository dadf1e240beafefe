"""The profile in words: changes, positions, a sentence for each theme, and what moved."""

from collections.abc import Sequence

import pandas as pd

from pages.charts.layers.formats import format_month, format_span, format_value
from pages.charts.layers.spell_words import count
from pages.parts.indicators import GROUP_WORDS
from pages.parts.organisation.profile import Anchor, Line, Stay, has_icon
from pages.parts.organisations import listed
from pages.parts.since_entry import FEWEST, Change
from pages.parts.since_entry_words import change_words, spans_of

_MOST_NAMED = 4


def side_words(value: float, line: Line) -> str:
    """`better` or `worse` as the indicator has it; nothing where neither side is, or nothing to be seen."""
    if line.indicator.better == "neither" or change_words(value, line.indicator.unit)[0] == "±":
        return ""
    return "better" if (value > 0) == (line.indicator.better == "higher") else "worse"


def latest_words(line: Line) -> tuple[str, str]:
    """The latest value, and its period."""
    start = line.latest["period_start"]
    return (
        format_value(line.latest["value"], line.indicator.unit),
        format_span(start, line.indicator.step_months),
    )


def position_words(line: Line) -> tuple[str, str]:
    """`23 of 122`, and how far that is known."""
    if pd.isna(line.latest["place"]):
        return "not ranked", ""
    place = f"{int(line.latest['place'])} of {int(line.latest['peers'])}"
    if line.reach is None:
        return place, "no interval"
    low, high = line.reach
    return place, f"could be {low} to {high}" if low < high else f"could be {low} only"


def own_words(change: Change, line: Line) -> str:
    """The organisation's own change, or why there is none."""
    if change.own is None:
        return change.why
    side = side_words(change.own, line)
    return change_words(change.own, line.indicator.unit) + (f", {side}" if side else "")


def peers_words(change: Change, line: Line) -> str:
    """Peers' median change over the same months; nothing where the own is not known."""
    if change.own is None:
        return ""
    if change.peers is None:
        return f"fewer than {FEWEST} peers"
    return f"peers {change_words(change.peers.median, line.indicator.unit)}"


def window_words(change: Change, line: Line) -> str:
    """Which periods are compared: `Apr to Jun 2021 with Mar to May 2026`."""
    if change.windows is None:
        return ""
    return " with ".join(spans_of(change.windows, line.indicator.step_months))


def theme_sentence(group: str, lines: Sequence[Line]) -> str:
    """How many of a theme's indicators show special cause, and where its first one stands."""
    known = [line for line in lines if has_icon(line)]
    first = _first(lines)
    return f"{GROUP_WORDS[group]}: {_signals(known, len(lines))}; {_standing(first)}."


def _first(lines: Sequence[Line]) -> Line:
    """The first indicator with a change since entry, else with an icon, else the first."""
    for wanted in (lambda line: line.changes["entry"].own is not None, has_icon):
        found = next((line for line in lines if wanted(line)), None)
        if found:
            return found
    return lines[0]


def _signals(known: Sequence[Line], all_lines: int) -> str:
    if not known:
        return f"none of {count(all_lines, 'indicator')} has an icon"
    kinds = {
        "improvement": "special cause improvement",
        "concern": "special cause concern",
        "neutral": "special cause where neither side is better",
    }
    counts = {
        words: sum(line.icon["variation"].startswith(kind) for line in known)
        for kind, words in kinds.items()
    }
    of = f"of {count(len(known), 'indicator')}"
    found = [(number, words) for words, number in counts.items() if number]
    if not found:
        return f"none {of} shows special cause"
    (number, words), *others = found
    first = f"{number} {of} {'shows' if number == 1 else 'show'} {words}"
    return listed([first, *(f"{more} {what}" for more, what in others)])


def _standing(line: Line) -> str:
    value, period = latest_words(line)
    said = f"{line.indicator.short_title} {value} in {period}"
    change = line.changes["entry"]
    if change.own is None:
        return said
    side = "above" if change.own >= 0 else "below"
    much = change_words(abs(change.own), line.indicator.unit).lstrip("+±")
    three = line.indicator.step_months == 1
    now = "the mean of its latest three months" if three else "its latest period"
    before = (
        "that of the three before the first month exposed" if three else "the last before entry"
    )
    peers = ""
    if change.peers is not None:
        peers = f", similar organisations {change_words(change.peers.median, line.indicator.unit)}"
    return f"{said}, {now} {much} {side} {before}{peers}"


def anchor_title(anchor: Anchor, stay: Stay) -> str:
    """`Since it entered the RSP in Jul 2021`, or what stands in its place."""
    if anchor == "quarter":
        return "Over the last quarter"
    event, verb = (stay.entered_on, "entered") if anchor == "entry" else (stay.left_on, "left")
    return f"Since it {verb} the {stay.programme} in {format_month(event)}" if event else ""


def moved_sentence(anchor: Anchor, lines: Sequence[Line], stay: Stay) -> str:
    """What moved since an event or over the last quarter, and what moved further than nine in ten peers.

    Nothing where no such change is known.
    """
    title = anchor_title(anchor, stay)
    told = [line for line in lines if line.changes[anchor].own is not None]
    judged = [line for line in told if line.indicator.better != "neither"]
    if not title or not judged:
        return ""
    sides = [side_words(line.changes[anchor].own or 0.0, line) for line in judged]
    counts = f"{sides.count('better')} of {len(judged)} indicators moved to the better side"
    median = [line for line in judged if line.changes[anchor].peers is not None]
    peers = sum(side_words(line.changes[anchor].peers.median, line) == "better" for line in median)  # type: ignore[union-attr]
    beside = (
        f"; the median of similar organisations did for {peers} of {len(median)}" if median else ""
    )
    return f"{title}, {counts}{beside}. {_beyond(anchor, median)}"


def _beyond(anchor: Anchor, lines: Sequence[Line]) -> str:
    outside = [line for line in lines if line.changes[anchor].beyond]
    if not outside:
        return "None moved further than nine in ten similar organisations did."
    said = []
    for side in ("better", "worse"):
        these = [line for line in outside if _beyond_side(line, anchor) == side]
        if these:
            said.append(f"for the {side} {_named(these, anchor)}")
    return (
        f"Further than nine in ten similar organisations: {'; '.join(said)}. On one indicator in five one "
        "like its peers would lie that far out, on one side or the other."
    )


def _beyond_side(line: Line, anchor: Anchor) -> str:
    is_higher = line.changes[anchor].beyond > 0
    return "better" if is_higher == (line.indicator.better == "higher") else "worse"


def _named(lines: Sequence[Line], anchor: Anchor) -> str:
    names = [
        f"{line.indicator.short_title} ({own}, {peers_words(line.changes[anchor], line)})"
        for line in lines[:_MOST_NAMED]
        for own in [change_words(line.changes[anchor].own or 0.0, line.indicator.unit)]
    ]
    if len(lines) > _MOST_NAMED:
        names.append(f"{len(lines) - _MOST_NAMED} more")
    return listed(names)
