"""Spells as analyses and pages read them: one call, one frame."""

import duckdb
import pandas as pd

from sql.reads import read

ENDINGS = {
    "left": "left the programme",
    "transferred": "moved into the Recovery Support Programme",
    "closed": "organisation or programme came to an end",
    "not_established": "no source gives an exit",
}
"""How a spell ended, in the words of a chart."""


def read_spells(connection: duckdb.DuckDBPyConnection) -> pd.DataFrame:
    """Every spell of intensive support, one row each, ordered by its organisation's first entry.

    `ending` is a key of ENDINGS; `row_order` numbers organisations from 0, unknown entries last. Dates
    earliest and latest are inclusive; a missing `left_earliest` means that no source gives an exit.
    """
    return order_by_entry(read(connection, "spells"))


def order_by_entry(spells: pd.DataFrame) -> pd.DataFrame:
    """Spells with `ending`, `ending_label` and `row_order` (one number per organisation, from 0)."""
    first = spells.groupby("org_code")["entered_earliest"].transform("min")
    ordered = spells.assign(first_entry=first).sort_values(
        ["first_entry", "org_code", "entered_earliest"], na_position="last", kind="stable"
    )
    ending = ordered["left_kind"].map(_ending_of)
    return ordered.assign(
        ending=ending,
        ending_label=ending.map(ENDINGS),
        row_order=pd.factorize(ordered["org_code"])[0],
    ).reset_index(drop=True)


def _ending_of(left_kind: str) -> str:
    if left_kind in ("merged_or_dissolved", "regime_closed"):
        return "closed"
    return left_kind if left_kind in ("transferred", "not_established") else "left"
