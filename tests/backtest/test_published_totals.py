"""The marts reproduce what the NHS published: totals, named check values, and known absences."""

import json
from pathlib import Path

import duckdb
import pandas as pd
import pytest

BUNDLE = Path(__file__).resolve().parents[2] / "data_sources" / "bundle"
FIELD_TEST = [
    *("RGT", "RQM", "RDU", "RYJ", "RNQ", "RC9", "RXF", "RVW"),
    *("RX1", "RK9", "RD3", "R0D", "RHU", "RFR", "RGR"),
]


def england(marts: duckdb.DuckDBPyConnection, indicator: str) -> pd.DataFrame:
    query = (
        "from marts.fct_indicator where org_code = 'ENG' and indicator_id = ? order by period_start"
    )
    return marts.cursor().execute(query, [indicator]).df().set_index("period_start")


def published(file: str, measure: str) -> pd.Series:
    """England's own printed figure by month, the latest publication of each month."""
    rows = pd.read_parquet(BUNDLE / file)
    rows = rows[(rows["level"] == "england") & (rows["measure"] == measure)]
    manifest = pd.DataFrame(json.loads((BUNDLE / "manifest.json").read_text())["snapshots"])
    dated = rows.merge(manifest[["snapshot_id", "published_on"]], on="snapshot_id")
    latest = dated.sort_values("published_on").groupby("period_start").tail(1)
    return (
        latest.set_index(pd.to_datetime(latest["period_start"]))["value"].astype(float).sort_index()
    )


def test_four_hour_performance_is_the_published_one_in_every_month_from_april_2019_to_may_2026(
    marts,
) -> None:
    printed = published("figures__ae_monthly.parquet", "percent_within_4h") * 100
    assert list(printed.index) == list(pd.date_range("2019-04-01", "2026-05-01", freq="MS"))
    computed = england(marts, "ae_4h_all").loc[printed.index, "value"]
    assert (computed - printed).abs().max() < 1e-9


@pytest.mark.parametrize(
    ("month", "percent"),
    [
        ("2020-08", 89.17),
        ("2022-03", 71.63),
        ("2024-03", 74.35),
        ("2025-03", 74.98),
        ("2025-04", 74.78),
        ("2026-03", 77.11),
    ],
)
def test_four_hour_headline_includes_booked_appointments(marts, month: str, percent: float) -> None:
    assert round(england(marts, "ae_4h_all").loc[f"{month}-01", "value"], 2) == percent


def test_type_1_and_12_hour_check_values(marts) -> None:
    type_1 = england(marts, "ae_4h_t1")["value"].round(2)
    assert (type_1.loc["2025-03-01"], type_1.loc["2026-03-01"]) == (60.92, 64.09)
    assert england(marts, "ae_12h_dta").loc["2025-03-01", "numerator"] == 46_766


def test_rtt_january_2026_is_exact(marts) -> None:
    january = england(marts, "rtt_18w").loc["2026-01-01"]
    assert (january["numerator"], january["denominator"]) == (4_395_958, 7_155_958)
    assert round(january["value"], 2) == 61.43
    assert england(marts, "rtt_wl").loc["2026-01-01", "value"] == 7_155_958
    assert england(marts, "rtt_52w_pct").loc["2026-01-01", "numerator"] == 133_860


def test_rtt_april_2025_check_values(marts) -> None:
    assert round(england(marts, "rtt_18w").loc["2025-04-01", "value"], 1) == 59.7
    assert england(marts, "rtt_78w").loc["2025-04-01", "value"] == 1_361


@pytest.mark.parametrize(("indicator", "mean"), [("amb_c1_mean", "a25"), ("amb_c2_mean", "a31")])
def test_ambulance_means_are_the_published_ones_in_every_month(
    marts, indicator: str, mean: str
) -> None:
    printed = published("figures__ambulance_quality.parquet", mean)
    assert len(printed) == 97
    assert (england(marts, indicator).loc[printed.index, "value"].round() == printed).all()


def test_ambulance_january_2024_category_2_mean(marts) -> None:
    january = england(marts, "amb_c2_mean").loc["2024-01-01"]
    assert (january["numerator"], january["denominator"]) == (973_478_879, 404_619)
    assert round(january["value"]) == 2_406


def test_field_test_trusts_have_no_four_hour_value_from_may_2019_to_may_2023(marts) -> None:
    query = (
        "select org_code, period_start, value, missing_reason from marts.fct_indicator "
        "where indicator_id in ('ae_4h_all', 'ae_4h_t1') and list_contains(?, org_code) "
        "and period_start between '2019-05-01' and '2023-05-01'"
    )
    rows = marts.cursor().execute(query, [FIELD_TEST]).df()
    assert set(rows["org_code"]) == set(FIELD_TEST)
    assert rows["value"].isna().all()
    assert rows["missing_reason"].str.startswith("not collected: field test").all()


def test_field_test_trusts_report_again_from_june_2023(marts) -> None:
    query = (
        "select count(*) from marts.fct_indicator where indicator_id = 'ae_4h_all' and value is not null "
        "and list_contains(?, org_code) and period_start = '2023-06-01'"
    )
    # R0D took over from RD3 in October 2020.
    assert marts.cursor().execute(query, [FIELD_TEST]).fetchone() == (14,)


def test_every_printed_england_figure_equals_the_sum_of_its_organisations(marts) -> None:
    query = "select source_id, bool_and(within_tolerance), count(*) from marts.fct_reconciliation group by 1"
    found = {row[0]: row[1:] for row in marts.cursor().execute(query).fetchall()}
    assert all(agree for agree, _ in found.values())
    assert {source: count for source, (_, count) in found.items()} == {
        "ae_monthly": 1_730,
        "ambulance_quality": 1_062,
        "cancelled_ops": 8,
        "cancer_waits": 168,
        "community_waits": 12,
        "dm01": 48,
        "kh03": 24,
        "virtual_wards": 8,
        "workforce": 189,
    }


@pytest.mark.parametrize(
    ("indicator", "first", "last"),
    [
        ("ae_4h_all", "2016-04-01", "2026-05-01"),
        ("rtt_18w", "2015-10-01", "2026-05-01"),
        ("amb_c2_mean", "2017-08-01", "2025-08-01"),
    ],
)
def test_the_bundle_covers_the_promised_months(
    marts, indicator: str, first: str, last: str
) -> None:
    query = (
        "select min(period_start), max(period_start) from marts.fct_indicator "
        "where indicator_id = ? and value is not null"
    )
    found = marts.cursor().execute(query, [indicator]).fetchone()
    assert tuple(map(str, found)) == (first, last)


def test_gaps_stay_gaps(marts) -> None:
    months = set(england(marts, "rtt_18w").index)
    absent = set(pd.date_range("2015-10-01", "2026-05-01", freq="MS")) - months
    assert absent == set(pd.date_range("2017-04-01", "2018-03-01", freq="MS"))


def test_providers_whose_only_figure_counts_other_patients_are_missing_with_the_reason(
    marts,
) -> None:
    """The Robert Jones and Agnes Hunt (RL1) treats many patients from Wales; Medway (RPA) hardly any."""
    query = (
        "select org_code, value, missing_reason from marts.fct_indicator "
        "where indicator_id = 'rtt_18w' and period_start = '2022-02-01' and org_code in ('RL1', 'RPA')"
    )
    rows = marts.cursor().execute(query).df().set_index("org_code")
    assert pd.isna(rows.loc["RL1", "value"])
    assert "outside England" in rows.loc["RL1", "missing_reason"]
    assert rows.loc["RPA", "value"] > 0


def test_a_revised_file_replaces_its_first_release(marts) -> None:
    query = (
        "select s.file_name, n.file_name from marts.fct_snapshot s "
        "join marts.fct_snapshot n on s.superseded_by = n.snapshot_id order by 1"
    )
    pairs = marts.cursor().execute(query).fetchall()
    assert len(pairs) == 4
    assert all("revised" in newer and "revised" not in older for older, newer in pairs)


def test_boards_have_waiting_times_from_april_2020(marts) -> None:
    query = (
        "select min(period_start), count(distinct org_code) from marts.fct_indicator "
        "join marts.dim_organisation using (org_code) where org_type = 'icb' and indicator_id = 'rtt_18w'"
    )
    first, boards = marts.cursor().execute(query).fetchone()
    assert (str(first), boards >= 42) == ("2020-04-01", True)


def test_systems_of_february_2025_whose_waits_stand_in_other_rows_have_none(marts) -> None:
    """The system sheet of that month has admissions and waits for a bed in the wrong rows."""
    query = (
        "select period_start, count(*), min(missing_reason) from marts.fct_indicator "
        "where indicator_id = 'ae_12h_dta' and missing_reason like 'withheld: not what%' group by 1"
    )
    rows = marts.cursor().execute(query).fetchall()
    assert [(f"{month:%Y-%m}", count) for month, count, _ in rows] == [("2025-02", 42)]


def test_failed_returns_are_withheld_and_named(marts) -> None:
    """None of over a thousand, between months of more than ten percent."""
    query = (
        "select indicator_id, org_code, strftime(period_start, '%Y-%m') from marts.fct_indicator "
        "where missing_reason like 'withheld: exactly%' order by all"
    )
    assert marts.cursor().execute(query).fetchall() == [
        ("ae_12h_dta", "RJ6", "2025-06"),
        ("ae_12h_dta", "RVJ", "2022-05"),
        ("dm01_13w", "RXQ", "2020-12"),
    ]


@pytest.mark.parametrize(
    ("indicator", "month", "numerator", "denominator"),
    [
        ("dm01_6w", "2025-03-01", 312_744, 1_703_242),
        ("dm01_13w", "2025-03-01", 103_422, 1_703_242),
        ("canc_28d", "2025-04-01", 4_303, 19_268),
        ("beds_occ_kh03", "2025-04-01", 95_316.8, 104_197.5),
        ("cancer_fds", "2025-04-01", 212_837, 277_640),
        ("cancer_31d", "2025-04-01", 51_580, 56_493),
        ("cancer_62d", "2025-04-01", 19_667, 28_039),
    ],
)
def test_england_has_the_published_counts_of_every_family(
    marts, indicator: str, month: str, numerator: float, denominator: float
) -> None:
    query = (
        "select numerator::double, denominator::double from marts.fct_indicator "
        "where org_code = 'ENG' and indicator_id = ? and period_start = ?"
    )
    found = marts.cursor().execute(query, [indicator, month]).fetchone()
    assert found == pytest.approx((numerator, denominator), abs=0.05)


def test_boards_of_april_2026_are_dated_and_split_ones_are_never_back_cast(marts) -> None:
    query = (
        "select icb_code, strftime(first_stated, '%Y-%m') from marts.dim_icb_membership "
        "where org_code = 'RAJ' order by first_stated"
    )
    assert marts.cursor().execute(query).fetchall() == [("QH8", "2022-06"), ("D7T5G", "2026-04")]
    added = (
        "select distinct org_code from marts.fct_indicator_current "
        "join marts.dim_organisation using (org_code) where org_type = 'icb'"
    )
    assert marts.cursor().execute(added).fetchall() == [("Z9B2Z",)]


@pytest.mark.parametrize(
    ("indicator", "org", "month", "expected"),
    [
        # Mid Essex (RQ8) did not report: two of the three trusts are not Mid and South Essex.
        ("rtt_wl", "RAJ", "2020-03", None),
        ("rtt_wl", "RAJ", "2020-05", 91_902),
        # Heart of England (RR1) reported for itself two months longer than it was a trust.
        ("rtt_wl", "RRK", "2018-05", 53_060 + 33_435),
        ("rtt_wl", "RRK", "2018-06", 86_178),
        # Hounslow and Richmond (RY9) had no major A&E department: nothing is added to Kingston's.
        ("ae_4h_t1", "RAX", "2023-10", 6_983),
        # Royal Free counts North Middlesex's beds from November 2024 on, two months before it took it over.
        ("beds_occ_sitrep", "RAL", "2024-10", 958 + 432),
        ("beds_occ_sitrep", "RAL", "2024-11", 1_392),
        # Yeovil (RA4) kept rows of 0 of 0 for three months.
        ("beds_occ_sitrep", "RH5", "2023-06", 939),
    ],
)
def test_a_merged_trust_is_the_sum_of_its_parts_and_each_is_in_it_once(
    marts, indicator: str, org: str, month: str, expected: float | None
) -> None:
    query = (
        "select coalesce(denominator, numerator)::double from marts.fct_indicator_current "
        "where indicator_id = ? and org_code = ? and period_start = ? || '-01'"
    )
    assert marts.cursor().execute(query, [indicator, org, month]).fetchone() == (expected,)
