"""The controls that views of the Explorer share: organisations with a value, the period, the lineage."""

from datetime import date

import pandas as pd

from pages.parts.lineage import LINEAGE_WORDS
from pages.parts.links import linked_months, linked_multiselect, linked_select
from pages.parts.organisations import organisations
from pages.parts.spells import all_spells
from pages.parts.store import ask

ONE_PERIOD = (
    "One period alone is published so far; a line needs two. The view Distribution has its figures."
)


def with_values(indicator: str) -> pd.DataFrame:
    """Organisations with a value of the indicator, by code, in order of their names."""
    codes = ask("lineage_values", indicator=indicator, lineage="as_was")["org_code"].unique()
    return organisations().loc[lambda rows: rows.index.isin(codes)]


def has_two_periods(indicator: str) -> bool:
    """Whether there is a course over time to show, or one period alone."""
    known = ask("indicators").set_index("indicator_id").loc[indicator]
    return bool(known["first_month"] < known["last_month"])


def choose_org(indicator: str) -> str:
    """One organisation with a value; without a choice the first of the Recovery Support Programme's."""
    known = with_values(indicator)
    spells = all_spells()
    entered = spells.loc[spells["programme"] == "rsp", "org_code"]
    usual = next((code for code in entered if code in known.index), known.index[0])
    words = {code: f"{name} ({code})" for code, name in known["short_name"].items()}
    return (
        linked_select("Organisation", "org", list(words), words.__getitem__, default=usual) or usual
    )


def choose_orgs(indicator: str, label: str, most: int, placeholder: str) -> list[str]:
    """Up to `most` organisations with a value."""
    names = with_values(indicator)["short_name"].to_dict()
    return linked_multiselect(
        label, "orgs", list(names), names.__getitem__, most=most, placeholder=placeholder
    )


def choose_lineage() -> str:
    """What an organisation's history is taken to be where it took over others."""
    words = LINEAGE_WORDS.__getitem__
    return (
        linked_select("History before mergers", "lineage", list(LINEAGE_WORDS), words, "as_was")
        or "as_was"
    )


def choose_period(indicator: str, usual_from: date | None = None) -> tuple[date, date]:
    """The months shown, [from, to), both the first of a month; by default from `usual_from` to the last."""
    starts = ask("lineage_values", indicator=indicator, lineage="as_was")["period_start"]
    months = pd.period_range(starts.min(), starts.max(), freq="M")
    usual = (
        str(pd.Period(usual_from, "M")) if usual_from and usual_from > starts.min().date() else None
    )
    begins, last = linked_months("Period", [str(month) for month in months], usual)
    return pd.Period(begins).start_time.date(), (pd.Period(last) + 1).start_time.date()
