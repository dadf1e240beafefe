"""What an organisation's history is taken to be where it took over others: as published, added up, or cut."""

from dataclasses import dataclass

import pandas as pd

from pages.parts.store import ask

LINEAGE_WORDS = {
    "as_was": "As published under its code",
    "current": "As it is today, predecessors added",
    "break": "Only since the last merger",
}


@dataclass(frozen=True)
class History:
    """One indicator's rows under a lineage, and predecessors that could not be added (drawn grey)."""

    rows: pd.DataFrame
    beside: pd.DataFrame


def predecessors_of(org: str) -> pd.DataFrame:
    """Those that passed into the organisation on a known day: org_code, short_name, is_part, passed_on."""
    return ask("predecessors", org=org)


def merger_breaks(predecessors: pd.DataFrame) -> pd.DataFrame:
    """Each merger as a break in the series: on, label."""
    return pd.DataFrame(
        {
            "on": predecessors["passed_on"],
            "label": [
                f"Took over {'part of ' if row.is_part else ''}{row.short_name}"
                for row in predecessors.itertuples()
            ],
        }
    )


def history_of(
    lineage: str, rows: pd.DataFrame, predecessors: pd.DataFrame, indicator_id: str, org: str
) -> History:
    """The rows of one indicator as the chosen lineage has them.

    Where figures cannot be added (a divided predecessor, a rate without its parts), `current` leaves the
    organisation's own rows and gives the predecessors' beside them.
    """
    none = rows.iloc[:0].assign(org_name="")
    if lineage == "break":
        return History(rows[rows["period_start"] >= predecessors["passed_on"].max()], none)
    if lineage != "current":
        return History(rows, none)
    added = _of(ask("current_series", org=org), indicator_id)
    if len(added):
        return History(added.assign(source_title=rows["source_title"].iloc[0]), none)
    apart = [
        _of(ask("organisation_series", org=row.org_code), indicator_id).assign(
            org_name=row.short_name
        )
        for row in predecessors.itertuples()
    ]
    return History(rows, pd.concat([none, *apart], ignore_index=True))


def _of(rows: pd.DataFrame, indicator_id: str) -> pd.DataFrame:
    return rows[rows["indicator_id"] == indicator_id]
