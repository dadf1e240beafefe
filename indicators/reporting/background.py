"""What the published warehouse knows of the series of a run: who, from which files, what else happened."""

from dataclasses import dataclass

import duckdb
import numpy as np
import pandas as pd

from indicators.analyses.its_spec import Spec
from indicators.definition import Indicator
from indicators.entry_rebounds import entry_rebounds
from indicators.reporting.result import Interruption, Result
from indicators.reporting.words import first_day
from indicators.series import read_spells
from indicators.stats.its.calendar import Calendar
from indicators.stats.regression_to_mean.excess import Rebound
from sql.reads import read, show_mart

_REBOUND = ("base", "observed", "expected", "ci_low", "ci_high")
NEAR = pd.DateOffset(years=1)
"""How far from an interruption other events are told."""


@dataclass(frozen=True)
class EntryRebound:
    """The rebound after one entry, or `why_not` it is not known."""

    period: str
    rebound: Rebound | None
    why_not: str | None


@dataclass(frozen=True)
class Background:
    """`files`: a row per file that a figure of the series comes from (`snapshot_id, source_id, title,
    publisher, licence, file_name, kind, published_on, retrieved_at, sha256, url`). `events`: what else
    happened within a year of an interruption. `spells`: the organisation's, with `first_exposed` and
    `first_after` as periods. `revisions`: how many of its figures a later file of the source changed. `gap`:
    its last figure before entry less the median of its type.
    """

    organisation: str
    organisation_type: str | None
    files: pd.DataFrame
    events: pd.DataFrame
    spells: pd.DataFrame
    revisions: int
    rebounds: tuple[EntryRebound, ...]
    gap: float | None


def read_background(
    warehouse: duckdb.DuckDBPyConnection, spec: Spec, indicator: Indicator, result: Result
) -> Background:
    """Everything told of a published series beside its figures."""
    organisations = read(warehouse, "organisations")
    mine = organisations[organisations["org_code"] == spec.org]
    values = read(
        warehouse, "lineage_values", indicator=indicator.indicator_id, lineage=spec.lineage
    ).merge(organisations[["org_code", "org_type"]], on="org_code")
    spells = read_spells(warehouse)
    files = _files(warehouse, values[values["org_code"] == spec.org], result)
    return Background(
        organisation=str(mine["org_name"].iloc[0]) if len(mine) else str(spec.org),
        organisation_type=str(mine["org_type"].iloc[0]) if len(mine) else None,
        files=files,
        events=_events(warehouse, str(spec.org), result),
        spells=_own_spells(spells, str(spec.org), indicator),
        revisions=_revisions(warehouse, str(spec.org), files["source_id"].unique(), result),
        rebounds=_rebounds(values, indicator, spells, (str(spec.org), result)),
        gap=_gap(values, str(spec.org), result),
    )


def _within(frame: pd.DataFrame, result: Result) -> pd.DataFrame:
    """The rows whose `period_start` lies within the series."""
    first, last = (first_day(result.series[place].period) for place in (0, -1))
    starts = frame["period_start"]
    return frame[(starts >= first) & (starts <= last)]


def _files(warehouse: duckdb.DuckDBPyConnection, own: pd.DataFrame, result: Result) -> pd.DataFrame:
    """The files that the series' figures come from, by the first period they are used for."""
    first = _within(own, result).groupby("snapshot_id")["period_start"].agg(["min", "max", "size"])
    known = show_mart(warehouse, "fct_snapshot").drop(columns="licence")
    sources = show_mart(warehouse, "dim_source")[["source_id", "title", "publisher", "licence"]]
    chosen = first.reset_index().merge(known, on="snapshot_id").merge(sources, on="source_id")
    return chosen.sort_values(["min", "file_name"], ignore_index=True)


def _events(warehouse: duckdb.DuckDBPyConnection, org: str, result: Result) -> pd.DataFrame:
    """National events and the organisation's own, `happened_on, title`, near an interruption.

    Changes of definition are of other measures, or told as breaks of this one.
    """
    national = read(warehouse, "national_events")
    national = national[national["kind"] != "definition_break"]
    own = read(warehouse, "organisation_events")
    events = pd.concat([national, own[own["org_code"] == org]], ignore_index=True)
    near = np.zeros(len(events), dtype=bool)
    for one in result.interruptions:
        day = first_day(one.first_exposed)
        if day is not None:
            ends = events["ended_on"].fillna(events["happened_on"])
            near |= ((ends >= day - NEAR) & (events["happened_on"] <= day + NEAR)).to_numpy()
    return events.loc[near, ["happened_on", "title"]].sort_values("happened_on", ignore_index=True)


def _own_spells(spells: pd.DataFrame, org: str, indicator: Indicator) -> pd.DataFrame:
    own = spells[spells["org_code"] == org]
    return own.assign(
        first_exposed=_exposed(own["entered_on"], own["entered_precision"], indicator),
        first_after=_exposed(own["left_on"], own["left_precision"], indicator),
    )


def _exposed(days: pd.Series, precision: pd.Series, indicator: Indicator) -> pd.Series:
    """The first period exposed to each day; none where the day is not known to the month."""
    calendar = Calendar(12 // indicator.step_months)
    found = [
        calendar.label(calendar.first_exposed(day.date())) if known in ("day", "month") else None
        for day, known in zip(days, precision, strict=True)
    ]
    return pd.Series(found, days.index, dtype=object)


def _revisions(
    warehouse: duckdb.DuckDBPyConnection, org: str, sources: np.ndarray, result: Result
) -> int:
    found = [read(warehouse, "revisions", source=str(source)) for source in sources]
    own = [one[one["org_code"] == org] for one in found]
    return sum(len(_within(one, result)) for one in own)


def _rebounds(
    values: pd.DataFrame,
    indicator: Indicator,
    spells: pd.DataFrame,
    about: tuple[str, Result],
) -> tuple[EntryRebound, ...]:
    """The rebound after each entry of the run that is the entry of a spell on record."""
    org, result = about
    entries = [one for one in result.interruptions if one.kind == "entry"]
    table = entry_rebounds(values, indicator, spells).table
    return tuple(_rebound_of(one, table[table["org_code"] == org], indicator) for one in entries)


def _rebound_of(entry: Interruption, own: pd.DataFrame, indicator: Indicator) -> EntryRebound:
    day = first_day(entry.first_exposed)
    month = None if day is None else 12 * day.year + day.month - 1
    step = indicator.step_months
    rows = own[(own["entry"] // step) == (month or 0) // step]
    if rows.empty:
        text = "no spell on record begins in that period"
        return EntryRebound(entry.first_exposed, None, text)
    judged = rows[rows["why_not"].isna()]
    if judged.empty:
        return EntryRebound(entry.first_exposed, None, str(rows["why_not"].iloc[0]))
    row = judged.iloc[0]
    base, observed, expected, low, high = (float(row[name]) for name in _REBOUND)
    found = Rebound(base, observed, expected, low, high)
    return EntryRebound(entry.first_exposed, found, None)


def _gap(values: pd.DataFrame, org: str, result: Result) -> float | None:
    """The last used figure before the first interruption less the median of its type then."""
    first = result.place(result.interruptions[0].first_exposed) or 0
    before = [row for row in result.series[:first] if row.used and row.value is not None]
    day = first_day(before[-1].period) if before else None
    then = values[values["period_start"] == day]
    own = then[then["org_code"] == org]
    if own.empty:
        return None
    alike = then[then["org_type"] == own["org_type"].iloc[0]]
    return float(own["value"].iloc[0] - alike["value"].median())
