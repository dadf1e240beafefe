"""Dates on which sources disagree: every one that is stated, which of them the ledger uses, and why."""

import pandas as pd
import streamlit as st

from pages.parts.frame import show_table
from pages.parts.spells import written_date
from pages.parts.store import ask

TABLE = {
    "org_name": "Organisation",
    "org_code": "Code",
    "programme_short": "Programme",
    "what": "Date of",
    "date": "As stated",
    "use": "In the ledger",
    "reason": st.column_config.TextColumn("Why", width="large"),
    "source_urls": st.column_config.ListColumn("Sources", width="large"),
}


def disagreements() -> pd.DataFrame:
    """A row for each date stated, the one in use first, in words."""
    stated = ask("date_disagreements")
    return stated.assign(
        what=stated["field"].map({"entered": "entry", "left": "exit"}),
        date=[
            written_date(written, precision)
            for written, precision in zip(stated["written"], stated["precision"], strict=True)
        ],
        use=stated["is_chosen"].map({True: "used", False: "kept beside it"}),
        source_urls=stated["source_urls"].map(list),
    )


def show_disagreements() -> None:
    """The table, folded; bounds of a spell reach over all of its dates."""
    rows = disagreements()
    dates = rows.groupby(["spell_id", "field"]).ngroups
    show_table(
        rows[list(TABLE)],
        "date-disagreements",
        f"The {dates} dates on which sources disagree, both sides with the choice and its reason",
        TABLE,
    )
