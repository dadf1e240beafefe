"""Of which periods an indicator has a figure, organisation by organisation, and why not of the others.

Definitions: `docs/methods/library.md`.
"""

from dataclasses import dataclass

import numpy as np
import pandas as pd

NOTHING = (
    "no activity reported",
    "nobody reported as remaining",
    "no staff any more",
    "no staff twelve months before",
)
"""Reasons of a row without a value that say that there was nothing to measure."""
NO_ROW = "not in the files read"
NO_KIND = "no file of this period with its kind of organisation is read"
NO_FILE = "no file of this period is read"
"""Reasons where there is no row: others of its kind (trust or board) have one in that period; only others of
the other kind have; nobody has."""
_OF_ORGANISATION = ["org_code", "org_name", "short_name", "org_type"]


@dataclass(frozen=True)
class Coverage:
    """Stretches of one state, and each organisation's sum of them.

    `runs`: `org_code, org_name, short_name, org_type, state, reason, begins, ends, periods`, [begins, ends);
    `state` is published, missing or nothing (to measure). `organisations`: the same names, `first` and `last`
    (starts of the first and last period with a figure), `published`, `missing`, `nothing`, `reasons` in words
    and `share` of published among published and missing, in per cent. Organisations without any figure are in
    neither; `never` counts them.
    """

    runs: pd.DataFrame
    organisations: pd.DataFrame
    never: int

    @property
    def published(self) -> int:
        """Organisation-periods with a figure."""
        return int(self.organisations["published"].sum())

    @property
    def eligible(self) -> int:
        """Organisation-periods of which a figure could be expected."""
        return self.published + int(self.organisations["missing"].sum())

    @property
    def share(self) -> float:
        """Share of the eligible organisation-periods that have a figure, in per cent."""
        return 100 * self.published / self.eligible


def coverage_of(rows: pd.DataFrame, step_months: int) -> Coverage:
    """Coverage from the rows of the question `indicator_coverage`, of which at least one has a value.

    Periods count from the indicator's first figure to its last, `step_months` each. An organisation is
    eligible from its first row (but not before it opened) to the last that began before it closed, in
    any case from its own first figure to its last; except where a row says that there was nothing to measure.
    """
    first = rows.loc[rows["has_value"], "period_start"].min()
    numbered = rows.assign(period=_number(rows["period_start"], first, step_months))
    last = int(numbered.loc[numbered["has_value"], "period"].max())
    numbered = numbered[numbered["period"].between(0, last)]
    spans = _spans(numbered, first, step_months, last)
    cells = _with_states(_cells(spans), numbered)
    starts = pd.date_range(first, periods=last + 2, freq=pd.DateOffset(months=step_months))
    return Coverage(
        _runs(cells, starts),
        _organisations(cells, starts),
        int(rows["org_code"].nunique() - len(spans)),
    )


def _number(days: pd.Series, first: pd.Timestamp, step_months: int) -> pd.Series:
    """Periods from the first on, which is number 0; blank where there is no day."""
    months: pd.Series = 12 * (days.dt.year - first.year) + days.dt.month - first.month
    return months // step_months


def _spans(rows: pd.DataFrame, first: pd.Timestamp, step: int, last: int) -> pd.DataFrame:
    """A row per organisation with a figure: the periods `begins` to `ends` (inclusive) it is looked at."""
    groups = rows.groupby("org_code")
    valued = rows[rows["has_value"]].groupby("org_code")["period"].agg(["min", "max"])
    told = groups[["org_name", "short_name", "org_type", "opened_on", "closed_on"]].first()
    spans = told.join(valued, how="inner")
    opened = _number(spans["opened_on"], first, step).fillna(0)
    closed = _number(spans["closed_on"] - pd.Timedelta(days=1), first, step).fillna(last)
    begins = np.maximum(groups["period"].min().loc[spans.index], opened)
    return spans.assign(
        begins=np.minimum(begins, spans["min"]).astype(int),
        ends=np.maximum(np.minimum(closed, last), spans["max"]).astype(int),
    ).reset_index()


def _cells(spans: pd.DataFrame) -> pd.DataFrame:
    """A row per organisation and period it is looked at."""
    length = (spans["ends"] - spans["begins"] + 1).to_numpy()
    cells = spans.loc[spans.index.repeat(length), [*_OF_ORGANISATION, "begins"]]
    within = np.arange(len(cells)) - np.repeat(np.cumsum(length) - length, length)
    return cells.assign(period=cells["begins"] + within).reset_index(drop=True)


def _with_states(cells: pd.DataFrame, rows: pd.DataFrame) -> pd.DataFrame:
    """Each cell's `state` and `reason` ("" where there is a figure)."""
    told = rows[["org_code", "period", "has_value", "missing_reason"]]
    joined = cells.merge(told, on=["org_code", "period"], how="left")
    has_value = joined["has_value"].eq(True).to_numpy()
    reason = joined["missing_reason"].where(joined["has_value"].notna(), _absence(joined, rows))
    reason = reason.mask(has_value, "").fillna("no reason stated")
    state = np.select([has_value, reason.isin(NOTHING)], ["published", "nothing"], "missing")
    return joined.assign(state=state, reason=reason)


def _absence(cells: pd.DataFrame, rows: pd.DataFrame) -> pd.Series:
    """For each cell the reason if it has no row."""
    of_anybody = cells["period"].isin(rows["period"])
    is_board, boards = cells["org_type"].eq("icb"), rows["org_type"].eq("icb")
    of_its_kind = (
        cells["period"]
        .isin(rows.loc[boards, "period"])
        .where(is_board, cells["period"].isin(rows.loc[~boards, "period"]))
    )
    absence = pd.Series(NO_ROW, cells.index).mask(~of_its_kind, NO_KIND)
    return absence.mask(~of_anybody, NO_FILE)


def _runs(cells: pd.DataFrame, starts: pd.DatetimeIndex) -> pd.DataFrame:
    told = cells[["org_code", "state", "reason"]]
    run = (told != told.shift()).any(axis="columns").cumsum()
    groups = cells.groupby(run, sort=False)
    periods = groups["period"].agg(["min", "max"])
    return (
        groups[[*_OF_ORGANISATION, "state", "reason"]]
        .first()
        .assign(
            begins=starts[periods["min"]],
            ends=starts[periods["max"] + 1],
            periods=periods["max"] - periods["min"] + 1,
        )
        .reset_index(drop=True)
    )


def _organisations(cells: pd.DataFrame, starts: pd.DatetimeIndex) -> pd.DataFrame:
    counts = pd.crosstab(cells["org_code"], cells["state"])
    counts = counts.reindex(columns=["published", "missing", "nothing"], fill_value=0)
    valued = cells[cells["state"] == "published"].groupby("org_code")["period"].agg(["min", "max"])
    names = cells.drop_duplicates("org_code").set_index("org_code")[_OF_ORGANISATION[1:]]
    share = 100 * counts["published"] / (counts["published"] + counts["missing"])
    reasons = _reasons(cells).reindex(names.index, fill_value="")
    return (
        names.join(counts)
        .assign(first=starts[valued["min"]], last=starts[valued["max"]], share=share)
        .assign(reasons=reasons)
        .reset_index()
    )


def _reasons(cells: pd.DataFrame) -> pd.Series:
    """By organisation, why figures are missing: `not published (3), not in the files read (1)`."""
    counts = (
        cells[cells["state"] != "published"].groupby("org_code")["reason"].value_counts()
    ).reset_index(name="n")
    words = counts["reason"] + " (" + counts["n"].astype(str) + ")"
    return words.groupby(counts["org_code"]).agg(", ".join)
