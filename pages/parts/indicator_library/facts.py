"""The facts of an indicator's card: what it counts, is held to, how fresh it is, and who answers for it."""

from collections.abc import Sequence
from html import escape

import pandas as pd
import streamlit as st

from indicators.definition import Indicator, Standard
from pages.charts.coverage import TYPE_ORDER
from pages.charts.layers.formats import format_day, format_month, format_value
from pages.parts.frame import method_note
from pages.parts.indicator_library.list import (
    BETTER_WORDS,
    CADENCE_WORDS,
    NO_FIGURES,
    all_listed,
    due_words,
    publication_of,
)
from pages.parts.indicators import UNIT_TITLES
from pages.parts.organisations import listed
from pages.parts.store import ask

_OWN_READING = "theme as this project reads it; the list of metrics is not at hand"
Fact = tuple[str, str]
"""A name and what is to be said of it, plain text."""

_LEVELS = {kind: words.lower() for kind, words in TYPE_ORDER.items()} | {
    "region": "regions",
    "england": "England",
}


def show_facts(indicator: Indicator) -> None:
    """The card's facts as a list of names and words."""
    facts = [*_definition(indicator), *_figures(indicator), *_oversight(indicator)]
    lines = "".join(f"<dt>{escape(name)}</dt><dd>{escape(words)}</dd>" for name, words in facts)
    st.html(f'<dl class="ot-facts">{lines}</dl>')


def _definition(indicator: Indicator) -> list[Fact]:
    unit = UNIT_TITLES[indicator.unit].capitalize()
    over = [("Divided by", indicator.denominator_text)] if indicator.denominator_text else []
    return [
        ("In full", f"{indicator.title}."),
        ("Counts", indicator.numerator_text),
        *over,
        ("Unit and direction", f"{unit}. {BETTER_WORDS[indicator.better]}."),
        ("Held to", _standards(indicator)),
        ("Published for", _sentence(listed([_LEVELS[level] for level in indicator.org_levels]))),
    ]


def _standards(indicator: Indicator) -> str:
    if not indicator.standards:
        return "No national standard is known to this catalogue."
    told = "; ".join(_standard(standard, indicator) for standard in indicator.standards)
    return _sentence(told)


def _sentence(words: str) -> str:
    return f"{words[0].upper()}{words[1:]}."


def _standard(standard: Standard, indicator: Indicator) -> str:
    value = format_value(standard.value, indicator.unit)
    return f"{standard.kind} {value} from {format_month(standard.on)}"


def _figures(indicator: Indicator) -> list[Fact]:
    row = all_listed().set_index("indicator_id").loc[indicator.indicator_id]
    usual = (
        f"{CADENCE_WORDS[indicator.cadence]}, usually {indicator.lag_days} days after the period."
    )
    facts = [("Publication", publication_of(indicator)), ("Published", usual)]
    if pd.isna(row["organisations"]):
        return [*facts, ("Figures", NO_FIGURES)]
    return [
        *facts,
        (
            "Figures",
            f"{row['figures']}, {row['organisations']:.0f} organisations.",
        ),
        ("Freshness", _freshness(row)),
    ]


def _freshness(row: pd.Series) -> str:
    told = [
        f"{what} {format_day(day)}"
        for what, day in (("published", row["published_on"]), ("fetched", row["retrieved_at"]))
        if pd.notna(day)
    ]
    newest = (
        f"The newest file was {listed(told)}."
        if told
        else "No source gives the day on which the newest file was published or fetched."
    )
    return f"{newest} Next figures: {due_words(row['next_due'], row['is_overdue'])}."


def _oversight(indicator: Indicator) -> list[Fact]:
    excluded = indicator.radar_exclusion
    signals = [("New signals", f"Not reported: {excluded}")] if excluded else []
    return [("Segment rule", rule_words(indicator)), *signals]


def rule_words(indicator: Indicator) -> str:
    """In which eras the indicator is an input to the segment."""
    names = ask("eras").set_index("era_id")["short_name"]
    feeding = [names[era] for era in indicator.in_segment_formula if era in names.index]
    if not feeding:
        return "Not known to feed the rule that makes the segment in any framework."
    return f"Feeds the rule that makes the segment in {listed(feeding)}."


def show_background(indicator: Indicator) -> None:
    """Below the pictures: why it matters, changes of definition, frameworks, caveats, who answers for it."""
    left, right = st.columns(2, gap="large")
    with left:
        _paragraphs("Why it matters", [indicator.why])
    with right:
        breaks = [f"{format_month(item.on)}: {item.label}" for item in indicator.breaks]
        _paragraphs("Changes of definition", breaks or ["None is known to this catalogue."])
    _frameworks(indicator)
    method_note(escape(indicator.method), [escape(caveat) for caveat in indicator.caveats])
    review = indicator.review
    st.html(
        f'<p class="ot-source">Owner: {escape(review.owner)}. Catalogue file by {escape(review.author)}, '
        f"{escape(_checked(review.checker))}. Reviewed {format_day(review.reviewed_on)}, next review due "
        f"{format_day(review.next_review)}.</p>"
    )


def _frameworks(indicator: Indicator) -> None:
    st.header("In the oversight frameworks", anchor=False)
    st.table(framework_table(indicator), border="horizontal", hide_index=True)


def framework_table(indicator: Indicator) -> pd.DataFrame:
    """A row per framework and metric: theme, metric and code, and whether it feeds the segment rule."""
    eras = ask("eras")[["era_id", "short_name"]]
    rows = ask("indicator_frameworks")
    rows = rows[rows["indicator_id"] == indicator.indicator_id]
    joined = eras.merge(rows, on="era_id", how="left")
    is_own = joined["is_own_reading"].eq(True)
    metric = joined["metric"].mask(is_own, _OWN_READING)
    feeds = joined["era_id"].isin(list(indicator.in_segment_formula))
    return pd.DataFrame(
        {
            "Framework": joined["short_name"],
            "Theme or domain": joined["theme"].str.capitalize().fillna("not on record"),
            "Metric": (joined["code"] + ": ").fillna("") + metric.fillna("none on record"),
            "Feeds the segment rule": feeds.map({True: "yes", False: "not known to"}),
        }
    )


def _checked(checker: str) -> str:
    return checker if checker.startswith("not ") else f"checked by {checker}"


def _paragraphs(title: str, texts: Sequence[str]) -> None:
    st.header(title, anchor=False)
    st.html("".join(f'<p class="ot-reading">{escape(text)}</p>' for text in texts))
