"""The key-indicator screen: every indicator by type of organisation, with its class and what decided it."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace

import duckdb
import pandas as pd

from indicators.content import digest
from indicators.definition import Indicator
from indicators.screening.compared import (
    Cluster,
    chance_of,
    clusters_of,
    ranks_of,
    stability_of,
    tested_together,
)
from indicators.screening.context import read_context, read_figures
from indicators.screening.looks import Look, Shelf, look_at
from indicators.screening.rows import Looked
from indicators.stats.screen.classes import Decision, classify
from indicators.stats.screen.facts import Evidence
from indicators.stats.screen.multiplicity import SHUFFLES, ByChance
from indicators.stats.screen.resampling import SEED
from indicators.stats.screen.thresholds import DEFAULTS, Thresholds
from sql.reads import read

Progress = Callable[[int, int, str], None]
"""Told before each indicator: how many are done, how many there are, and which comes."""


@dataclass(frozen=True)
class Row:
    """One indicator among one type: what was `looked` at, and what came of comparing.

    `p`, `q` and `q_dependent` of the excess, None where not tested. `stability`: None where not assessable.
    `ranks` of discrimination (95 %), `cluster`: None where not judged or not compared.
    """

    looked: Looked
    p: float | None
    q: float | None
    q_dependent: float | None
    stability: float | None
    ranks: tuple[int, int] | None
    cluster: Cluster | None
    decision: Decision


@dataclass(frozen=True)
class Screen:
    """`rows` in the catalogue's order; `chance`: discrimination by chance; `family`: tests made together.

    `content`: by indicator the SHA-256 of its figures, and of what all share (`""`); empty where not taken.
    """

    rows: tuple[Row, ...]
    chance: ByChance
    family: int
    thresholds: Thresholds
    seed: int
    content: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Asked:
    """`thresholds` of grades and classes; `seed` of the shuffles. The same give the same result."""

    thresholds: Thresholds = DEFAULTS
    seed: int = SEED


def screened(
    connection: duckdb.DuckDBPyConnection,
    indicators: Mapping[str, Indicator],
    progress: Progress | None = None,
    asked: Asked | None = None,
    shelf: Shelf | None = None,
) -> Screen:
    """Screen those of the indicators of which a published warehouse has figures, in its order.

    At least one has figures. What is on the `shelf` is not looked at again; the rest is put there.
    """
    asked = asked or Asked()
    context = read_context(connection)
    names = with_figures(connection, indicators)
    looks: list[Look] = []
    for done, name in enumerate(names):
        if progress is not None:
            progress(done, len(names), name)
        look = None if shelf is None else shelf.find(name)
        if look is None:
            figures = read_figures(connection, indicators[name], context)
            look = replace(look_at(figures, context, asked.thresholds), content=digest(figures))
        if shelf is not None:
            shelf.put(name, look)
        looks.append(look)
    content = {name: look.content for name, look in zip(names, looks, strict=True)}
    return replace(together(looks, asked), content={"": digest(context)} | content)


def with_figures(
    connection: duckdb.DuckDBPyConnection, indicators: Mapping[str, Indicator]
) -> list[str]:
    """Those of the indicators of which the warehouse has figures, in its order."""
    known = read(connection, "indicators")
    filled = known.loc[known["organisations"].notna(), "indicator_id"]
    return [str(name) for name in filled if name in indicators]


def together(looks: Sequence[Look], asked: Asked) -> Screen:
    """All looks compared; at least one."""
    rows = [row for look in looks for row in look.rows]
    tables = pd.concat([look.quarters for look in looks], ignore_index=True)
    return decided(rows, tables, asked.thresholds, asked.seed)


def decided(rows: list[Looked], tables: pd.DataFrame, thresholds: Thresholds, seed: int) -> Screen:
    """Compare all rows and give each its class."""
    tests = tested_together(rows)
    clusters, ranks = clusters_of(tables, rows, thresholds), ranks_of(rows)
    found = []
    for place, row in enumerate(rows):
        p, q, dependent = (
            None if one != one else float(one)
            for one in (tests.p[place], tests.q[place], tests.q_dependent[place])
        )
        key, stable = (row.indicator_id, row.org_type), stability_of(row, thresholds)
        decision = classify(_evidence(row, q, stable), thresholds)
        found.append(Row(row, p, q, dependent, stable, ranks.get(key), clusters.get(key), decision))
    chance = chance_of(rows, thresholds, SHUFFLES, seed)
    return Screen(tuple(found), chance, tests.size, thresholds, seed)


def _evidence(row: Looked, q: float | None, stable: float | None) -> Evidence:
    told = row.told.found
    return Evidence(
        row.quality,
        row.reliability,
        row.response.excess,
        q,
        told.ordinal,
        told.is_circular,
        row.prediction.auc,
        stable,
        row.risk,
    )
