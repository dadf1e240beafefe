"""KH03 files as published: every one is read, adds up, and equals the compiled table where both tell."""

from pathlib import Path

import pandas as pd
import pytest

from data_sources import kh03
from data_sources.compiled import parse_compiled, recognise_compiled
from data_sources.registry import recognise
from data_sources.source import Parsed, Snapshot
from tests.unit.sql.models import run, snapshot

pytestmark = pytest.mark.published

KEY = ["period_start", "period_end", "level", "org_code", "measure"]
BEDS = [
    f"{sector}_{state}"
    for sector in ("total", "general_acute", "mental_illness")
    for state in ("available", "occupied")
]
QUARTERS = {"2024-07-01": 187, "2024-10-01": 185, "2025-01-01": 184, "2025-04-01": 181}
"""Trusts in each quarter for which the workbook is at hand."""


def read(path: Path) -> Parsed:
    publication = recognise(path, path.name)
    assert publication is not None and publication.SOURCE.id == "kh03", path.name
    return kh03.parse(Snapshot("s", "kh03", path, path.name, "", 0))


@pytest.fixture(scope="module")
def workbooks(published: Path) -> pd.DataFrame:
    files = [read(path) for path in sorted((published / "published" / "kh03").glob("*.xlsx"))]
    assert {file.layout for file in files} == {"quarter_workbook"}
    return pd.concat([file.tables["figures"] for file in files], ignore_index=True)


@pytest.fixture(scope="module")
def compiled(published: Path) -> pd.DataFrame:
    path = published / "compiled" / "kh03_trust_quarter.csv"
    assert recognise_compiled(path) == ("kh03", "compiled_trust_quarter")
    return parse_compiled(Snapshot("s", "kh03", path, path.name, "", 0)).tables["figures"]


def amounts(figures: pd.DataFrame) -> pd.Series:
    """Beds as numbers by what they are of."""
    beds = figures[figures["measure"].isin(BEDS)]
    return pd.to_numeric(beds.set_index(KEY)["value"])


def sums(figures: pd.DataFrame, level: str) -> pd.DataFrame:
    """Sum of each measure over the organisations of a level, by quarter."""
    found = amounts(figures).xs(level, level="level").reset_index()
    return found.pivot_table("value", "period_start", "measure", aggfunc="sum")


def test_every_quarter_has_its_trusts_and_nothing_missing(workbooks):
    trusts = workbooks[workbooks["level"].eq("provider") & workbooks["measure"].isin(BEDS)]
    assert trusts.groupby("period_start")["org_code"].nunique().to_dict() == QUARTERS
    assert len(trusts) == 6 * sum(QUARTERS.values())
    assert amounts(workbooks).notna().all()


@pytest.mark.parametrize("table", ["workbooks", "compiled"])
def test_england_is_the_sum_of_its_trusts(table, request):
    figures = request.getfixturevalue(table)
    differences = sums(figures, "provider") - sums(figures, "england")
    assert differences.shape in {(4, 6), (58, 6)}
    assert differences.abs().to_numpy().max() < 1e-6


@pytest.mark.parametrize(
    ("quarter", "occupied", "available"),
    [
        ("2024-07-01", 93_664.402, 103_656.228),
        ("2024-10-01", 96_124.967, 107_409.815),
        ("2025-01-01", 98_145.942, 106_068.137),
        ("2025-04-01", 95_316.791, 104_197.484),
    ],
)
def test_england_general_and_acute(workbooks, quarter, occupied, available):
    england = sums(workbooks, "england").loc[quarter]
    assert england["general_acute_occupied"] == pytest.approx(occupied, abs=0.001)
    assert england["general_acute_available"] == pytest.approx(available, abs=0.001)


def test_the_headline_of_spring_2025(workbooks):
    england = sums(workbooks, "england").loc["2025-04-01"]
    share = 100 * england["general_acute_occupied"] / england["general_acute_available"]
    assert round(share, 2) == 91.48


def test_who_was_estimated_for(workbooks):
    flags = workbooks[~workbooks["measure"].isin(BEDS)]
    assert set(flags["measure"]) == {"estimated_for_trust"}
    assert flags.groupby("period_start")["org_code"].apply(set).to_dict() == {
        "2024-07-01": {"R1K", "R1C", "R1F", "RN5", "RTH", "RNA", "RXK", "RM3"},
        "2024-10-01": {"RNA", "RL1"},
        "2025-01-01": {"R1K", "RGP", "RL1", "RM3", "RNA", "RY6"},
        "2025-04-01": {"G6V2S", "RNA", "RQ3"},
    }


def test_returns_that_cannot_be_right_are_withheld_and_no_others(published):
    files = [read(path) for path in sorted((published / "published" / "kh03").glob("*.xlsx"))]
    snapshots, rows = [], []
    for file in files:
        origin = snapshot(f"book-{file.period_start}", "kh03", **span(file))
        snapshots.append(origin)
        figures = file.tables["figures"].assign(snapshot_id=origin["snapshot_id"], source_id="kh03")
        rows += figures.astype(str).to_dict("records")
    measures = run("intermediate.int_kh03__measures", snapshots=snapshots, figures=rows)
    withheld = measures[measures["missing_reason"].notna()].astype({"period_start": str})
    columns = ["period_start", "org_code", "measure"]
    assert sorted(withheld[columns].itertuples(index=False, name=None)) == [
        # 1,181 and 2,532 beds after 196 and 258, with as many patients as before.
        ("2024-10-01", "RBS", "general_acute_available"),
        ("2024-10-01", "RBS", "total_available"),
        ("2024-10-01", "RKE", "general_acute_available"),
        ("2024-10-01", "RKE", "total_available"),
        ("2025-01-01", "R1F", "mental_illness_occupied"),
        # An estimate from the year before, of a trust that had 56 beds in the quarter before.
        ("2025-01-01", "RY6", "general_acute_available"),
        ("2025-01-01", "RY6", "total_available"),
    ]


def span(file: Parsed) -> dict[str, str]:
    return {"period_start": str(file.period_start), "period_end": str(file.period_end)}


def test_the_compiled_table_has_every_quarter(compiled):
    assert len(compiled) == 12_564 * 6
    starts = sorted(compiled["period_start"].unique())
    assert (len(starts), starts[0], starts[-1]) == (58, "2010-04-01", "2024-07-01")
    assert amounts(compiled).notna().all()


def test_the_compiled_table_equals_the_workbook_of_the_quarter_they_share(compiled, workbooks):
    one, other = (
        amounts(figures[figures["period_start"] == "2024-07-01"]).sort_index()
        for figures in (compiled, workbooks)
    )
    assert len(one) == 6 * 188
    assert one.index.equals(other.index)
    assert (one - other).abs().max() < 1e-6


@pytest.mark.parametrize("state", ["Available", "Occupied"])
def test_the_history_equals_the_compiled_table_but_for_one_rounding(published, compiled, state):
    name = f"KH03-{state}-Overnight-only.RDY-rows.csv"
    history = read(published / "published" / "kh03" / name)
    assert history.layout == f"{state.lower()}_csv"
    both = pd.concat(
        [amounts(history.tables["figures"]), amounts(compiled)],
        axis=1,
        join="inner",
        keys=["h", "c"],
    )
    assert len(both) == 104
    differing = both[(both["h"] - both["c"]).abs() > 1e-6]
    expected = {"Available": [[227, 227.010869565217]], "Occupied": []}
    assert differing.to_numpy().tolist() == expected[state]


def test_no_file_of_another_publication_is_claimed(published):
    own = published / "published" / "kh03"
    others = [path for path in published.rglob("*.*") if path.is_file() and path.parent != own]
    assert len(others) > 100
    assert [path.name for path in others if kh03.recognises(path, path.name)] == []
    # Occupied beds by specialty are not read.
    by_specialty = own / "KH03-Occupied-by-Spec-Overnight-only.RDY-rows.csv"
    assert recognise(by_specialty, by_specialty.name) is None
