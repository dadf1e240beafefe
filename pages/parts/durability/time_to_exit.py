"""The view of the time to exit: how long spells lasted, how they ended, and every spell behind it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from html import escape
from typing import Any

import pandas as pd
import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from indicators.durations import (
    BOUNDS,
    CAUSES,
    CENSORED,
    CLOSED,
    LEFT,
    MERGED,
    PROGRAMME_GROUPS,
    Bound,
    Durations,
    leaving_only,
    time_to_exit,
)
from indicators.stats.competing import aalen_johansen
from indicators.stats.survival import Curve, kaplan_meier, start_where_enough
from pages.charts.endings import draw_endings, stack_endings
from pages.charts.survival import CurveWords, draw_curve, step_line
from pages.charts.theme import Tokens
from pages.parts.durability.exit_words import lead_of_exit, no_curve, start_sentence
from pages.parts.durations import (
    BIAS_NOTE,
    BIAS_SHORT,
    FEWEST,
    SHORT,
    choose_among,
    choose_group,
    offer_analysis,
    times_analysis,
)
from pages.parts.frame import (
    Look,
    look_now,
    reading_aid,
    show_chart,
    show_table,
    source_line,
    today,
    tokens_of,
)
from pages.parts.links import linked_select
from pages.parts.sources import SPELL_REGISTER
from pages.parts.specs import spec_of
from pages.parts.spells import all_spells

SHOWN = {"inside": "Still inside", "endings": "Endings"}
_SINCE = {"rsp": "first entering intensive support"}
"""From when the months count, where it is not the entry itself."""
_EVENT_WORDS = {CENSORED: "no exit on record", **CAUSES}
_TABLE = {
    "org_full_name": "Organisation",
    "org_code": "Code",
    "programme_short": "Programme",
    "best": "Months, best reading",
    "earliest": "at least",
    "latest": "at most",
    "end": "End, as counted",
    "entered_label": "Entered",
    "left_label": "Left",
    "last_known_label": "Last known inside",
    "entry": "At risk from month",
    "confidence": "Confidence",
    "source_urls": st.column_config.ListColumn("Sources", width="large"),
}
_LEFT_OUT = {
    "org_full_name": "Organisation",
    "org_code": "Code",
    "programme_short": "Programme",
    "entered_label": "Entered",
    "left_label": "Left",
    "reason": st.column_config.TextColumn("Why it is left out", width="large"),
    "source_urls": st.column_config.ListColumn("Sources", width="large"),
}


@dataclass(frozen=True)
class ExitView:
    """What the view shows of one group of spells: chart, its takeaway, and the lengths by bound."""

    spec: dict[str, Any]
    lead: str
    start: float
    lengths: dict[Bound, Durations]


def show_time_to_exit(write_head: Callable[[str], None], places: Sequence[DeltaGenerator]) -> None:
    """The whole view; `write_head` takes the sentence that answers the page's question."""
    group = choose_group(places[0])
    with places[1]:
        shown = linked_select("Show", "show", list(SHOWN), SHOWN.__getitem__, "inside") or "inside"
    spells = all_spells()
    chosen = choose_among(spells[spells["programme_group"] == PROGRAMME_GROUPS[group]], places[2:])
    # Spells of special measures stay at hand: they start the clock of those carried over.
    kept = spells[spells["org_code"].isin(chosen["org_code"])]
    view = _exit_view(kept, tuple(kept["spell_id"]), group, shown, look_now())
    if isinstance(view, str):
        write_head(view)
        st.info("There is no curve to draw. Remove a filter, or see below who is left out.")
    else:
        write_head(f"{view.lead} {start_sentence(view.start)}")
        show_chart(view.spec, view.lead, "time-to-exit")
        _explain(group, shown)
        _used_table(chosen, view.lengths)
        document, rows = exit_analysis(view.lengths["best"].times, shown)
        offer_analysis(document, rows, f"time-to-exit-{group}-{shown}")
    _left_out_table(chosen, time_to_exit(kept, PROGRAMME_GROUPS[group], "best", today()).left_out)


@st.cache_data(max_entries=64, show_spinner=False)
def _exit_view(
    _spells: pd.DataFrame,
    spell_ids: tuple[str, ...],
    group: str,
    shown: str,
    look: Look,
) -> ExitView | str:
    """Chart and lengths; a sentence instead where there are too few spells."""
    lengths: dict[Bound, Durations] = {
        bound: time_to_exit(_spells, PROGRAMME_GROUPS[group], bound, look.day) for bound in BOUNDS
    }
    times = {bound: start_where_enough(lengths[bound].times) for bound in BOUNDS}
    best = times["best"]
    if len(best) < FEWEST or not (best["event"] > 0).any():
        return no_curve(len(lengths["best"].times), len(best))
    curves = {bound: kaplan_meier(leaving_only(times[bound])) for bound in BOUNDS}
    exits = int((best["event"] == LEFT).sum())
    others = int(best["event"].isin([MERGED, CLOSED]).sum())
    lead = lead_of_exit(curves, _since(group), len(best), exits, others)
    draw = _draw_inside if shown == "inside" else _draw_endings
    chart = draw(group, times, curves, tokens_of(look.theme))
    return ExitView(chart, lead, float(best["entry"].min()), lengths)


def _since(group: str) -> str:
    return _SINCE.get(group, "entry")


def _words(group: str, title: str, y_title: str, *reading: str) -> CurveWords:
    return CurveWords(
        title=f"{SHORT[group]}: {title}",
        subtitle=(*reading, BIAS_SHORT),
        x_title=f"months since {'first ' * (group in _SINCE)}entry (below: at risk)",
        y_title=y_title,
    )


def _draw_inside(
    group: str, times: dict[Bound, pd.DataFrame], curves: dict[Bound, Curve], tokens: Tokens
) -> dict[str, Any]:
    lines = {
        bound: step_line(
            BOUNDS[bound], times[bound], curve.table.rename(columns={"survival": "share"}), 1.0
        )
        for bound, curve in curves.items()
        # Of one reading of the dates there may never be five at risk at once.
        if len(times[bound])
    }
    median = curves["best"].median.estimate
    words = _words(
        group,
        "share still inside",
        "still inside",
        "Band: 95 % interval; grey: bounds of unknown dates.",
        "Dashed: fewer than five at risk.",
    )
    if median is not None and curves["best"].table["events"].sum() >= FEWEST:
        words = replace(words, marked=(median, 0.5, f"half had left: {median:.0f} months"))
    bounds = [line for bound, line in lines.items() if bound != "best"]
    return spec_of(draw_curve(lines["best"], bounds, words, tokens))


def _draw_endings(
    group: str, times: dict[Bound, pd.DataFrame], curves: dict[Bound, Curve], tokens: Tokens
) -> dict[str, Any]:
    best = times["best"]
    words = _words(
        group,
        "how spells ended",
        "share of spells",
        "Best reading of the dates (Aalen–Johansen).",
        "Pale: fewer than five at risk.",
    )
    ends = tokens.endings
    colours = {LEFT: ends["left"], MERGED: ends["closed"], CLOSED: ends["transferred"]}
    stacked = stack_endings(best, aalen_johansen(best), CAUSES)
    return spec_of(draw_endings(stacked, best, colours, words, tokens))


def _explain(group: str, shown: str) -> None:
    of_group = {
        "rsp": "A spell carried over from special measures in July 2021 counts from its start there, and is "
        "at risk only from the launch on (delayed entry).",
        "special-measures": "Quality and financial special measures are separate programmes with exits of "
        "their own: each spell is a row, also where one organisation was in both, so spells are not all "
        "independent and the interval is somewhat too narrow.",
        "successors": "",
    }[group]
    of_chart = {
        "inside": "The line falls at every exit. Mergers and moves at a programme's end take a spell out of "
        "the numbers at risk without counting as leaving; the picture of how spells ended shows them.",
        "endings": "At any time every spell is in one part: left, ended another way, or still inside.",
    }[shown]
    reading_aid(
        f"{of_chart} {of_group} A spell without a known exit is followed to the last day a source places it "
        f"inside. {escape(BIAS_NOTE)}"
    )


def _used_table(chosen: pd.DataFrame, lengths: dict[Bound, Durations]) -> None:
    best = lengths["best"].times
    stops = {bound: lengths[bound].times.set_index("spell_id")["stop"].round(1) for bound in BOUNDS}
    rows = chosen.merge(best[["spell_id", "entry", "event"]], on="spell_id")
    rows = rows.assign(
        end=rows["event"].map(_EVENT_WORDS),
        entry=rows["entry"].round(1),
        source_urls=rows["source_urls"].map(list),
        **{bound: rows["spell_id"].map(stop) for bound, stop in stops.items()},
    )
    show_table(
        rows[list(_TABLE)],
        "time-to-exit",
        f"The {len(rows)} spells behind this chart, each with its bounds and sources",
        _TABLE,
    )


def _left_out_table(chosen: pd.DataFrame, left_out: pd.DataFrame) -> None:
    """Who is left out and why, and the sources of all."""
    rows = chosen.merge(left_out[["spell_id", "reason"]], on="spell_id")
    if len(rows):
        show_table(
            rows[list(_LEFT_OUT)].assign(source_urls=rows["source_urls"].map(list)),
            "time-to-exit-left-out",
            f"The {len(rows)} spells left out, each with the reason",
            _LEFT_OUT,
        )
    source_line(
        [SPELL_REGISTER],
        f"{len(chosen) - len(rows)} of {len(chosen)} spells on record used, "
        f"{len(rows)} left out with the reason",
        BIAS_NOTE,
    )


def exit_analysis(times: pd.DataFrame, shown: str) -> tuple[dict[str, Any], pd.DataFrame]:
    """What is shown of these times as a document and rows for `python -m indicators analyse`.

    Of the share still inside, other ends than leaving are censored in the rows, as in the curve.
    """
    used = start_where_enough(times)
    rows = leaving_only(used) if shown == "inside" else used
    causes = {LEFT: CAUSES[LEFT]} if shown == "inside" else CAUSES
    return times_analysis(rows, causes)
