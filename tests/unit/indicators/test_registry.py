"""The catalogue as a whole: complete, without faults, and made of figures that exist."""

from datetime import date
from pathlib import Path

import duckdb
import pytest

from data_sources.registry import sources
from indicators.definition import Indicator
from indicators.registry import CatalogueFault, load_all
from settings import Settings
from tests.unit.indicators.test_definition import GOOD

IDS = [
    "ae_4h_all",
    "ae_4h_t1",
    "ae_12h_dta",
    "rtt_18w",
    "rtt_52w_pct",
    "rtt_wl",
    "rtt_65w",
    "rtt_78w",
    "amb_c2_mean",
    "amb_c2_p90",
    "amb_c1_mean",
    "amb_c1_p90",
    "amb_call_mean",
    "amb_hear_treat",
    "amb_ho_15",
    "amb_ho_60",
    "cancer_fds",
    "cancer_62d",
    "cancer_31d",
    "cancer_104d",
    "dm01_6w",
    "dm01_13w",
    "canc_28d",
    "community_52w",
    "beds_occ_kh03",
    "beds_occ_mh",
    "fin_margin",
    "fin_agency",
    "sickness",
    "fte_change",
    "leaver_rate",
    "beds_occ_sitrep",
    "los21",
    "nctr_share",
    "drd_no_delay",
    "drd_bed_days",
    "ss_engagement",
    "ss_morale",
    "ss_raise",
    "ss_burnout",
    "ss_inclusive",
    "shmi",
    "mrsa",
    "cdiff",
    "ecoli",
    "fft_ip",
    "fft_ae",
    "nof_segment",
    "nof_score",
    "rsp_flag",
    "rtt_18w_plan_gap",
    "ucr_2h",
    "mh_crisis_24h",
    "mh_los60",
    "cyp_mh_change",
    "fin_plan",
    "fin_ytd_var",
    "fin_relcost",
    "fin_prod",
    "cqc_overall",
    "cqc_wellled",
]
"""The indicators of the design whose source is read or found, in the order of lists and pages."""


@pytest.fixture(scope="module")
def catalogue() -> dict[str, Indicator]:
    return load_all(Settings().catalogue_dir)


def test_the_catalogue_holds_the_indicators_in_their_order(
    catalogue: dict[str, Indicator],
) -> None:
    assert list(catalogue) == IDS
    assert all(indicator_id == one.indicator_id for indicator_id, one in catalogue.items())


def test_no_two_indicators_have_the_same_place(catalogue: dict[str, Indicator]) -> None:
    orders = [indicator.order for indicator in catalogue.values()]
    assert len(set(orders)) == len(orders)


def test_every_indicator_comes_from_a_source_we_read(catalogue: dict[str, Indicator]) -> None:
    assert {indicator.measures.source for indicator in catalogue.values()} <= set(sources())


def test_every_indicator_has_values_made_of_both_its_measures(
    catalogue: dict[str, Indicator], marts: duckdb.DuckDBPyConnection
) -> None:
    query = (
        "select indicator_id, count(value), count(numerator), count(denominator) "
        "from marts.fct_indicator group by all"
    )
    found = {row[0]: row[1:] for row in marts.cursor().execute(query).fetchall()}
    assert set(found) == with_status("published", catalogue)
    for indicator_id, (values, numerators, denominators) in found.items():
        assert values >= 150
        assert numerators >= values
        has_denominator = catalogue[indicator_id].measures.denominator is not None
        assert (denominators >= values) if has_denominator else (denominators == 0)


def with_status(status: str, catalogue: dict[str, Indicator]) -> set[str]:
    return {id_ for id_, indicator in catalogue.items() if indicator.review.status == status}


def test_an_indicator_has_values_or_awaits_data(catalogue: dict[str, Indicator]) -> None:
    statuses = {indicator.review.status for indicator in catalogue.values()}
    assert statuses == {"published", "awaiting_data"}
    assert len(with_status("published", catalogue)) >= 35


def test_every_value_lies_in_the_range_its_indicator_allows(
    catalogue: dict[str, Indicator], marts: duckdb.DuckDBPyConnection
) -> None:
    query = "select indicator_id, min(value), max(value) from marts.fct_indicator group by all"
    for indicator_id, low, high in marts.cursor().execute(query).fetchall():
        indicator = catalogue[indicator_id]
        lowest = float("-inf") if indicator.unit in ("signed_percent", "points") else 0
        allowed = indicator.quality.range or (lowest, float("inf"))
        assert allowed[0] <= low <= high <= allowed[1], indicator_id


def test_every_level_an_indicator_promises_is_one_it_has(
    catalogue: dict[str, Indicator], marts: duckdb.DuckDBPyConnection
) -> None:
    query = (
        "select distinct indicator_id, org_type from marts.fct_indicator "
        "join marts.dim_organisation using (org_code) where value is not null"
    )
    found = set(marts.cursor().execute(query).fetchall())
    promised = {
        (id_, level)
        for id_ in with_status("published", catalogue)
        for level in catalogue[id_].org_levels
    }
    assert promised - found == set()


def test_the_warehouse_tells_of_each_indicator_what_its_file_does(
    catalogue: dict[str, Indicator], marts: duckdb.DuckDBPyConnection
) -> None:
    rows = marts.cursor().execute("from marts.dim_indicator").df().set_index("indicator_id")
    assert set(rows.index) == set(catalogue)
    for indicator_id, one in catalogue.items():
        row = rows.loc[indicator_id]
        assert (row["title"], row["unit"], row["better"]) == (one.title, one.unit, one.better)
        assert (row["list_order"], row["lag_days"]) == (one.order, one.lag_days)
        assert float(row["scale"]) == one.measures.scale
        assert row["status"] == one.review.status


def test_reviews_are_in_order(catalogue: dict[str, Indicator]) -> None:
    for indicator in catalogue.values():
        review = indicator.review
        assert date(2026, 1, 1) < review.reviewed_on < review.next_review


def write(folder: Path, place: str, content: str = GOOD) -> None:
    path = folder / place
    path.parent.mkdir(exist_ok=True)
    path.write_text(content)


def test_the_faults_of_all_files_are_told_at_once(tmp_path: Path) -> None:
    write(tmp_path, "a/one.toml", GOOD.replace("order = 40", "order = -1"))
    write(tmp_path, "a/two.toml", "title = ")
    write(tmp_path, "b/three.toml")
    write(tmp_path, "b/four.toml", GOOD.replace("scale = 100", "scale = 1"))
    with pytest.raises(CatalogueFault) as fault:
        load_all(tmp_path)
    assert [line.partition(":")[0] for line in str(fault.value).splitlines()] == [
        "one.toml",
        "two.toml",
        "four.toml",
    ]


def test_two_files_of_one_name_are_a_fault(tmp_path: Path) -> None:
    write(tmp_path, "a/one.toml")
    write(tmp_path, "b/one.toml")
    with pytest.raises(CatalogueFault, match=r"^one\.toml: a second file of that name$"):
        load_all(tmp_path)


def test_indicators_come_in_the_order_they_ask_for(tmp_path: Path) -> None:
    write(tmp_path, "a/first.toml", GOOD.replace("order = 40", "order = 9"))
    write(tmp_path, "b/second.toml", GOOD.replace("order = 40", "order = 8"))
    assert list(load_all(tmp_path)) == ["second", "first"]
