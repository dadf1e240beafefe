"""Compiled reference tables: organisations, successions, ICBs and the membership of providers in them."""

import pandas as pd

from data_sources import ods
from data_sources._compiled_cells import Table, refuse_repeats
from data_sources.tables import Sheet

STILL_OPEN = "9999-12-31"
"""How the register writes that an organisation has no last day."""


def organisations(sheet: Sheet, frame: pd.DataFrame) -> pd.DataFrame:
    """Trusts and their predecessors; legal dates go before operational ones.

    `kind` is `trust`, or the ODS role of a body that never was one.
    """
    refuse_repeats(sheet, frame, ["org_code"])
    is_trust = (frame["is_nhs_trust"] == "True") | (frame["is_foundation_trust"] == "True")
    legal_start, legal_end = frame["legal_start_date"], frame["legal_end_date"]
    closed_on = legal_end.where(legal_end != "", frame["valid_to"].replace(STILL_OPEN, ""))
    described = frame.assign(
        kind=frame["primary_role_id"].mask(is_trust, "trust"),
        region_code="",
        icb_code="",
        opened_on=legal_start.where(legal_start != "", frame["valid_from"]),
        closed_on=closed_on,
    )
    return described[list(ods.ORGANISATION_COLUMNS)]


def successions(sheet: Sheet, frame: pd.DataFrame) -> pd.DataFrame:
    """Predecessors and successors; a pair stands twice where its two ends state different days."""
    refuse_repeats(sheet, frame, list(frame.columns))
    return frame.rename(columns={"legal_start_date": "happened_on"})


def memberships(sheet: Sheet, frame: pd.DataFrame) -> pd.DataFrame:
    """ICBs of July 2022; a blank code says nothing.

    The table's other column, of codes in force from April 2026, is left out: it still names ICBs that
    closed on 31 March 2026 and none of their successors.
    """
    refuse_repeats(sheet, frame, ["org_code"])
    then = frame.assign(
        icb_code=frame["icb_code_2022"], icb_name=frame["icb_name_2022"], valid_from="2022-07-01"
    )
    return then.loc[then["icb_code"] != "", list(ods.MEMBERSHIP_COLUMNS)]


def icbs(sheet: Sheet, frame: pd.DataFrame) -> pd.DataFrame:
    """ICBs with their ONS code and the days their ODS code opened and closed (the last day open)."""
    refuse_repeats(sheet, frame, ["org_code"])
    names = {
        "org_code": "icb_code",
        "open_date": "opened_on",
        "close_date": "closed_on",
        "icb_ons_code": "ons_code",
    }
    columns = ["icb_code", "icb_name", "opened_on", "closed_on", "ons_code"]
    return frame.rename(columns=names)[columns]


TABLES = {
    "org_code,org_name,status,primary_role_id,is_nhs_trust,is_foundation_trust,"
    "legal_start_date,legal_end_date,valid_from,valid_to,post_code": Table(
        "ods", "compiled_organisations", "organisations", organisations
    ),
    "predecessor_code,successor_code,legal_start_date": Table(
        "ods", "compiled_successions", "successions", successions
    ),
    "org_code,org_name,org_type,region_name,icb_code,icb_name,icb_code_2022,icb_name_2022": Table(
        "ods", "compiled_memberships", "icb_memberships", memberships
    ),
    "org_code,icb_name,open_date,close_date,is_current,icb_ons_code": Table(
        "ods", "compiled_icbs", "icbs", icbs
    ),
}
