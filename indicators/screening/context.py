"""What the screen reads from a published version: once for all indicators, and for each of them."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

import duckdb
import numpy as np
import pandas as pd

from indicators.analyses.pooled_rows import PooledRows
from indicators.analyses.published_series import indicator_named
from indicators.charted import BETTER, steady
from indicators.definition import Indicator
from indicators.frozen_entries import month_of
from indicators.its_stays import Stay, stays_of
from indicators.screening.pooling import read_pooled_rows
from indicators.screening.stays import Stays, stays_by_organisation
from indicators.series import read_spells
from indicators.stats.screen.resampling import FloatArray
from sql.reads import read

TYPES = ("acute", "specialist", "mental_health", "community", "ambulance", "icb")
"""Types of organisation that are screened, each among themselves."""


@dataclass(frozen=True)
class Context:
    """What all indicators share.

    `types`: type by organisation. `spells`: every spell on record; `stays`: the same in months. `segments`:
    `era_id, period, unit, state`, those stated for single quarters (`period` as 4 x year + quarter - 1).
    `eras`: `era_id, starts_on, ends_on`, the first first.
    """

    types: dict[str, str]
    spells: pd.DataFrame
    stays: dict[str, Stays]
    segments: pd.DataFrame
    eras: pd.DataFrame

    @cached_property
    def on_record(self) -> list[Stay]:
        """The spells without a gap between them as one stay each."""
        return stays_of(self.spells)


@dataclass(frozen=True)
class Values:
    """One indicator's `values` (rows of `lineage_values`, with `org_type`), all of them."""

    indicator: Indicator
    values: pd.DataFrame

    @property
    def better(self) -> int:
        """1 if higher is better, −1 if lower, 0 if neither is."""
        return BETTER[self.indicator.better]

    @property
    def steady(self) -> pd.DataFrame:
        """The values whose denominator reaches the catalogue's least."""
        return steady(self.values, self.indicator)


@dataclass(frozen=True)
class Figures(Values):
    """Its values with all that is screened; `coverage` (rows of `indicator_coverage`); `by_segment` (rows of
    `segment_values`). `pooled`: by type of which anybody entered a programme, the rows of the analysis
    `pooled`, or in words why there are none. `paired`: the values of the indicator it is paired with, if any.
    """

    coverage: pd.DataFrame
    by_segment: pd.DataFrame
    pooled: Mapping[str, PooledRows | str] = field(default_factory=dict)
    paired: Values | None = None


@dataclass(frozen=True)
class Grid:
    """`value` (N, T) of `orgs` by period without a gap, NaN where missing; `first`: its first month.

    Months are whole numbers, year times 12 plus month from 0; `step` of them to a period.
    """

    orgs: tuple[str, ...]
    first: int
    step: int
    value: FloatArray

    def column(self, month: float) -> int:
        """The column that a month lies in; may lie outside."""
        return int(month - self.first) // self.step


def read_context(connection: duckdb.DuckDBPyConnection) -> Context:
    """The shared part."""
    everyone = read(connection, "organisations")
    kept = everyone[everyone["org_type"].isin(TYPES)]
    eras = read(connection, "eras").dropna(subset=["starts_on"]).sort_values("starts_on")
    stated = [
        read(connection, "segment_panel", era=era).assign(era_id=era) for era in eras["era_id"]
    ]
    types = dict(zip(kept["org_code"].astype(str), kept["org_type"].astype(str), strict=True))
    segments = pd.concat(stated, ignore_index=True)[["era_id", "period", "unit", "state"]]
    spells = read_spells(connection)
    stays = stays_by_organisation(spells)
    return Context(types, spells, stays, segments, eras.reset_index(drop=True))


def read_figures(
    connection: duckdb.DuckDBPyConnection, indicator: Indicator, context: Context
) -> Figures:
    """One indicator's part, every code as published."""
    name, paired = indicator.indicator_id, indicator.paired_with
    found = _values(connection, indicator, context)
    return Figures(
        indicator,
        found.values,
        read(connection, "indicator_coverage", indicator=name),
        read(connection, "segment_values", indicator=name),
        _pooled(connection, indicator, set(found.values["org_type"]), context),
        None if paired is None else _values(connection, indicator_named(paired), context),
    )


def _values(
    connection: duckdb.DuckDBPyConnection, indicator: Indicator, context: Context
) -> Values:
    values = read(connection, "lineage_values", indicator=indicator.indicator_id, lineage="as_was")
    types = values["org_code"].map(context.types)
    return Values(indicator, values.assign(org_type=types)[types.notna()].reset_index(drop=True))


def _pooled(
    connection: duckdb.DuckDBPyConnection, indicator: Indicator, filled: set[str], context: Context
) -> dict[str, PooledRows | str]:
    """Of the types that have figures and organisations that entered a programme."""
    of_spells = context.spells["type_today"].fillna(context.spells["org_type"])
    return {
        org_type: read_pooled_rows(connection, indicator, org_type)
        for org_type in TYPES
        if org_type in filled & set(of_spells)
    }


def grid_of(values: pd.DataFrame, step: int, column: str = "value") -> Grid:
    """A column of `org_code, period_start` rows (at least one) as a grid."""
    known = values.assign(month=month_of(values["period_start"]).astype(int))
    table = known.pivot_table(index="org_code", columns="month", values=column, dropna=False)
    first, last = int(table.columns.min()), int(table.columns.max())
    whole = table.reindex(columns=range(first, last + 1, step))
    return Grid(tuple(table.index), first, step, whole.to_numpy(dtype=np.float64))
