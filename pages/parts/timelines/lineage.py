"""Organisations that became part of others: side by side on the timeline, and what it says of them."""

import pandas as pd

from pages.charts.layers.formats import format_month
from pages.parts.store import ask

UNDATED = "on a day not on record"


def successions() -> pd.DataFrame:
    """Each organisation that passed into others: org_code, short_name, current_code, current_name, passed_on.

    One that was divided has a row for each organisation that took over a part.
    """
    return ask("lineage")


def in_families(spells: pd.DataFrame, passed: pd.DataFrame) -> pd.DataFrame:
    """The spells with a `family`: the organisation of today, if it has a row, that each has become part of.

    `passed` is what `successions` gives. `row_order` is that of families by first entry; in a family those
    that passed on come before the one they passed into.
    """
    shown = set(spells["org_code"])
    here = passed[passed["current_code"].isin(shown)].drop_duplicates("org_code")
    became = dict(zip(here["org_code"], here["current_code"], strict=True))
    family = spells["org_code"].map(lambda code: became.get(code, code))
    first = spells["row_order"].groupby(family).transform("min")
    ordered = spells.assign(
        family=family, family_order=first, is_today=spells["org_code"] == family
    ).sort_values(["family_order", "is_today", "row_order"], kind="stable", ignore_index=True)
    return ordered.drop(columns=["family_order", "is_today"]).assign(
        row_order=pd.factorize(ordered["org_code"])[0]
    )


def families_of(codes: list[str], passed: pd.DataFrame) -> set[str]:
    """The organisations asked for, those they took over, and those they became part of."""
    asked = set(codes)
    later = set(passed.loc[passed["org_code"].isin(asked), "current_code"])
    before = passed.loc[passed["current_code"].isin(asked | later), "org_code"]
    return asked | later | set(before)


def change_marks(spells: pd.DataFrame, passed: pd.DataFrame) -> pd.DataFrame:
    """For each organisation of `spells` that became part of another, that change as a mark on its row."""
    names = spells.drop_duplicates("org_code").set_index("org_code")["org_name"]
    dated = passed[passed["org_code"].isin(names.index) & passed["passed_on"].notna()]
    here = dated.groupby("org_code", as_index=False).agg(
        passed_on=("passed_on", "first"),
        current_name=("current_name", " and ".join),
        current_code=("current_code", "first"),
    )
    here = here.assign(short_name=here["org_code"].map(names))
    return pd.DataFrame(
        {
            "org_code": here["org_code"],
            "organisation": here["short_name"] + " (" + here["org_code"] + ")",
            "kind": "change",
            "what": "Merger",
            "day": here["passed_on"],
            "when": [format_month(day) for day in here["passed_on"]],
            "words": [
                f"became part of {name}, {format_month(day)}"
                for name, day in zip(here["current_name"], here["passed_on"], strict=True)
            ],
            "until": pd.Series(pd.NaT, here.index, dtype="datetime64[us]"),
            "letter": "",
            "into": here["current_code"],
            "source": "organisation reference (ODS), successions",
        }
    )


def taken_over(org: str, everyone: pd.DataFrame, passed: pd.DataFrame) -> pd.DataFrame:
    """The spells of the organisations that `org` took over, under its code; each programme has a star."""
    before = passed.loc[passed["current_code"] == org, "org_code"]
    spells = everyone[everyone["org_code"].isin(before)]
    former = spells["org_full_name"] + " (" + spells["org_code"] + "), now part of this one"
    return spells.assign(
        org_code=org, org_full_name=former, programme_short=spells["programme_short"] + "*"
    )


def took_over_words(everyone: pd.DataFrame, passed: pd.DataFrame) -> pd.Series:
    """By code of an organisation of today, the spells of those it took over, in words.

    `everyone` is all spells on record.
    """
    before = everyone.merge(passed, on="org_code")
    if before.empty:
        return pd.Series(dtype="str")
    told = before.assign(
        who=[
            f"{name} ({_since(day)})"
            for name, day in zip(before["short_name"], before["passed_on"], strict=True)
        ],
        words=[
            f"{row.programme_short}, entered {row.entered_label}, left {row.left_label}"
            for row in before.itertuples()
        ],
    )
    by_one = told.groupby(["current_code", "who"], sort=False)["words"].agg("; ".join)
    each = by_one.reset_index().assign(words=lambda rows: rows["who"] + ": " + rows["words"])
    return each.groupby("current_code")["words"].agg("; ".join)


def _since(passed_on: pd.Timestamp) -> str:
    if pd.isna(passed_on):
        return f"part of it {UNDATED}"
    return f"part of it since {format_month(passed_on)}"
