"""The catalogue as a whole: complete, without faults, and made of figures that exist."""

import re
from datetime import date
from pathlib import Path

import duckdb
import pytest

from indicators.definition import Indicator
from indicators.registry import CatalogueFault, load_all
from settings import Settings
from tests.unit.indicators.catalogue_files import another, changed, write

IDS = [
    "ae_4h_all",
    "ae_4h_t1",
    "ae_12h_dta",
    "ae_12h_arrival",
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
    "complaints",
    "htn_treated",
    "prev_mort",
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
"""Every indicator of the design, in the order of lists and pages."""


@pytest.fixture(scope="module")
def catalogue() -> dict[str, Indicator]:
    return load_all(Settings().catalogue_dir)


def test_the_catalogue_holds_the_indicators_in_their_order(
    catalogue: dict[str, Indicator],
) -> None:
    assert list(catalogue) == IDS
    assert all(indicator_id == one.indicator_id for indicator_id, one in catalogue.items())


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


def test_the_faults_of_all_files_are_told_at_once(tmp_path: Path) -> None:
    write(tmp_path, "beds/one.toml", another(1, ("lag_days = 42", "lag_days = -1")))
    write(tmp_path, "beds/two.toml", "title = ")
    write(tmp_path, "urgent/three.toml", another(3))
    write(tmp_path, "urgent/four.toml", another(4, ("scale = 100", "scale = 1")))
    write(tmp_path, "five.toml")
    with pytest.raises(CatalogueFault) as fault:
        load_all(tmp_path)
    assert [line.split(": ")[:2] for line in str(fault.value).splitlines()] == [
        ["five.toml", "must lie in a folder of the catalogue"],
        ["one.toml", "lag_days"],
        ["two.toml", "Invalid value (at end of document)"],
        ["four.toml", "from.scale"],
    ]


@pytest.mark.parametrize("place", ["one.toml", "a/b/one.toml"])
def test_a_file_that_would_be_passed_over_is_a_fault(tmp_path: Path, place: str) -> None:
    (tmp_path / "a").mkdir()
    write(tmp_path, place)
    with pytest.raises(CatalogueFault, match=r"^one\.toml: must lie in a folder of the catalogue$"):
        load_all(tmp_path)


def test_two_files_of_one_name_are_a_fault(tmp_path: Path) -> None:
    write(tmp_path, "beds/one.toml", another(1))
    write(tmp_path, "urgent/one.toml", another(2))
    with pytest.raises(CatalogueFault, match=r"^one\.toml: a second file of that name$"):
        load_all(tmp_path)


def test_a_copy_of_a_file_is_told_by_all_it_shares(tmp_path: Path) -> None:
    code = ('theme = "', 'oversight_code = "OF0023"\ntheme = "')
    write(tmp_path, "beds/one.toml", changed(code))
    write(tmp_path, "urgent/two.toml", changed(code, ("min_denominator = 20", "")))
    with pytest.raises(CatalogueFault) as fault:
        load_all(tmp_path)
    assert str(fault.value).splitlines() == [
        f"two.toml: {field}: the same as in one.toml"
        for field in ("order", "title", "short_title", "oversight_code", "from")
    ]


@pytest.mark.parametrize(
    ("pair", "side", "said"),
    [
        ("three", "higher", "three is no other indicator"),
        ("one", "higher", "one is no other indicator"),
        ("two", "neither", "both need a better side"),
    ],
)
def test_a_pair_is_another_indicator_with_a_better_side(
    tmp_path: Path, pair: str, side: str, said: str
) -> None:
    paired = ('theme = "', f'paired_with = "{pair}"\ntheme = "')
    write(tmp_path, "beds/one.toml", another(1).replace(*paired))
    better = re.compile(r'^better = "\w+"$', re.MULTILINE)
    write(tmp_path, "urgent/two.toml", better.sub(f'better = "{side}"', another(2)))
    with pytest.raises(CatalogueFault) as fault:
        load_all(tmp_path)
    assert f"one.toml: paired_with: {said}" in str(fault.value).splitlines()


def test_indicators_come_in_the_order_they_ask_for(tmp_path: Path) -> None:
    write(tmp_path, "beds/first.toml", another(9))
    write(tmp_path, "urgent/second.toml", another(8))
    assert list(load_all(tmp_path)) == ["second", "first"]


def test_the_catalogue_is_large_enough_and_most_of_it_has_data(
    catalogue: dict[str, Indicator], marts: duckdb.DuckDBPyConnection
) -> None:
    assert len(catalogue) >= 50
    query = "select count(distinct indicator_id) from marts.fct_indicator where value is not null"
    assert marts.cursor().execute(query).fetchall()[0][0] >= 35
