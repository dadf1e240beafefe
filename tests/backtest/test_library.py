"""The library on the published bundle: coverage against plain counts, reliability and segments for all."""

import duckdb
import pandas as pd
import pytest

from indicators.coverage import NO_FILE, Coverage, coverage_of
from indicators.definition import Indicator
from indicators.registry import load_all
from indicators.reliability import reliability_by_type
from indicators.stats.reliability import Reliability
from settings import Settings
from sql.reads import read


@pytest.fixture(scope="module")
def known(marts: duckdb.DuckDBPyConnection) -> dict[str, Indicator]:
    filled = set(read(marts, "indicator_freshness")["indicator_id"])
    catalogue = load_all(Settings().catalogue_dir)
    return {key: one for key, one in catalogue.items() if key in filled}


@pytest.fixture(scope="module")
def covered(marts: duckdb.DuckDBPyConnection, known: dict[str, Indicator]) -> dict[str, Coverage]:
    return {
        key: coverage_of(read(marts, "indicator_coverage", indicator=key), one.step_months)
        for key, one in known.items()
    }


def test_every_figure_of_an_organisation_is_in_the_coverage_once(
    marts: duckdb.DuckDBPyConnection, covered: dict[str, Coverage]
) -> None:
    counted = dict(
        marts.cursor()
        .execute(
            "select indicator_id, count(*) from marts.fct_indicator semi join marts.dim_organisation "
            "on fct_indicator.org_code = dim_organisation.org_code and dim_organisation.org_type "
            "is distinct from 'region' and dim_organisation.org_type is distinct from 'england' "
            "where value is not null group by indicator_id"
        )
        .fetchall()
    )
    assert {key: coverage.published for key, coverage in covered.items()} == counted


def test_stretches_of_one_organisation_follow_each_other_without_gap_or_overlap(
    covered: dict[str, Coverage],
) -> None:
    for key, coverage in covered.items():
        runs = coverage.runs.sort_values(["org_code", "begins"])
        next_begins = runs.groupby("org_code")["begins"].shift(-1)
        follows = next_begins.isna() | (next_begins == runs["ends"])
        assert follows.all(), key
        assert len(runs) < 5_000, key


def test_the_year_of_waiting_times_that_is_not_in_the_collection_is_missing_for_all(
    covered: dict[str, Coverage],
) -> None:
    runs = covered["rtt_18w"].runs
    gap = runs[(runs["reason"] == NO_FILE) & (runs["periods"] == 12)]
    assert set(gap["begins"]) == {pd.Timestamp("2017-04-01")}
    assert len(gap) > 150


def test_reliability_lies_within_its_interval_or_close_to_it_for_all(
    marts: duckdb.DuckDBPyConnection, known: dict[str, Indicator]
) -> None:
    types = read(marts, "organisations").set_index("org_code")["org_type"].dropna()
    types = types[~types.isin(["region", "england"])].to_dict()
    estimated = 0
    for key, one in known.items():
        values = read(marts, "lineage_values", indicator=key, lineage="as_was")
        for found in reliability_by_type(values, types, one).values():
            if isinstance(found, Reliability):
                estimated += 1
                assert 0 <= found.ci_low <= found.ci_high <= 1, key
                assert found.ci_low - 0.05 <= found.icc <= found.ci_high + 0.05, key
    assert estimated > 60
