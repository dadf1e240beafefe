"""Who on record can be judged at all: how many entries each step leaves, and why the others cannot be."""

from collections import Counter
from collections.abc import Mapping, Sequence
from html import escape
from typing import Any

import pandas as pd
import streamlit as st

from indicators.screening.judged import Judged
from indicators.writing import MONTHS
from pages.charts.steps_left import SHOWN, describe_steps, draw_steps
from pages.parts.frame import Look, look_now, reading_aid, show_chart, show_table, tokens_of
from pages.parts.key_indicators.words import pair_words, title_of, type_words
from pages.parts.organisations import listed
from pages.parts.specs import spec_of
from pages.parts.spells import TYPE_WORDS

USUAL_TYPE = "acute"
_COLUMNS = {
    "on_record": "On record",
    "dated": "Known to the month",
    "covered": "A year of figures on both sides",
    "clear": "Clear of other stays and changes",
    "enough": "Figures wherever needed",
    "judged": "Judged",
    "pooled": "With an effect beside others",
}
_READING = (
    "A bar is an indicator. Its whole length is every stay in a programme on record of this type of "
    "organisation, special measures before July 2021 among them; spells without a gap between them are one "
    "stay. A stay is covered if three quarters or more of the twelve months before entry, and of the twelve "
    "from it on, have a figure. Judged are those of which the year after entry can be held against the "
    "rebound to be expected: that takes figures from fifteen months before entry, no other stay or change of "
    "definition nearby, and twenty others beside it. The order is by how many are judged, and says nothing "
    "of the indicators' merit."
)


def show_steps(pairs: Sequence[Judged], org_type: str) -> None:
    """The chart of one type, acute trusts unless chosen, why others are left out, and all numbers."""
    shown = [one for one in pairs if one.org_type == (org_type or USUAL_TYPE)]
    st.header("How many entries can be judged, and why not more?", anchor=False)
    rows = step_rows(shown)
    if rows.empty or not rows["on_record"].max():
        _note(f"No stay of {type_words(org_type or USUAL_TYPE)} in a programme is on record.")
        return
    _note(why_not_more(shown))
    drawn = rows[rows["covered"] + rows["judged"] > 0]
    if not drawn.empty:
        show_chart(_spec(drawn, look_now()), describe_steps(drawn), "key.steps")
    _note(uncovered_sentence(rows))
    reading_aid(escape(_READING))
    label = "Entries and exits left at each step, of every pair"
    show_table(lambda: steps_table(pairs), "key-indicators-steps", label)


def _note(sentence: str) -> None:
    if sentence:
        st.html(f'<p class="ot-reading">{escape(sentence)}</p>')


@st.cache_data(max_entries=16, show_spinner=False)
def _spec(rows: pd.DataFrame, look: Look) -> dict[str, Any]:
    return spec_of(draw_steps(rows, tokens_of(look.theme)))


def step_rows(pairs: Sequence[Judged]) -> pd.DataFrame:
    """A row per pair as the chart takes them, those with most judged first."""
    rows = pd.DataFrame([_row(one) for one in pairs], columns=["label", *SHOWN, "since", "words"])
    return rows.sort_values(
        ["judged", "covered", "label"], ascending=[False, False, True], ignore_index=True
    )


def _row(one: Judged) -> dict[str, Any]:
    everyone, since = walk_of(one), walk_of(one, "since")
    words = str(everyone["judged"])
    if everyone["judged"]:
        words += f" ({since['judged']})"
    counts = {name: everyone[name] for name in SHOWN}
    return {"label": title_of(one.indicator_id), "since": since["judged"], "words": words} | counts


def walk_of(one: Judged, which: str = "everyone", event: str = "entry") -> Mapping[str, Any]:
    """The counts at each step, of `everyone` or of stays `since` July 2021."""
    walk: Mapping[str, Any] = one.row["steps"][event][which]
    return walk


def uncovered_sentence(rows: pd.DataFrame) -> str:
    """The indicators without a bar: nobody has figures for a year on both sides."""
    bare = rows[rows["covered"] + rows["judged"] == 0]
    if bare.empty:
        return ""
    return f"Not drawn, as no entry has a year of figures on both sides: {listed(list(bare['label']))}."


def reach_sentence(pairs: Sequence[Judged], needed: int) -> str:
    """How many who entered since July 2021 can be judged at best, and what stands first in the way."""
    of_type = {one.org_type: walk_of(one, "since") for one in pairs}
    on_record, dated = (
        sum(one[name] for one in of_type.values()) for name in ("on_record", "dated")
    )
    if not on_record:
        return ""
    best = max(pairs, key=lambda one: walk_of(one, "since")["judged"])
    most = walk_of(best, "since")["judged"]
    told = f"Of the {on_record} stays since July 2021 {dated} have an entry known to the month"
    if not most:
        return f"{told}, and none can be judged; chief reason: {_chief(pairs)}."
    of_needed = f"of the {needed} needed " if most < needed else ""
    return (
        f"{told}; at most {most} {of_needed}can be judged ({pair_words(best)}); chief reason: "
        f"{_chief([best])}."
    )


def _chief(pairs: Sequence[Judged]) -> str:
    """The commonest kind of reason for which stays since July 2021 are not judged."""
    kinds = _kinds([walk_of(one, "since") for one in pairs])
    return next((words for words, _ in kinds.most_common(1)), "nobody else is of its type")


def why_not_more(pairs: Sequence[Judged]) -> str:
    """Of one type: how many are dated, the best covered indicators, and the reasons over all of them."""
    first = walk_of(pairs[0])
    best = sorted(pairs, key=lambda one: -walk_of(one)["judged"])[:3]
    told = [
        f"{title_of(one.indicator_id)} {walk_of(one)['judged']} "
        f"({walk_of(one, 'since')['judged']} since July 2021)"
        for one in best
        if walk_of(one)["judged"]
    ]
    judged = f"Most can be judged of {listed(told)}." if told else "None can be judged."
    kinds = _kinds([walk_of(one) for one in pairs])
    shares = [
        f"{words} ({100 * number / kinds.total():.1f} %)" for words, number in kinds.most_common(5)
    ]
    return (
        f"Of {first['on_record']} stays of {type_words(pairs[0].org_type)} on record {first['dated']} have "
        f"an entry known to the month. {judged} Why the others are not, over all indicators: "
        f"{'; '.join(shares)}."
    )


def _kinds(walks: Sequence[Mapping[str, Any]]) -> Counter[str]:
    """How often each kind of reason leaves a stay out."""
    kinds: Counter[str] = Counter()
    for walk in walks:
        for reason, number in walk["reasons"]:
            kinds[kind_of(reason)] += number
    return kinds


_KINDS = {
    "begin only in": "the figures begin too late",
    "end in": "the figures end too soon",
    "no file gathered here": "no file gathered here has some months",
    "known only to": "the entry is not known to the month",
    "no source gives": "the entry is not known to the month",
    "its own figures are missing": "its own figures are missing",
    "no figure of this indicator": "the organisation has no figures",
    "one figure a year": "the indicator has one figure a year",
    "neither side": "neither side of the indicator is better",
    "another spell ran": "another spell or a change of definition lies too near",
    "fewer than": "too few others stand beside it",
    "programme": "it was in another programme before",
    "carried over": "it was in another programme before",
}
"""Reasons by a part of their words, the first that is found."""


def kind_of(reason: str) -> str:
    """A reason without its months."""
    return next((words for part, words in _KINDS.items() if part in reason), reason)


def steps_table(pairs: Sequence[Judged]) -> pd.DataFrame:
    """Every count of every pair, at entry and exit, of all and since July 2021, with the chief reason."""
    return pd.DataFrame(
        [
            {
                "Indicator": title_of(one.indicator_id),
                "Type": TYPE_WORDS[one.org_type],
                "Event": event.capitalize(),
                "Began": began,
            }
            | {words: walk[name] for name, words in _COLUMNS.items()}
            | {
                "Chief reason why others are not judged": next(
                    (each[0] for each in walk["reasons"]), ""
                )
            }
            for one in pairs
            for event in ("entry", "exit")
            for began, walk in (
                ("any time", walk_of(one, "everyone", event)),
                ("since July 2021", walk_of(one, "since", event)),
            )
        ]
    )


def month_words(month: str) -> str:
    """`November 2026` for `2026-11`."""
    year, number = month.split("-")
    return f"{MONTHS[int(number) - 1]} {year}"
