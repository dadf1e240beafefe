"""The view of returns: who left and came back to intensive support, how soon, and under which framework."""

from collections.abc import Callable, Sequence
from html import escape
from typing import Any

import pandas as pd
import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from indicators.durations import BOUNDS, PROGRAMME_GROUPS, Bound, Durations
from indicators.returns import (
    DISSOLVED,
    RETURN_CAUSES,
    RETURNED,
    later_returns,
    returned_by,
    time_to_return,
)
from indicators.stats.competing import aalen_johansen
from pages.charts.survival import CurveWords, StepLine, draw_curve, step_line
from pages.parts.durability.return_words import (
    bounds_in_words,
    days_in_words,
    lead_of_returns,
    share_in_words,
)
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
from pages.parts.sources import SPELL_REGISTER
from pages.parts.specs import spec_of
from pages.parts.spells import all_spells
from pages.parts.store import ask

_EXIT = {
    "org_full_name": "Organisation",
    "org_code": "Code",
    "programme_short": "Programme left",
    "left_label": "Left",
}
_RETURN = {
    "returned_as": "Came back as",
    "returned_on": "Came back on",
    "return_sources": st.column_config.ListColumn("Sources of the return", width="large"),
}
_MONTHS = {
    "best": "Months, best reading",
    "earliest": "at least",
    "latest": "at most",
}
_END_WORDS = {0: "no return on record", **RETURN_CAUSES}


def show_relapse(write_head: Callable[[str], None], places: Sequence[DeltaGenerator]) -> None:
    """The whole view; `write_head` takes the sentence that answers the page's question."""
    group = choose_group(places[0])
    spells = all_spells()
    chosen = choose_among(spells, places[1:])
    kept = spells[spells["org_code"].isin(chosen["org_code"])]
    found = {bound: _returns(kept, bound) for bound in BOUNDS}
    times = {bound: _of(found[bound].times, group) for bound in BOUNDS}
    lead = lead_of_returns(times["best"], SHORT[group])
    write_head(lead)
    _picture(times, lead, group)
    _by_group(found)
    _tables(kept, times)
    if len(times["best"]):
        offer_analysis(*return_analysis(times["best"]), f"time-to-return-{group}")
    _left_out(kept, found["best"].left_out, group)
    source_line(
        [
            SPELL_REGISTER,
            "published segments",
        ],
        f"{len(times['best'])} exits",
        "No return on record is not proof that there was none.",
        BIAS_NOTE,
    )


def _picture(times: dict[Bound, pd.DataFrame], lead: str, group: str) -> None:
    """The curve with its reading aid, or why there is none."""
    best = times["best"]
    if len(best) < FEWEST:
        st.info("No curve is drawn for fewer than five exits.")
    elif not (best["event"] == RETURNED).any():
        st.info("No return on record within the same framework, so there is no curve to draw.")
    else:
        spec = _chart(times, tuple(best["spell_id"]), group, look_now())
        show_chart(spec, lead, "relapse")
        _explain()


def _returns(spells: pd.DataFrame, bound: Bound) -> Durations:
    return time_to_return(spells, ask("segment_statements"), ask("eras"), bound, today())


def _of(times: pd.DataFrame, group: str) -> pd.DataFrame:
    return times[times["programme_group"] == PROGRAMME_GROUPS[group]].reset_index(drop=True)


@st.cache_data(max_entries=32, show_spinner=False)
def _chart(
    _times: dict[Bound, pd.DataFrame],
    spell_ids: tuple[str, ...],
    group: str,
    look: Look,
) -> dict[str, Any]:
    words = CurveWords(
        title=f"{SHORT[group]}: share back in support",
        subtitle=(
            "Band: 95 % interval; grey: bounds of unknown dates.",
            "Dashed: fewer than five at risk.",
            BIAS_SHORT,
        ),
        x_title="months since leaving (below: at risk)",
        y_title="returned within the same framework",
    )
    lines = {bound: _line(BOUNDS[bound], _times[bound], RETURNED) for bound in BOUNDS}
    bounds = [lines["earliest"], lines["latest"]]
    has_merged = (_times["best"]["event"] == DISSOLVED).any()
    merged = _line(RETURN_CAUSES[DISSOLVED], _times["best"], DISSOLVED) if has_merged else None
    return spec_of(draw_curve(lines["best"], bounds, words, tokens_of(look.theme), merged))


def _line(name: str, times: pd.DataFrame, cause: int) -> StepLine:
    table = aalen_johansen(times)
    shares = table[table["cause"] == cause].rename(columns={"probability": "share"})
    return step_line(name, times, shares[["time", "share", "ci_low", "ci_high"]], 0.0)


def _explain() -> None:
    reading_aid(
        "The line rises at every return: an entry into any programme, or a statement of segment 4 (5 from "
        "2025/26), under the framework in force when the organisation left. Special measures from 2013 to "
        "July 2021 are taken as one framework. Time counts until the framework ended or until today; a "
        "merger ends it too and competes with one. No return on record is not proof that there was none. "
        f"{escape(BIAS_NOTE)}"
    )


def _by_group(found: dict[Bound, Durations]) -> None:
    rows = []
    for key, group in PROGRAMME_GROUPS.items():
        own = {bound: _of(found[bound].times, key) for bound in BOUNDS}
        if own["best"].empty:
            continue
        row: dict[str, Any] = {
            "Programme left": group[0].upper() + group[1:],
            "Exits": len(own["best"]),
            "Returned": int((own["best"]["event"] == RETURNED).sum()),
        }
        for months in (12, 24):
            by_then = {bound: returned_by(own[bound], months) for bound in BOUNDS}
            row[f"Within {months} months (95 % interval)"] = share_in_words(by_then["best"])
            row[f"{months} months: bounds of unknown dates"] = bounds_in_words(by_then)
            row[f"Followed for {months} months"] = by_then["best"].followed
        rows.append(row)
    show_table(pd.DataFrame(rows), "returns-by-programme", "By programme left", is_open=True)


def _tables(kept: pd.DataFrame, times: dict[Bound, pd.DataFrame]) -> None:
    best = times["best"]
    lengths = {bound: times[bound].set_index("spell_id")["stop"].round(1) for bound in BOUNDS}
    names = kept[["spell_id", *(c for c in _EXIT if c != "org_code")]]
    rows = best.merge(names, on="spell_id").assign(
        returned_on=days_in_words(best),
        end=best["event"].map(_END_WORDS),
        exit_sources=best["spell_id"].map(kept.set_index("spell_id")["source_urls"].map(list)),
        **{bound: best["spell_id"].map(length) for bound, length in lengths.items()},
    )
    back = rows[rows["event"] == RETURNED]
    if len(back):
        columns = _EXIT | _MONTHS | _RETURN
        show_table(back[list(columns)], "returned", f"Who came back ({len(back)})", columns)
    later = later_returns(kept, ask("segment_statements"), ask("eras"), today())
    later = later[later["spell_id"].isin(best["spell_id"])]
    if len(later):
        told = later.merge(names, on="spell_id").assign(returned_on=days_in_words(later))
        columns = _EXIT | _RETURN
        label = f"Back under a later framework, listed and not counted ({len(later)})"
        show_table(told[list(columns)], "returned-later", label, columns)
    columns = _EXIT | {"exit_number": "Exit number", "end": "End, as counted"} | _MONTHS
    columns |= {"exit_sources": st.column_config.ListColumn("Sources of the exit", width="large")}
    show_table(rows[list(columns)], "exits", f"The {len(rows)} exits behind these figures", columns)


def _left_out(kept: pd.DataFrame, left_out: pd.DataFrame, group: str) -> None:
    names = kept[kept["programme_group"] == PROGRAMME_GROUPS[group]]
    rows = left_out[["spell_id", "reason"]].merge(names, on="spell_id")
    if rows.empty:
        return
    columns = _EXIT | {"reason": st.column_config.TextColumn("Why it is left out", width="large")}
    columns |= {"source_urls": st.column_config.ListColumn("Sources", width="large")}
    told = rows.assign(source_urls=rows["source_urls"].map(list))
    show_table(told[list(columns)], "exits-left-out", f"Exits left out ({len(rows)})", columns)


def return_analysis(times: pd.DataFrame) -> tuple[dict[str, Any], pd.DataFrame]:
    """The analysis of these times as a document and rows, as `python -m indicators analyse` takes them."""
    return times_analysis(times, RETURN_CAUSES)
