"""Which cell of the strip a statement of a segment goes into, and what shares a cell."""

from collections.abc import Hashable, Iterator, Mapping, Sequence
from typing import Any

import pandas as pd

from pages.charts.layers.formats import format_month
from pages.charts.layers.strip_cells import is_loose
from pages.charts.layers.strip_panels import Panel, financial_quarter, quarter_starts

TOP, MIDDLE, BOTTOM = 0.04, 0.38, 0.72
"""The part of a row that its cells take, from 0 (top) to 1; below lie the bars."""

Quarters = tuple[pd.Timestamp, ...]
Held = dict[Quarters, list[dict[Hashable, Any]]]

_ADDED = (
    *("org_code", "segment", "segment_before_override", "organisation", "quarter"),
    *("framework", "stated_as", "source_url", "confidence", "beside", "is_loose"),
    *("begins", "ends", "centre", "length", "lanes", "top", "bottom"),
)
_ALONE = "none"
_QUARTER = pd.DateOffset(months=3)


def lay_out_grid(
    statements: pd.DataFrame, panels: Sequence[Panel], slots: Mapping[str, int]
) -> pd.DataFrame:
    """One row per cell, in columns from the left and rows from the top; `slots` numbers the rows.

    A statement about a quarter or less fills the cell of its quarter. One known no nearer than to several
    quarters fills those of them of which nothing nearer is stated; if there are none, it joins the first.
    Different segments of one cell stand side by side, the earlier stated to the left; statements of the same
    segment are one cell, which names them all. Statements of an era without a panel are not drawn.
    """
    of_era = {panel.era_id: panel for panel in panels}
    shown = statements[
        statements["era_id"].isin(list(of_era)) & statements["org_code"].isin(list(slots))
    ]
    shown = shown.assign(is_loose=is_loose(shown)).sort_values("effective_from", kind="stable")
    groups: dict[tuple[str, str], list[dict[Hashable, Any]]] = {}
    for said in shown.to_dict("records"):
        groups.setdefault((said["org_code"], said["era_id"]), []).append(said)
    records = [
        cell
        for (org, era), group in groups.items()
        for cell in _cells_of(group, of_era[era], slots[org])
    ]
    return pd.DataFrame(records, columns=list(_ADDED))


def _cells_of(
    statements: list[dict[Hashable, Any]], panel: Panel, slot: int
) -> Iterator[dict[Hashable, Any]]:
    for quarters, held in _share_out(statements, panel).items():
        segments = list(dict.fromkeys(said["segment"] for said in held))
        left = panel.place(quarters[0])
        width = (panel.place(quarters[-1] + _QUARTER) - left) / len(segments)
        for place, segment in enumerate(segments):
            of_segment = [said for said in held if said["segment"] == segment]
            others = [f"segment {other}" for other in segments if other != segment]
            begins = left + width * place
            yield _in_words(of_segment, quarters) | {
                "beside": ", ".join(others) or _ALONE,
                "begins": round(begins, 3),
                "ends": round(begins + width, 3),
                "centre": round(begins + width / 2, 3),
                "length": round(width, 3),
                "lanes": 1,
                "top": slot + TOP,
                "bottom": slot + BOTTOM,
            }


def _share_out(statements: list[dict[Hashable, Any]], panel: Panel) -> Held:
    held: Held = {}
    covered = [
        (_inside(quarter_starts(said["effective_from"], said["effective_to"]), panel), said)
        for said in statements
    ]
    for quarters, said in sorted(covered, key=lambda pair: len(pair[0])):
        for stretch in _stretches(quarters, held):
            held.setdefault(stretch, []).append(said)
    return held


def _inside(quarters: list[pd.Timestamp], panel: Panel) -> Quarters:
    return tuple(quarter for quarter in quarters if panel.begins <= quarter < panel.ends)


def _stretches(quarters: Quarters, held: Held) -> Iterator[Quarters]:
    """The cells a statement about some quarters goes into: its own, those left free, or the first taken."""
    if not quarters or quarters in held:
        yield from [quarters] if quarters else []
        return
    taken = {quarter: key for key in held for quarter in key}
    free = [quarter for quarter in quarters if quarter not in taken]
    if not free:
        yield taken[quarters[0]]
        return
    run = [free[0]]
    for quarter in free[1:]:
        if run[-1] + _QUARTER != quarter:
            yield tuple(run)
            run = []
        run.append(quarter)
    yield tuple(run)


def _in_words(held: list[dict[Hashable, Any]], quarters: Quarters) -> dict[Hashable, Any]:
    first = held[0]
    return {
        "org_code": first["org_code"],
        "organisation": f"{first['org_full_name']} ({first['org_code']})",
        "segment": int(first["segment"]),
        "segment_before_override": held[-1]["segment_before_override"],
        "quarter": quarters_in_words(quarters),
        "is_loose": all(said["is_loose"] for said in held),
        **{name: _each(held, name) for name in ("framework", "stated_as", "source_url")},
        "confidence": _each(held, "confidence"),
    }


def _each(held: list[dict[Hashable, Any]], name: str) -> str:
    return "; ".join(dict.fromkeys(str(said[name]) for said in held))


def quarters_in_words(quarters: Sequence[pd.Timestamp]) -> str:
    """The quarter that begins on the one day given, or the quarters of which one or several are meant."""
    first, last = quarters[0], quarters[-1]
    end = last + pd.DateOffset(months=2)
    if first == last:
        return f"{financial_quarter(first)} ({format_month(first)} to {format_month(end)})"
    return (
        f"some time in {financial_quarter(first)} to {financial_quarter(last)} "
        f"({format_month(first)} to {format_month(end)})"
    )
