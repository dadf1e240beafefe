"""What organisations did in the year after entry beyond what others recovered without a programme.

From one indicator's published figures and the spells on record. Method:
`docs/methods/regression_to_the_mean.md`.
"""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from indicators.charted import steady
from indicators.definition import Indicator
from indicators.entry_lacks import lack_around, why_not_judged
from indicators.frozen_entries import entries_of, first_exposed, month_of
from indicators.lack_words import Labels, in_months
from indicators.stats.regression_to_mean.excess import (
    Entry,
    Rebounds,
    Settings,
    TooFewWindows,
    rebounds,
)
from indicators.stats.regression_to_mean.galton import galton_beside
from indicators.stats.regression_to_mean.windows import BoolArray, Histories, Outcome

NO_FIGURES = "no figure of this indicator is published for it"
NEAR = (
    "another spell ran, or the definition changed, from fifteen months before entry to a year after"
)
SHARED = "each figure shares data with the ones before, so that a year is no distance between them"
_BEFORE, _AFTER = 15, 12
_NUMBERS = ("base", "observed", "expected", "excess", "ci_low", "ci_high")


@dataclass(frozen=True)
class EntryRebounds:
    """`table`: a row per spell in the order given: `spell_id, org_code, org_type, entry` (first exposed
    month) and `base, observed, expected, excess, ci_low, ci_high`, and `galton`, what Galton's formula
    expects from the base alone; or `why_not`, and `lack` where figures of its own are what is missing (its
    columns count from the month `first` on, by the indicator's step). `found`: all together; None if nobody
    is judged.
    """

    table: pd.DataFrame
    found: Rebounds | None
    first: int


def entry_rebounds(
    values: pd.DataFrame,
    indicator: Indicator,
    spells: pd.DataFrame,
    settings: Settings | None = None,
) -> EntryRebounds:
    """Rebound of every spell's organisation, learnt from organisations of the types that have spells.

    `values`: `org_code, org_type, period_start, value` (and `denominator`); `spells`: as `read_spells` gives
    them.
    """
    entries = judged_entries(spells, indicator)
    types = values["org_type"].isin(entries["org_type"])
    table = by_period(steady(values[types], indicator), indicator.step_months)
    histories = _histories(table, values, spells, indicator.step_months)
    asked = _asked(entries, table, indicator.step_months)
    try:
        found = rebounds(histories, list(asked.values()), settings)
    except TooFewWindows:
        found = None
    judged = set() if found is None else set(found.each)
    others = {spell: entry for spell, entry in asked.items() if entry not in judged}
    first = int(table.columns[0])
    labels = in_months(first, indicator.step_months)
    lacks = _lacks(histories, others, (settings or Settings()).outcome, labels)
    told = _told(entries, asked, found, lacks)
    formula = _by_formula(histories, asked, judged)
    return EntryRebounds(told.assign(galton=told["spell_id"].map(formula)), found, first)


def judged_entries(spells: pd.DataFrame, indicator: Indicator) -> pd.DataFrame:
    """The rows of `entries_of`, with what a year on either side adds to `why_not`."""
    entries = entries_of(spells, indicator.breaks)
    is_near = entries["entry"] - _BEFORE < entries["since"]
    is_near |= entries["entry"] + _AFTER > entries["until"]
    words = entries["why_not"].mask(is_near & entries["why_not"].isna(), NEAR)
    return entries.assign(why_not=SHARED if indicator.shared_periods else words)


def _asked(entries: pd.DataFrame, table: pd.DataFrame, step: int) -> dict[str, Entry]:
    """By spell, the row of its organisation and the column of its first exposed period."""
    usable = entries[entries["why_not"].isna() & entries["org_code"].isin(table.index)]
    rows = table.index.get_indexer(pd.Index(usable["org_code"]))
    columns = (usable["entry"].astype(int) - int(table.columns[0])) // step
    places = zip(usable["spell_id"], rows, columns, strict=True)
    return {str(spell): Entry(int(row), int(column)) for spell, row, column in places}


def by_period(values: pd.DataFrame, step: int) -> pd.DataFrame:
    """Organisations by period, named by its first month; no period is missing in between."""
    month = month_of(values["period_start"]).astype(int)
    table = values.assign(month=month).pivot_table(
        index="org_code", columns="month", values="value"
    )
    return table.reindex(columns=range(int(month.min()), int(month.max()) + 1, step))


def _histories(
    table: pd.DataFrame, values: pd.DataFrame, spells: pd.DataFrame, step: int
) -> Histories:
    types = values.drop_duplicates("org_code").set_index("org_code")["org_type"]
    kind = pd.factorize(types.reindex(table.index), sort=True)[0].astype(np.int64)
    return Histories(table.to_numpy(dtype=float), _inside(table, spells, step), kind, 12 // step)


def _inside(table: pd.DataFrame, spells: pd.DataFrame, step: int) -> BoolArray:
    """Periods that may be inside a programme: a vague date counts for every day that it can mean."""
    began = first_exposed(spells["entered_earliest"].fillna(spells["programme_started_on"]))
    ended = first_exposed(spells["left_latest"]).fillna(month_of(spells["programme_ended_on"]) + 1)
    inside = np.zeros(table.shape, dtype=bool)
    months = table.columns.to_numpy()
    bounds = zip(spells["org_code"], began, ended.fillna(np.inf), strict=True)
    for org, begins, ends in bounds:
        if org in table.index:
            touched = (months + step > begins) & (months < ends)
            inside[table.index.get_loc(org)] |= touched
    return inside


def _by_formula(
    histories: Histories, asked: dict[str, Entry], judged: set[Entry]
) -> dict[str, float]:
    """By spell what Galton's formula expects of those that were judged."""
    return {
        spell: galton_beside(histories, entry) for spell, entry in asked.items() if entry in judged
    }


def _lacks(
    histories: Histories, others: dict[str, Entry], outcome: Outcome, labels: Labels
) -> pd.DataFrame:
    """By spell that was asked for and is not judged `lack` and `why`."""
    lacks = {spell: lack_around(histories, entry, outcome) for spell, entry in others.items()}
    why = {
        spell: why_not_judged(histories, entry, lacks[spell], labels)
        for spell, entry in others.items()
    }
    columns = {"lack": pd.Series(lacks, dtype=object), "why": pd.Series(why, dtype=object)}
    return pd.DataFrame(columns)


def _told(
    entries: pd.DataFrame, asked: dict[str, Entry], found: Rebounds | None, lacks: pd.DataFrame
) -> pd.DataFrame:
    each = {} if found is None else found.each
    judged = {spell: each[entry] for spell, entry in asked.items() if entry in each}
    kept = entries[["spell_id", "org_code", "org_type", "entry"]]
    numbers = {
        name: [getattr(judged.get(spell), name, np.nan) for spell in kept["spell_id"]]
        for name in _NUMBERS
    }
    unpublished = entries["why_not"].isna() & ~kept["spell_id"].isin(list(asked))
    words = entries["why_not"].mask(unpublished, NO_FIGURES)
    why = kept["spell_id"].map(lacks["why"])
    lack = kept["spell_id"].map(lacks["lack"])
    return kept.assign(**numbers, why_not=words.mask(why.notna(), why), lack=lack)
