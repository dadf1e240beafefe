"""The scorecard: a row per indicator and type, the eight criteria each with its mark, name and interval."""

from collections.abc import Mapping, Sequence
from html import escape
from itertools import groupby
from urllib.parse import urlencode

import pandas as pd

from indicators.screening.judged import Criterion, Judged
from indicators.stats.screen.thresholds import Thresholds
from pages.parts.indicators import GROUP_WORDS, catalogue
from pages.parts.key_indicators.sentences import thresholds_changed
from pages.parts.key_indicators.words import (
    CLASS_MEANS,
    CLASSES,
    CRITERIA,
    estimate_words,
    fact_words,
    grade_words,
    reason_words,
    short_estimate,
    title_of,
    type_words,
)
from pages.parts.spells import TYPE_WORDS

_STYLE = """<style>
.ot-scorecard { overflow: auto; max-height: 480px; border: 1px solid rgba(128,140,150,.35); }
.ot-scorecard table { border-collapse: separate; border-spacing: 0; width: 100%; font-size: 0.82rem;
  line-height: 1.3; font-variant-numeric: tabular-nums; }
.ot-scorecard th, .ot-scorecard td { padding: 0.3rem 0.45rem; text-align: left; vertical-align: top;
  border-bottom: 1px solid rgba(128,140,150,.28); font-weight: normal; }
.ot-scorecard td { white-space: nowrap; }
.ot-scorecard thead th { position: sticky; top: 0; z-index: 2; font-weight: 600; vertical-align: bottom;
  background: GROUND; }
.ot-scorecard tbody th[scope=row] { min-width: 10.5rem; }
.ot-scorecard .ot-class th { padding-top: 0.7rem; border-bottom: 2px solid rgba(128,140,150,.55); }
.ot-scorecard .ot-class div { position: sticky; left: 0.6rem; max-width: min(60rem, calc(100vw - 4rem)); }
.ot-scorecard small { display: block; font-size: 0.78rem; opacity: 0.88; }
</style>"""


def in_order(pairs: Sequence[Judged]) -> list[Judged]:
    """By class, then theme, name and type: for reading, no ranking."""
    classes, themes, types = list(CLASSES), list(GROUP_WORDS), list(TYPE_WORDS)

    def place(one: Judged) -> tuple[int, int, str, int]:
        theme = themes.index(catalogue()[one.indicator_id].group)
        kind = types.index(one.org_type)
        return classes.index(one.decision.name), theme, title_of(one.indicator_id), kind

    return sorted(pairs, key=place)


def scorecard(pairs: Sequence[Judged], kept: Mapping[str, Sequence[str]], ground: str) -> str:
    """The pairs, in order, as an HTML table whose names open the cards; `kept`: the rest of the address."""
    heads = ["Indicator and type", *CRITERIA.values()]
    head = "".join(f'<th scope="col">{escape(words)}</th>' for words in heads)
    body = "".join(
        _class(name, list(rows), kept, len(heads))
        for name, rows in groupby(pairs, lambda one: one.decision.name)
    )
    label = "Scorecard of indicators by type of organisation"
    return (
        f"{_STYLE.replace('GROUND', ground)}"
        f'<div class="ot-scorecard" role="region" aria-label="{label}" tabindex="0">'
        f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table></div>"
    )


def _class(
    name: str, rows: Sequence[Judged], kept: Mapping[str, Sequence[str]], columns: int
) -> str:
    words = {str(key): (CLASSES[key], CLASS_MEANS[key]) for key in CLASSES}[name]
    told = f"<b>{words[0]}</b> ({len(rows)}): {escape(words[1])}"
    head = (
        f'<tr class="ot-class"><th colspan="{columns}" scope="colgroup"><div>{told}</div></th></tr>'
    )
    return head + "".join(_row(one, kept) for one in rows)


def _row(one: Judged, kept: Mapping[str, Sequence[str]]) -> str:
    query = {**kept, "indicator": one.indicator_id, "org_type": one.org_type}
    link = f"key-indicators?{escape(urlencode(query, doseq=True))}"
    because = escape("; ".join(map(fact_words, one.decision.because)), quote=True)
    name = escape(title_of(one.indicator_id))
    return (
        f'<tr><th scope="row"><a href="{link}" target="_self" title="{because}">{name}</a>'
        f"<small>{type_words(one.org_type)}</small></th>{''.join(map(_cell, one.criteria))}</tr>"
    )


def _cell(one: Criterion) -> str:
    estimate = estimate_words(one)
    hover = escape(
        f"{CRITERIA[one.name]}: {one.grade}. {estimate or reason_words(one.reason)}", quote=True
    )
    small = f"<small>{escape(short_estimate(one))}</small>" if estimate else ""
    return f'<td title="{hover}">{escape(grade_words(one))}{small}</td>'


def as_rows(pairs: Sequence[Judged], thresholds: Thresholds) -> pd.DataFrame:
    """Everything the scorecard says as numbers, with reasons, and the thresholds that were changed."""
    changed = "; ".join(thresholds_changed(thresholds)) or "none"
    return pd.DataFrame([_record(one) | {"Thresholds changed": changed} for one in pairs])


def _record(one: Judged) -> dict[str, object]:
    told: dict[str, object] = {
        "Indicator": title_of(one.indicator_id),
        "Id": one.indicator_id,
        "Type": TYPE_WORDS[one.org_type],
        "Class": CLASSES[one.decision.name],
        "Because": "; ".join(map(fact_words, one.decision.because)),
        "Organisations": one.row["organisations"],
        "Entrants judged": one.row["response"]["entrants"],
    }
    for criterion in one.criteria:
        told |= _columns(criterion)
    return told | {"q": one.row["q"], "Stability": one.row["stability"]}


def _columns(one: Criterion) -> dict[str, object]:
    name, found = CRITERIA[one.name], one.estimate
    return {
        f"{name}: grade": "circular" if one.is_circular else one.grade,
        name: None if found is None else found.value,
        f"{name}: from": None if found is None else found.low,
        f"{name}: to": None if found is None else found.high,
        f"{name}: why not": reason_words(one.reason),
    }
