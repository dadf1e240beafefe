"""Cancelled operations as published: all four quarters are read and add up, region by region."""

from datetime import date
from pathlib import Path

import pandas as pd
import pytest

from data_sources import cancelled_ops
from data_sources.source import Parsed, Snapshot
from data_sources.tables import read_sheet

pytestmark = pytest.mark.published

ENGLAND = {
    date(2024, 7, 1): (21249, 4825),
    date(2024, 10, 1): (22681, 4856),
    date(2025, 1, 1): (21820, 5122),
    date(2025, 4, 1): (19268, 4303),
}
TRUSTS = {
    date(2024, 7, 1): 138,
    date(2024, 10, 1): 139,
    date(2025, 1, 1): 136,
    date(2025, 4, 1): 136,
}
NOT_SUBMITTED = {date(2025, 1, 1): {"R1K", "RVR"}, date(2025, 4, 1): {"R1K", "RQ3"}}
"""Trusts that the notes of a workbook name as having sent nothing: no row, and no zero."""


@pytest.fixture(scope="module")
def paths(published: Path) -> list[Path]:
    return sorted((published / "published" / "cancelled_ops").glob("*.xlsx"))


@pytest.fixture(scope="module")
def quarters(paths: list[Path]) -> dict[date | None, Parsed]:
    assert len(paths) == 4
    files = [parsed(path) for path in paths]
    return {file.period_start: file for file in files}


def parsed(path: Path) -> Parsed:
    assert cancelled_ops.recognises(path, path.name), path.name
    return cancelled_ops.parse(Snapshot("s", "cancelled_ops", path, path.name, "", 0))


def counts(file: Parsed, level: str) -> pd.DataFrame:
    figures = file.tables["figures"]
    rows = figures[figures["level"] == level]
    return rows.pivot_table("value", "org_code", "measure", aggfunc="first").astype(int)


@pytest.mark.parametrize("quarter", ENGLAND)
def test_england_is_the_published_nhs_figure_and_the_sum_of_trusts(quarters, quarter):
    trusts = counts(quarters[quarter], "provider")
    assert tuple(counts(quarters[quarter], "england").loc["ENG"]) == ENGLAND[quarter]
    assert tuple(trusts.sum()) == ENGLAND[quarter]
    assert len(trusts) == TRUSTS[quarter]
    assert (trusts["not_treated_within_28_days"] <= trusts["cancelled"]).all()


def test_trusts_add_up_to_their_region_in_the_regional_sheet(paths):
    for path in paths:
        trusts = counts(parsed(path), "provider")
        rows = read_sheet(path, "Provider").rows[19:]
        regions = pd.Series({row[3]: row[1] for row in rows}).reindex(trusts.index)
        stated = {
            row[1]: [int(row[3]), int(row[4])]
            for row in read_sheet(path, "National & Regional").rows[18:25]
        }
        added = trusts.groupby(regions).sum()
        assert dict(zip(added.index, added.to_numpy().tolist(), strict=True)) == stated, path.name


def test_a_trust_that_sent_nothing_has_no_row(quarters):
    for quarter, codes in NOT_SUBMITTED.items():
        assert codes.isdisjoint(counts(quarters[quarter], "provider").index)
    # In the quarter before, R1K said that all 347 patients were treated in time: as published.
    assert counts(quarters[date(2024, 10, 1)], "provider").loc["R1K"].to_list() == [347, 0]


def test_no_file_of_another_publication_is_claimed(published, paths):
    own = paths[0].parent
    others = [path for path in published.rglob("*.*") if path.is_file() and path.parent != own]
    assert len(others) > 100
    assert [path.name for path in others if cancelled_ops.recognises(path, path.name)] == []
