"""Indicators compared and classed: a planted one is a candidate, the others are not."""

import json
from dataclasses import replace

import pandas as pd
import pytest

from indicators.screening.compared import quarterly
from indicators.screening.document import as_document, as_table
from indicators.screening.rows import Looked, looked_at
from indicators.screening.screen import Screen, decided
from indicators.screening.steps import STEPS
from indicators.stats.screen.thresholds import DEFAULTS, Thresholds
from tests.unit.indicators.screening.made import (
    CATALOGUE,
    CIRCULAR,
    MONTHLY,
    Made,
    context,
    figures,
)

GIVEN = {
    "ae_4h_t1": (Made(rise=3.0, fall=2.0, seed=1), MONTHLY),
    "cancer_31d": (Made(fall=2.0, seed=2), CATALOGUE["cancer_31d"]),
    "dm01_6w": (
        Made(seed=3),
        CATALOGUE["cancer_31d"].model_copy(update={"indicator_id": "dm01_6w"}),
    ),
    "ae_4h_all": (Made(rise=3.0, fall=2.0, seed=1), CIRCULAR),
}


@pytest.fixture(scope="module")
def looked() -> tuple[list[Looked], pd.DataFrame]:
    shared = context()
    rows: list[Looked] = []
    tables = []
    for made, indicator in GIVEN.values():
        one = figures(made, indicator.model_copy(update={"breaks": ()}))
        rows.extend(looked_at(one, shared, DEFAULTS))
        tables.append(quarterly(one))
    return rows, pd.concat(tables)


@pytest.fixture(scope="module")
def screen(looked: tuple[list[Looked], pd.DataFrame]) -> Screen:
    return decided(*looked, DEFAULTS, 7)


def classes(screen: Screen) -> dict[str, str]:
    return {row.looked.indicator_id: row.decision.name for row in screen.rows}


def test_classes(screen: Screen) -> None:
    """The same figures are no evidence where they feed the segment rule. Of the third, prediction is unknown,
    so that it could be context or not supported."""
    assert classes(screen) == {
        "ae_4h_t1": "candidate key indicator",
        "cancer_31d": "context",
        "dm01_6w": "not assessable",
        "ae_4h_all": "not assessable",
    }


def test_the_family_holds_every_tested_excess(screen: Screen) -> None:
    assert screen.family == 4
    rows = {row.looked.indicator_id: row for row in screen.rows}
    assert rows["ae_4h_t1"].q is not None and rows["ae_4h_t1"].q < 0.001
    assert rows["dm01_6w"].p is not None and rows["dm01_6w"].p > 0.01


def test_chance_counts_only_what_is_no_circle(screen: Screen) -> None:
    assert (screen.chance.judged, screen.chance.passing) == (3, 2)
    assert screen.chance.expected < 0.3


def test_a_twin_shares_the_cluster(screen: Screen) -> None:
    rows = {row.looked.indicator_id: row.cluster for row in screen.rows}
    assert rows["ae_4h_t1"] is not None and rows["ae_4h_all"] is not None
    assert rows["ae_4h_t1"].number == rows["ae_4h_all"].number
    assert [rows["ae_4h_t1"].is_representative, rows["ae_4h_all"].is_representative].count(
        True
    ) == 1
    likeness = [rows[name].likeness for name in ("ae_4h_t1", "ae_4h_all")]
    (other,) = [one for one in likeness if one is not None]
    assert other.value == pytest.approx(1.0)
    assert rows["dm01_6w"] is not None
    assert rows["dm01_6w"].number != rows["ae_4h_t1"].number


def test_thresholds_are_listed_when_changed(looked: tuple[list[Looked], pd.DataFrame]) -> None:
    changed = decided(*looked, Thresholds(stability=1.01), 7)
    assert classes(changed)["ae_4h_t1"] == "not supported"
    assert as_document(changed)["changes"] == [["stability", 0.7, 1.01]]


def test_the_document_is_json_and_says_why(screen: Screen) -> None:
    document = as_document(screen)
    read = json.loads(json.dumps(document, allow_nan=False))
    row = read["rows"][0]
    assert row["class"] == "candidate key indicator"
    assert [fact["criterion"] for fact in row["because"]][:2] == ["excess", "q"]
    assert row["discrimination"]["era"] == "R2"
    entry = row["steps"]["entry"]
    assert (entry["everyone"]["judged"], entry["since"]["judged"], entry["waiting"]) == (12, 12, [])
    of_trusts = {one.pop("indicator_id"): one for one in document["trusts"]}
    assert of_trusts["ae_4h_t1"] == {name: entry["everyone"][name] for name in STEPS}
    assert document["classes"] == {
        "candidate key indicator": 1,
        "context": 1,
        "not assessable": 2,
    }


def test_the_table_has_a_row_each_with_intervals(screen: Screen) -> None:
    table = as_table(screen).set_index("indicator_id")
    assert list(table.index) == list(GIVEN)
    assert table.loc["ae_4h_t1", "excess_low"] > 0
    assert table.loc["ae_4h_t1", ["entry_judged", "entry_since_dated", "exit_dated"]].tolist() == [
        12,
        12,
        0,
    ]
    assert table.loc["ae_4h_all", "is_circular"]


def test_the_seed_is_that_of_the_shuffles(looked: tuple[list[Looked], pd.DataFrame]) -> None:
    again, other = decided(*looked, DEFAULTS, 7), decided(*looked, DEFAULTS, 8)
    assert again.chance == decided(*looked, DEFAULTS, 7).chance
    assert [row.stability for row in again.rows] == [row.stability for row in other.rows]
    assert replace(again.chance, expected=0, low=0, high=0) == replace(
        other.chance, expected=0, low=0, high=0
    )
