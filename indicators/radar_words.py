"""The radar in words: what moved, since when, from what to what, and how much is chance."""

from collections.abc import Mapping
from typing import Any

import pandas as pd

from indicators.definition import Indicator, Unit
from indicators.radar import DIRECTIONS, SERIES, Radar
from indicators.writing import PEERS, format_span, format_value, rule_words

KIND_WORDS = rule_words() | {
    "cusum": "drift among peers",
    "worst_decile": "worst tenth of peers three periods running",
}
"""Kinds of signal in words, the rules of the control chart in their order of precedence."""
CHANCE = "Periods are alike and waits trend, so far more signal; a signal never says why."


def lead_sentence(radar: Radar) -> str:
    """How many series gave a new signal, how many were tested, how many would by chance."""
    new = radar.signals[radar.signals["is_new"]]
    number = len(new[SERIES].drop_duplicates())
    expected = float(radar.tested["chance_new"].sum())
    # Of a handful the tenths matter.
    chance = f"{expected:.1f}" if expected < 10 else f"{expected:.0f}"
    return (
        f"In the latest figures {number:,} of {radar.series:,} organisation × indicator series gave a new "
        f"signal; about {chance} would by chance if periods were independent."
    )


def sentences(
    signals: pd.DataFrame, indicators: Mapping[str, Indicator], types: pd.Series
) -> pd.Series:
    """A sentence for each signal; `types` is the type of organisation by code."""
    told = [
        _sentence(row, indicators[str(row.indicator_id)], PEERS[types.loc[str(row.org_code)]])
        for row in signals.itertuples()
    ]
    return pd.Series(told, signals.index, dtype=object)


def told_together(signals: pd.DataFrame) -> pd.DataFrame:
    """The rules of one control chart that a series breaks on one side in one row: its sentence names all.

    `signals` has `says`; the row is that of the first rule in the order of precedence, at its old place.
    """
    place = signals["kind"].map({kind: place for place, kind in enumerate(KIND_WORDS)})
    by_rule = signals.loc[place.sort_values(kind="stable").index]
    groups = by_rule.groupby([*SERIES, "test", "direction", "is_new"], sort=False).ngroup()
    more: dict[int, str] = {}
    for group, kind in zip(groups, by_rule["kind"], strict=True):
        more[group] = f"{more[group]}; {KIND_WORDS[kind]}" if group in more else ""
    together = by_rule[~groups.duplicated()]
    # The groups are numbered in the order of their first rows.
    says = [
        f"{said.removesuffix('.')}{also}."
        for said, also in zip(together["says"], more.values(), strict=True)
    ]
    return together.assign(says=says).sort_index()


def direction_words(direction: str, test: str) -> str:
    """`got worse`, and `got worse among peers` where only the place among them is judged."""
    return DIRECTIONS[direction] + (" among peers" if test == "cusum" else "")


def _sentence(row: Any, indicator: Indicator, peers: str) -> str:
    since, period = (format_span(day, indicator.step_months) for day in (row.since, row.period))
    begins = f"Since {since}" if row.since < row.period else f"In {period}"
    latest = "" if row.since == row.period else f" in {period}"
    value = format_value(row.value, indicator.unit)
    what = f"{begins}, {_in_sentence(indicator.short_title)}"
    if row.kind == "cusum":
        places = f"from percentile {row.percentile_before:.0f} to {row.percentile:.0f}{latest}"
        figure = "" if pd.isna(row.before) else f" from {_level(row.before, indicator.unit)}"
        return f"{what} moved {places} of {row.peers} {peers} (100 is worst); the figure{figure} to {value}."
    before = _level(row.before, indicator.unit)
    if row.kind == "worst_decile":
        return (
            f"{what} has been in the worst tenth of {row.peers} {peers}: {value}{latest}, their "
            f"median {before}."
        )
    level = before if row.kind == "trend" else f"a mean of {before}"
    return f"{what} moved from {level} to {value}{latest}: {KIND_WORDS[row.kind]}."


def _level(value: float, unit: Unit) -> str:
    """A mean: of large counts the tenths say nothing."""
    return format_value(round(value) if unit == "count" and value >= 100 else value, unit)


def _in_sentence(title: str) -> str:
    """A title within a sentence: abbreviations and names keep their capitals."""
    second = title[1:2]
    return title[0].lower() + title[1:] if second.islower() else title


def counted_words(counts: Mapping[str, int], words: Mapping[str, str]) -> list[str]:
    """Each count with its words, in the order of the words."""
    return [f"{counts[key]:,} {said}" for key, said in words.items() if key in counts]
