"""The compiled tables as they are: how many rows they give, a few exact totals, and where they contradict."""

from pathlib import Path

import pandas as pd
import pytest

from data_sources.compiled import parse_compiled, recognise_compiled
from data_sources.source import Parsed, Snapshot

pytestmark = pytest.mark.published

PATHWAYS = [
    *("incomplete", "within_18_weeks", "over_52_weeks"),
    *("over_65_weeks", "over_78_weeks", "over_104_weeks"),
]
ROWS_BY_LEVEL = {
    "ae_trust_month_2016_2019.csv": {"provider": 38_295},
    "rtt_full_extract_trust_month.csv": {"provider": 193_560},
    "rtt_full_extract_commissioner_parent_month.csv": {"system": 13_416},
    "rtt_org_month_2022_2026.csv": {"provider": 136_050, "system": 12_312},
    "rtt_incomplete_trust_month.csv": {"provider": 19_212},
    "cancer_org_month_2022_2026.csv": {"provider": 40_054, "system": 14_266, "england": 294},
    "cancer_trust_snapshots_2020_2022.csv": {"provider": 5_854},
}
REFERENCE_ROWS = {
    "org_dates.csv": ("organisations", 668),
    "org_succession.csv": ("successions", 453),
    "trust_icb_mapping.csv": ("icb_memberships", 192),
    "icb_codes.csv": ("icbs", 48),
}


def read(published: Path, name: str) -> Parsed:
    path = published / "compiled" / name
    claim = recognise_compiled(path)
    assert claim is not None
    parsed = parse_compiled(Snapshot("s", claim[0], path, name, "", 0))
    assert parsed.layout == claim[1]
    return parsed


def totals(figures: pd.DataFrame, month: str, level: str = "provider") -> dict[str, int]:
    """Sum over organisations of each measure in a month."""
    wanted = figures[figures["period_start"].eq(f"{month}-01") & figures["level"].eq(level)]
    numbers = wanted.assign(value=pd.to_numeric(wanted["value"]))
    return numbers.groupby("measure")["value"].sum().astype(int).to_dict()


@pytest.fixture(scope="module")
def trusts(published: Path) -> pd.DataFrame:
    return read(published, "rtt_full_extract_trust_month.csv").tables["figures"]


@pytest.fixture(scope="module")
def organisations(published: Path) -> pd.DataFrame:
    return read(published, "rtt_org_month_2022_2026.csv").tables["figures"]


def test_these_tables_are_read(published):
    found = {path.name for path in (published / "compiled").iterdir() if recognise_compiled(path)}
    assert found >= set(ROWS_BY_LEVEL) | set(REFERENCE_ROWS)


@pytest.mark.parametrize("name", ROWS_BY_LEVEL)
def test_figures_by_level(published, name):
    figures = read(published, name).tables["figures"]
    assert figures.groupby("level").size().to_dict() == ROWS_BY_LEVEL[name]


@pytest.mark.parametrize("name", REFERENCE_ROWS)
def test_rows_of_reference_tables(published, name):
    table, rows = REFERENCE_ROWS[name]
    assert len(read(published, name).tables[table]) == rows


def test_ae_of_march_2019(published):
    figures = read(published, "ae_trust_month_2016_2019.csv").tables["figures"]

    assert totals(figures, "2019-03") == {
        **{"attendances_type1": 1_373_060, "over_4h_type1": 281_666, "admissions_type1": 409_617},
        **{"attendances_type2": 50_490, "over_4h_type2": 787, "admissions_type2": 1_730},
        **{"attendances_other": 744_000, "over_4h_other": 7_906, "admissions_other": 4_593},
    }


@pytest.mark.parametrize(
    ("month", "expected"),
    [
        ("2018-04", [4_019_507, 3_519_434, 2_880]),
        ("2021-12", [6_071_293, 3_876_780, 310_943, 155_902, 80_121, 20_080]),
        ("2025-07", [7_402_796, 4_537_483, 191_648, 11_950, 1_429, 244]),
    ],
)
def test_pathways_of_all_providers(trusts, month, expected):
    assert totals(trusts, month) == dict(zip(PATHWAYS, expected, strict=False))


def test_first_half_of_2022_has_totals_only(trusts):
    months = [f"2022-0{month}" for month in range(1, 7)]

    assert all(set(totals(trusts, month)) == {"incomplete_incl_nonc"} for month in months)
    assert totals(trusts, "2022-01") == {"incomplete_incl_nonc": 6_153_239}
    assert trusts["period_start"].nunique() == 106


def test_systems_and_national_commissioning_sum_to_all_providers(published, trusts):
    parsed = read(published, "rtt_full_extract_commissioner_parent_month.csv")

    figures = parsed.tables["figures"]
    assert totals(figures, "2025-07", "system") == totals(trusts, "2025-07")
    national = figures[figures["org_code"].eq("NATIONAL") & figures["measure"].eq("incomplete")]
    assert national.set_index("period_start")["value"]["2025-07-01"] == "139177"
    assert (len(national), str(parsed.period_start)) == (58, "2020-04-01")


def test_pathways_by_provider_and_icb(organisations):
    expected = [7_155_958, 4_395_958, 133_860, 7_417, 1_614, 200]
    assert totals(organisations, "2026-01") == dict(zip(PATHWAYS, expected, strict=True))
    assert totals(organisations, "2026-04", "system")["incomplete"] == 6_967_123


def test_two_compilations_of_july_2025_differ_by_three_providers_and_sheffield(
    trusts, organisations
):
    def incomplete(figures: pd.DataFrame) -> pd.Series:
        is_wanted = figures["period_start"].eq("2025-07-01") & figures["measure"].eq("incomplete")
        wanted = figures[is_wanted & figures["level"].eq("provider") & figures["value"].ne("")]
        return wanted.set_index("org_code")["value"]

    both = pd.concat([incomplete(trusts), incomplete(organisations)], axis=1, keys=["one", "other"])
    differing = both[both["one"].ne(both["other"])].fillna("absent")
    assert differing.sort_index().T.to_dict("list") == {
        "AAV": ["3812", "3481"],
        "AY1": ["472", "389"],
        "RBV": ["4002", "2735"],
        "RHQ": ["102092", "absent"],
    }


def test_successor_table_equals_the_totals_but_for_merged_trusts(published, trusts):
    successors = read(published, "rtt_incomplete_trust_month.csv").tables["figures"]
    keys = ["period_start", "org_code", "measure"]
    both = trusts.merge(successors, on=keys, suffixes=("", "_successor"))
    both = both[both["measure"].eq("incomplete_incl_nonc") & both["period_start"].lt("2022-04")]

    assert len(both) == 1_288
    assert set(both.loc[both["value"].ne(both["value_successor"]), "org_code"]) == {
        *("RA7", "RAL", "RAX", "RBN", "RH5", "RH8", "RW1", "RWW", "RY3")
    }
    assert totals(successors, "2026-05")["incomplete_incl_nonc"] == 7_184_233
    assert successors["value"].str.fullmatch(r"\d+").all()


def test_merged_trusts_have_closing_days(published):
    found = read(published, "org_dates.csv").tables["organisations"].set_index("org_code")

    assert (found["kind"] == "trust").sum() == 545
    assert found.loc[["RAP", "RAL", "RVJ"], "closed_on"].to_list() == [
        "2024-12-31",
        "",
        "2026-06-30",
    ]


def test_the_column_of_april_2026_codes_is_left_out_because_it_names_closed_icbs(published):
    stated = read(published, "trust_icb_mapping.csv").tables["icb_memberships"]
    assert stated["valid_from"].value_counts().to_dict() == {"2022-07-01": 192}
