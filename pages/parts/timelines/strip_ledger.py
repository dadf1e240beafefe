"""What the strip shows, put together and in words: whose rows, segments stated, months inside, moves."""

from typing import Any

import pandas as pd

from indicators.programme_months import months_in_programmes
from pages.charts.layers.formats import format_day
from pages.charts.layers.spell_words import count
from pages.charts.layers.strip_cells import is_loose
from pages.charts.layers.strip_grid import quarters_in_words
from pages.charts.layers.strip_panels import QUARTERS_SINCE, financial_quarter, quarter_starts
from pages.charts.strip import Ledger
from pages.parts.spells import TYPE_WORDS
from pages.parts.store import ask

UNSEGMENTED = {"R2": ("icb",)}
"""By era, the types to which its framework gives no segment: that of 2025/26 segments providers alone."""

_NO_MOVE = "none known within one framework"


def whole_ledger(spells: pd.DataFrame) -> Ledger:
    """Every organisation with a segment on record or a programme since July 2021."""
    statements = ask("segment_strip")
    everyone = ask("organisations")
    codes = {*statements["org_code"], *inside_since(spells)}
    chosen = everyone[everyone["org_code"].isin(codes)]
    return Ledger(
        organisations=_told(chosen, spells),
        statements=statements,
        spells=spells,
        eras=ask("eras"),
        unsegmented=UNSEGMENTED,
    )


def inside_since(spells: pd.DataFrame) -> set[str]:
    """Those ever in a programme since July 2021, as far as the register knows."""
    special_measures = spells["programme_group"] == "special measures"
    return {*spells.loc[~special_measures | (spells["left_latest"] > QUARTERS_SINCE), "org_code"]}


def _told(chosen: pd.DataFrame, spells: pd.DataFrame) -> pd.DataFrame:
    types = {kind: place for place, kind in enumerate(TYPE_WORDS)}
    ordered = chosen.sort_values("org_type", key=lambda kinds: kinds.map(types), kind="stable")
    known = ordered.set_index("org_code").join(months_in_programmes(spells)).join(_moves())
    told = known.reset_index()
    return told.assign(
        org_full_name=told["org_name"],
        org_name=told["short_name"],
        type_label=told["org_type"].map(TYPE_WORDS),
        months_label=[months_words(row) for row in told.itertuples()],
        move_label=told["move_label"].fillna(_NO_MOVE),
    )


def months_words(known: Any) -> str:
    """Months in programmes as a hover and a table have them, with what could not be counted."""
    if pd.isna(known.is_at_least):
        return "none on record"
    left_out = (
        f"{count(int(known.not_counted), 'spell')} not counted: no source gives how long"
        if known.not_counted
        else ""
    )
    if pd.isna(known.months):
        return f"not known ({left_out})"
    least = "at least " if known.is_at_least else ""
    months = f"{least}{count(round(known.months), 'month')}"
    return f"{months} ({left_out})" if left_out else months


def _moves() -> pd.DataFrame:
    """By organisation its latest move: `moved_on`, the day by which it is known, and `move_label`."""
    moves = ask("latest_segment_moves").set_index("org_code")
    words = [
        f"{move.from_segment} to {move.to_segment}, {_between(move.from_last_day, move.to_first_day)}"
        for move in moves.itertuples()
    ]
    return pd.DataFrame({"moved_on": moves["to_first_day"], "move_label": words})


def _between(last_before: pd.Timestamp, known_by: pd.Timestamp) -> str:
    """When a move was that lies in (last_before, known_by]."""
    if known_by - last_before == pd.Timedelta(days=1):
        return f"on {format_day(known_by)}"
    return f"after {format_day(last_before)}, by {format_day(known_by)}"


def quarters_of(statements: pd.DataFrame) -> list[str]:
    """The quarter that each statement is about, or the quarters among which it is, in words."""
    stretches = zip(statements["effective_from"], statements["effective_to"], strict=True)
    return [quarters_in_words(quarter_starts(begins, ends)) for begins, ends in stretches]


def spells_told(spells: pd.DataFrame) -> "pd.Series[str]":
    """By organisation all its spells in words, as the hovers of their bars have them."""
    told = [_spell_told(spell) for spell in spells.itertuples()]
    return spells.assign(told=told).groupby("org_code")["told"].agg("; ".join)


def _spell_told(spell: Any) -> str:
    last = spell.last_known_label
    seen = "" if pd.isna(last) else f", last known inside {last}"
    return (
        f"{spell.programme_label}, entered: {spell.entered_label}, left: {spell.left_label}{seen} "
        f"({spell.ending_label}; confidence {spell.confidence})"
    )


def coverage_sentence(ledger: Ledger) -> str:
    """How the best covered quarter stands among trusts, and how little of the eras before it is stated."""
    trusts = ledger.statements[ledger.statements["org_type"] != "icb"]
    one_quarter = trusts[~is_loose(trusts)]
    quarters = one_quarter["effective_from"].dt.to_period("Q")
    best = one_quarter.groupby(quarters)["org_code"].nunique().idxmax()
    there = one_quarter[quarters == best].drop_duplicates("org_code", keep="last")
    first, after = best.start_time, best.end_time + pd.Timedelta(days=1)
    everyone = ask("organisations")
    open_then = (everyone["opened_on"].isna() | (everyone["opened_on"] < after)) & ~(
        everyone["closed_on"] <= first
    )
    of_trusts = everyone["org_type"].isin([kind for kind in TYPE_WORDS if kind != "icb"])
    in_four = int((there["segment"] == 4).sum())
    return (
        f"In {financial_quarter(first)}, {len(there)} of {int((open_then & of_trusts).sum())} trusts have "
        f"a published segment on record, {in_four} of them in segment 4. {_earlier(ledger, there)}"
    )


def _earlier(ledger: Ledger, there: pd.DataFrame) -> str:
    era = there["era_id"].mode().iloc[0]
    before = ledger.statements[ledger.statements["era_id"] < era]
    names = ledger.eras.set_index("era_id").loc[sorted(before["era_id"].unique()), "short_name"]
    return (
        f"For {' and '.join(names)} the ledger holds {count(len(before), 'statement')}: most cells are empty "
        "because no source was found."
    )
