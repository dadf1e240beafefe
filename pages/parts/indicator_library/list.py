"""The list of the library: every indicator of the catalogue in a row, searched and filtered."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import pandas as pd
import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from data_sources.registry import sources
from indicators.definition import Indicator
from indicators.freshness import freshness
from pages.charts.layers.formats import format_day, format_month
from pages.parts.filters import only
from pages.parts.frame import look_now, offer_csv, source_line, today
from pages.parts.indicators import GROUP_WORDS, UNIT_TITLES, catalogue
from pages.parts.links import linked_multiselect, linked_text
from pages.parts.sources import title_of
from pages.parts.store import ask

CADENCE_WORDS = {"month": "Monthly", "quarter": "Quarterly", "year": "Yearly"}
BETTER_WORDS = {
    "higher": "Higher is better",
    "lower": "Lower is better",
    "neither": "Neither way is better",
}
STATUS_WORDS = {
    "published": "Figures shown",
    "preview": "Figures shown, provisional",
    "awaiting_data": "No public file read yet",
    "retired": "No longer published",
}
NO_FIGURES = "No public file of this is read yet."
_COLUMNS = {
    "title": st.column_config.TextColumn("Indicator", width=184),
    "group_words": st.column_config.TextColumn("Group", width=152),
    "every": st.column_config.TextColumn("Every", width=60),
    "figures": st.column_config.TextColumn("Figures", width=152),
    "organisations": st.column_config.NumberColumn("Organisations", width=102),
    "due": st.column_config.TextColumn("Next figures", width=266),
    # Last, and as wide as the longest title: the others are seen at once, this one whole by scrolling.
    "source_words": st.column_config.TextColumn("Source", width=590),
}
_HEIGHT = 470
_KEY = "library.list"


@dataclass(frozen=True)
class _Wanted:
    """What a reader looks for: words, and values of columns."""

    words: str
    values: dict[str, list[str]]


def all_listed() -> pd.DataFrame:
    """A row per indicator in the catalogue's order: what the list shows, and what it is searched by."""
    look = look_now()
    return _all_listed(look.day, look.data_version)


@st.cache_data(max_entries=4, show_spinner=False)
def _all_listed(day: date, data_version: str) -> pd.DataFrame:
    known = ask("indicators").set_index("indicator_id")
    fresh = freshness(ask("indicator_freshness"), day).set_index("indicator_id")
    rows = [_row(indicator) for indicator in catalogue().values()]
    joined = pd.DataFrame(rows).set_index("indicator_id")
    reach = ask("indicator_reach").dropna().set_index("indicator_id")
    joined = joined.join([known[["first_month", "last_month"]], reach]).join(
        fresh[["published_on", "retrieved_at", "next_due", "is_overdue"]]
    )
    return joined.assign(
        is_overdue=joined["is_overdue"].eq(True),
        figures=[_span_words(row) for row in joined.itertuples()],
        due=[due_words(row.next_due, row.is_overdue) for row in joined.itertuples()],
    ).reset_index()


def _row(indicator: Indicator) -> dict[str, object]:
    return {
        "indicator_id": indicator.indicator_id,
        "title": indicator.short_title,
        "group": indicator.group,
        "group_words": GROUP_WORDS[indicator.group],
        "source": indicator.measures.source,
        "source_title": publication_of(indicator),
        "source_words": _title_alone(indicator),
        "cadence": indicator.cadence,
        "every": indicator.cadence,
        "step": indicator.step_months,
        "better": indicator.better,
        "status": indicator.review.status,
        "searched": _searched(indicator).casefold(),
    }


def publication_of(indicator: Indicator) -> str:
    """Publisher and title of where its figures come from, or are awaited from."""
    return indicator.measures.publication or title_of(indicator.measures.source)


def _title_alone(indicator: Indicator) -> str:
    """The title without the publisher, where there is a reader that knows both."""
    known = sources().get(indicator.measures.source)
    return known.SOURCE.title if known else publication_of(indicator)


def _searched(indicator: Indicator) -> str:
    """Everything that a search looks into: names, definition, source, metric code, group, theme, unit."""
    told = [
        *(indicator.indicator_id, indicator.title, indicator.short_title, indicator.theme),
        *(indicator.numerator_text, indicator.denominator_text or "", indicator.why),
        *(indicator.method, indicator.oversight_code or "", GROUP_WORDS[indicator.group]),
        *(publication_of(indicator), UNIT_TITLES[indicator.unit]),
        *(*indicator.oversight_names, *indicator.tags, *indicator.caveats),
    ]
    return " ".join(told)


def _span_words(row: Any) -> str:
    """The months from the first period with a figure to the last, or why there is none."""
    if pd.isna(row.first_month):
        return STATUS_WORDS[row.status]
    last = row.last_month + pd.DateOffset(months=row.step - 1)
    return f"{format_month(row.first_month)} – {format_month(last)}"


def due_words(next_due: pd.Timestamp, is_overdue: bool) -> str:
    """`due 9 July 2026`, `due since 9 July 2026, not read yet`, or that nothing is expected."""
    if pd.isna(next_due):
        return "not known"
    day = format_day(next_due)
    return f"due since {day}, not read yet" if is_overdue else f"due {day}"


def search(rows: pd.DataFrame, words: str) -> pd.DataFrame:
    """The rows in which every word occurs, in whatever case."""
    for word in words.casefold().split():
        rows = rows[rows["searched"].str.contains(word, regex=False)]
    return rows


def lead(rows: pd.DataFrame) -> list[str]:
    """The page's question answered: how many indicators, of whom, since when, and are newer figures due."""
    filled = rows[rows["organisations"].notna()]
    reach = ask("indicator_reach").set_index("indicator_id")["organisations"]
    overdue = int(filled["is_overdue"].sum())
    since = format_month(filled["first_month"].min())
    return [
        f"{len(rows)} indicators are in the catalogue; {len(filled)} of them have figures, of "
        f"{reach[reach.index.isna()].item()} organisations since {since}.",
        f"For the other {len(rows) - len(filled)} no public file is read yet.",
        *([_not_the_newest(overdue, len(filled))] if overdue else []),
    ]


def _not_the_newest(overdue: int, filled: int) -> str:
    """That later months are probably published: how old our files are says nothing of the publisher."""
    whose = "all" if overdue == filled else f"{overdue}"
    return (
        "The files read here are not the newest: later figures have probably been published for "
        f"{whose} of the {filled}, and a refresh reads them."
    )


def show_list(write_head: Callable[..., None], places: Sequence[DeltaGenerator]) -> None:
    """Search and filters in four `places`, and the indicators found; a row that is picked opens its card."""
    rows = all_listed()
    write_head("Which indicators are there, and what can they carry?", *lead(rows))
    wanted = _choose(rows, places)
    found = search(only(rows, wanted.values), wanted.words)
    if found.empty:
        st.info("No indicator fits these choices. Use fewer words, or remove a filter.")
        return
    number = (
        f"{len(found)} of {len(rows)} indicators." if len(found) < len(rows) else "All of them."
    )
    st.html(
        f'<p class="ot-reading">{number} A tick at the left of a row opens its card, and so does the list '
        "“Open a card”.</p>"
    )
    st.dataframe(
        found[list(_COLUMNS)],
        hide_index=True,
        column_config=_COLUMNS,
        height=min(_HEIGHT, 38 + 35 * len(found)),
        key=_KEY,
        on_select=lambda: _open_picked(list(found["indicator_id"])),
        selection_mode="single-row",
        placeholder="none yet",
        alt=f"Table of {len(found)} indicators",
    )
    _below(found)


def _choose(rows: pd.DataFrame, places: Sequence[DeltaGenerator]) -> _Wanted:
    with places[0]:
        words = linked_text("Search", "q", "Words of name, definition or code")
    with places[1]:
        groups = linked_multiselect("Group", "group", list(GROUP_WORDS), GROUP_WORDS.__getitem__)
    present = [status for status in STATUS_WORDS if (rows["status"] == status).any()]
    with places[2]:
        statuses = linked_multiselect("Status", "status", present, STATUS_WORDS.__getitem__)
    titles = rows.drop_duplicates("source").set_index("source")["source_title"].to_dict()
    with places[3], st.popover("More options", width="stretch"):
        sources = linked_multiselect("Source", "source", list(titles), titles.__getitem__)
        cadences = linked_multiselect(
            "Frequency", "cadence", list(CADENCE_WORDS), CADENCE_WORDS.__getitem__
        )
        better = linked_multiselect(
            "Direction", "better", list(BETTER_WORDS), BETTER_WORDS.__getitem__
        )
    values = {"group": groups, "status": statuses, "source": sources}
    return _Wanted(words, values | {"cadence": cadences, "better": better})


def _open_picked(ids: list[str]) -> None:
    picked = st.session_state[_KEY].selection.rows
    if picked:
        st.query_params["indicator"] = ids[picked[0]]


def _below(found: pd.DataFrame) -> None:
    offer_csv(found.drop(columns="searched"), "indicators")
    source_line(
        ["the catalogue of this version, one file per indicator, and the files read for it"],
        f"{len(found)} indicators, as of {format_day(today())}",
        "Due is the end of the next period plus the publication's usual delay. Due and not read yet means "
        "that this version holds no such file, not that the publisher is late: <code>make refresh</code> "
        "reads what has been published since.",
    )
