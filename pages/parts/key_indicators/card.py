"""The evidence card of one indicator among one type: every criterion, what decided, and where to look on."""

from collections.abc import Sequence
from html import escape
from typing import Any
from urllib.parse import urlencode

import pandas as pd
import streamlit as st

from indicators.screening.judged import Judged, estimate_of
from indicators.stats.screen.thresholds import Thresholds
from pages.parts.frame import method_note, offer_csv, source_line
from pages.parts.indicator_library.list import publication_of
from pages.parts.indicators import catalogue
from pages.parts.key_indicators.lacking import still_lacking
from pages.parts.key_indicators.sentences import thresholds_changed
from pages.parts.key_indicators.words import (
    CRITERIA,
    FACTS,
    asked_words,
    estimate_words,
    fact_words,
    found_words,
    grade_words,
    interval,
    met_words,
    pair_words,
    reason_words,
    signed_interval,
)
from pages.parts.sources import SEGMENT_REGISTER

_METHOD = (
    "Each criterion is judged by itself; there is no score. Intervals are 95 %, of 500 samples of "
    "organisations with all their periods. A class needs every fact that could change it: where one is "
    "unknown, the indicator is not assessable."
)


def show_card(one: Judged, document: dict[str, Any], thresholds: Thresholds) -> None:
    """The deciding facts, the eight criteria, what else was found, the caveats, and the links."""
    because = "; ".join(map(fact_words, one.decision.because))
    st.html(f'<p class="ot-reading"><b>Decided by:</b> {escape(because)}.</p>')
    st.table(criteria_table(one), border="horizontal", hide_index=True)
    st.header("Facts against what is asked for", anchor=False)
    st.table(facts_table(one), border="horizontal", hide_index=True)
    left, right = st.columns([5, 4], gap="large")
    with left:
        st.header("What else was found", anchor=False)
        st.html(_listing(further(one)))
        st.header("What would change this", anchor=False)
        st.html(_listing(still_lacking(one, thresholds)))
    with right:
        st.header("Look further", anchor=False)
        st.html(_listing(_links(one), is_html=True))
        st.html(_listing(_origin(document), is_html=True))
    caveats = catalogue()[one.indicator_id].caveats
    method_note(escape(_METHOD), [escape(caveat) for caveat in caveats])
    changed = "; ".join(thresholds_changed(thresholds)) or "none"
    export = facts_table(one).assign(**{"Thresholds changed": changed})
    offer_csv(export, f"key-indicators-{one.indicator_id}-{one.org_type}")
    source = publication_of(catalogue()[one.indicator_id])
    source_line([escape(source), SEGMENT_REGISTER], f"{one.row['organisations']} organisations")


def criteria_table(one: Judged) -> pd.DataFrame:
    """The eight criteria: grade, estimate with interval, and why where nothing can be said."""
    return pd.DataFrame(
        {
            "Criterion": CRITERIA[each.name],
            "Grade": grade_words(each),
            "Estimate (95 % interval)": estimate_words(each) or _signs(one, each.name),
            "Note": _note(each.name, reason_words(each.reason), each.is_circular),
        }
        for each in one.criteria
    )


def _signs(one: Judged, name: str) -> str:
    """Measurement risk has no estimate but signs that were looked for."""
    signs = one.row["risk"]["signs"]
    if name != "measurement risk" or not signs:
        return "not known"
    return f"{sum(sign['is_raised'] for sign in signs)} of {len(signs)} signs raised"


def _level(one: Judged, criterion: str) -> str:
    level = one.row["risk"]["level"]
    is_known = criterion == "measurement risk" and level != "not assessable"
    return level if is_known else "not known"


def _note(name: str, reason: str, is_circular: bool) -> str:
    if is_circular:
        return "feeds the rule that makes the segment: counts neither for nor against"
    if reason:
        return reason
    return {"rebound": "share of a low point that comes back without support"}.get(name, "")


def facts_table(one: Judged) -> pd.DataFrame:
    """Every fact: what was found, what is asked for, whether it is met, and why where that is unknown."""
    return pd.DataFrame(
        {
            "Fact": FACTS[fact.criterion],
            "Found (95 % interval)": found_words(fact) or _level(one, fact.criterion),
            "Asked for": asked_words(fact),
            "Met": met_words(fact),
            "Why": reason_words(fact.why),
        }
        for fact in one.decision.facts
    )


def further(one: Judged) -> list[str]:
    """What was found beside the graded criteria, a sentence each."""
    row = one.row
    return [
        f"{row['organisations']} organisations have figures, over {row['quality']['months']} months.",
        _entrants(row),
        *_pooled(row["response"]["pooled"]),
        *_rebound(row),
        *_segments(row),
        *_prediction(row),
        *(f"Sign of measurement risk, {_sign(sign)}." for sign in row["risk"]["signs"]),
        *_cluster(row),
    ]


def _entrants(row: Any) -> str:
    told = f"{row['response']['entrants']} entrants can be judged."
    srm = estimate_of(row["response"]["srm"])
    if srm is not None:
        told += f" Standardised response mean of entrants: {signed_interval(srm)}."
    return told


def _pooled(pooled: Any) -> list[str]:
    effect = None if pooled is None else estimate_of(pooled["effect"])
    if effect is None:
        return []
    return [
        f"Pooled effect of entry beside controls: {signed_interval(effect)} standard deviations between "
        f"organisations, which differs between entrants by {pooled['tau']:.2f}; favourable and clear in "
        f"{100 * pooled['favourable']:.0f} % of them."
    ]


def _rebound(row: Any) -> list[str]:
    ratio = estimate_of(row["rebound"]["ratio"])
    told = [] if ratio is None else [f"Expected rebound / rebound seen: {interval(ratio)}."]
    without = row["excess_without_each"]
    # Of entrants too few to be judged a mean would say more than is known.
    if without and estimate_of(row["response"]["excess"]["estimate"]) is not None:
        low, high = (f"{end:+.2f}".replace("-", "−") for end in without)
        told.append(
            f"Mean excess in the indicator’s unit, an entrant left out in turn: {low} to {high}."
        )
    return told


def _segments(row: Any) -> list[str]:
    found = row["discrimination"]
    if estimate_of(found["ordinal"]["estimate"]) is None:
        return []
    era = f"Segments are those of era {found['era']}: {found['violations']} of {found['steps']} neighbouring "
    told = [f"{era}segments have medians the wrong way round."]
    worst = estimate_of(found["worst"])
    if worst is not None:
        told.append(f"AUC of segments 4 and 5 against the rest: {interval(worst)}.")
    if row["ranks"]:
        low, high = row["ranks"]
        told.append(f"Its place among those judged on segments could be any from {low} to {high}.")
    return told


def _prediction(row: Any) -> list[str]:
    found = row["prediction"]
    told = [f"{found['events']} entries within 12 months could be foretold."]
    if found["lead"]:
        told.append(f"It foretells them up to {found['lead']} months ahead.")
    return told


def _sign(sign: Any) -> str:
    estimate = estimate_of(sign["estimate"])
    number = "" if estimate is None else f" {signed_interval(estimate)}"
    return f"{sign['name']}:{number}, {'raised' if sign['is_raised'] else 'not raised'}"


def _cluster(row: Any) -> list[str]:
    cluster = row["cluster"]
    if not cluster:
        return []
    stands = (
        "may stand for it"
        if cluster["is_representative"]
        else "moves with the one that stands for it"
    )
    return [
        f"Cluster {cluster['number']} of indicators of its type that move together: it {stands}."
    ]


def _links(one: Judged) -> list[str]:
    whose = {"indicator": one.indicator_id}
    typed = {**whose, "org_type": one.org_type}
    pages = [
        ("explorer", {**whose, "view": "aligned"}, "Around entry and exit in the Explorer"),
        (
            "explorer",
            {**whose, "view": "distribution", "display": "segments"},
            "Distribution by segment in the Explorer",
        ),
        ("library", whose, "Its card in the Library"),
        (
            "pooled",
            {**typed, "view": "entry"},
            "Pooled effects of entry: forest plot and event study",
        ),
        ("its", {**whose, "view": "all"}, "Every entrant’s interrupted time series"),
    ]
    return [
        f'<a href="{page}?{escape(urlencode(query))}" target="_self">{escape(words)}</a>'
        for page, query, words in pages
    ]


def _origin(document: dict[str, Any]) -> list[str]:
    data, code = escape(document["data"][:12]), escape(document["code"])
    return [
        f"Run: data {data}, code {code}, seed {document['seed']}. "
        "<code>python -m indicators screen</code> repeats every number of this card to the last digit."
    ]


def _listing(lines: Sequence[str], is_html: bool = False) -> str:
    items = "".join(f"<li>{line if is_html else escape(line)}</li>" for line in lines)
    return f'<ul class="ot-reading">{items}</ul>'


def card_title(one: Judged) -> str:
    """The question of a card: `Sickness absence among acute trusts: does it show …`."""
    return f"{pair_words(one)}: does it show purposeful improvement?"
