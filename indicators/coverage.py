"""Of which periods an indicator has a figure, organisation by organisation, and why not of the others.

Definitions: `docs/methods/library.md`.
"""

from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

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
    cells = _with_states(_cells(spans), spans, numbered)
    starts = pd.date_range(first, periods=last + 2, freq=pd.DateOffset(months=step_months))
    return Coverage(
        _runs(cells, spans, starts),
        _organisations(cells, spans, starts),
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
    """A row per organisation (`org`, its row of `spans`) and period it is looked at."""
    begins = spans["begins"].to_numpy()
    length = spans["ends"].to_numpy() - begins + 1
    org = np.repeat(np.arange(len(spans)), length)
    within = np.arange(len(org)) - np.repeat(np.cumsum(length) - length, length)
    return pd.DataFrame({"org": org, "period": begins[org] + within})


def _with_states(cells: pd.DataFrame, spans: pd.DataFrame, rows: pd.DataFrame) -> pd.DataFrame:
    """Each cell's `state` and `reason` ("" where there is a figure)."""
    told = rows[["period", "has_value"]].assign(
        org=pd.Index(spans["org_code"]).get_indexer(pd.Index(rows["org_code"])),
        missing_reason=rows["missing_reason"].astype(object),
    )
    joined = cells.merge(told, on=["org", "period"], how="left")
    has_value = joined["has_value"].eq(True).to_numpy()
    absence = _absence(joined, spans["org_type"].eq("icb").to_numpy(), rows)
    reason = joined["missing_reason"].where(joined["has_value"].notna(), absence)
    reason = reason.mask(has_value, "").fillna("no reason stated")
    state = np.select([has_value, reason.isin(NOTHING)], ["published", "nothing"], "missing")
    return joined.assign(state=state.astype(object), reason=reason)


def _absence(cells: pd.DataFrame, is_board: NDArray[np.bool_], rows: pd.DataFrame) -> pd.Series:
    """For each cell the reason if it has no row."""
    period, of_boards = cells["period"], rows["org_type"].eq("icb")
    of_its_kind = np.where(
        is_board[cells["org"]],
        period.isin(rows.loc[of_boards, "period"]),
        period.isin(rows.loc[~of_boards, "period"]),
    )
    of_anybody = period.isin(rows["period"])
    chosen = np.select([~of_anybody, ~of_its_kind], [NO_FILE, NO_KIND], NO_ROW)
    return pd.Series(chosen.astype(object), cells.index)


def _runs(cells: pd.DataFrame, spans: pd.DataFrame, starts: pd.DatetimeIndex) -> pd.DataFrame:
    told = [pd.factorize(cells[name])[0] for name in ("org", "state", "reason")]
    begun = np.flatnonzero(np.any([np.diff(codes, prepend=-1) != 0 for codes in told], axis=0))
    last = np.append(begun[1:], len(cells)) - 1
    period = cells["period"].to_numpy()
    runs = cells.loc[begun, ["org", "state", "reason"]].reset_index(drop=True)
    names = spans[_OF_ORGANISATION].take(runs["org"].to_numpy()).reset_index(drop=True)
    return names.assign(
        state=runs["state"],
        reason=runs["reason"],
        begins=starts[period[begun]],
        ends=starts[period[last] + 1],
        periods=period[last] - period[begun] + 1,
    )


def _organisations(
    cells: pd.DataFrame, spans: pd.DataFrame, starts: pd.DatetimeIndex
) -> pd.DataFrame:
    counts = {
        state: np.bincount(cells.loc[cells["state"] == state, "org"], minlength=len(spans))
        for state in ("published", "missing", "nothing")
    }
    share = 100 * counts["published"] / (counts["published"] + counts["missing"])
    return spans[_OF_ORGANISATION].assign(
        **counts,
        # Whoever has a figure is looked at from its first, or before, to its last, or after.
        first=starts[spans["min"]],
        last=starts[spans["max"]],
        share=share,
        reasons=_reasons(cells).reindex(spans.index, fill_value=""),
    )


def _reasons(cells: pd.DataFrame) -> pd.Series:
    """By row of the spans, why figures are missing: `not published (3), not in the files read (1)`."""
    absent = cells[cells["state"] != "published"]
    counts = absent.groupby("org")["reason"].value_counts()
    told: dict[int, list[str]] = {}
    for org, reason, number in counts.reset_index(name="n").itertuples(index=False):
        told.setdefault(org, []).append(f"{reason} ({number})")
    return pd.Series({org: ", ".join(words) for org, words in told.items()}, dtype="str")
