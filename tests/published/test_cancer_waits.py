"""Cancer waiting times files as published: each is read, adds up, and agrees with the compiled tables."""

from datetime import date
from pathlib import Path

import pandas as pd
import pytest

from data_sources.compiled import parse_compiled
from data_sources.periods import month_after
from data_sources.registry import recognise
from data_sources.source import Parsed
from tests.sources.files import snapshot_of

pytestmark = pytest.mark.published

KEY = ["period_start", "level", "org_code", "measure"]
EXTRACT = "CWT-CRS-Apr-2025-to-Jul-2025-Data-Extract-Provider.xlsx"
COMMISSIONERS = "nhs_commissioner_wait_times_jul_{}.xlsx"
LEFT_OUT = {"RA2", "RHU", "RJC", "RRF", "RWH", "NTP"}
"""Providers that the compiled table holds in April 2026 only; NTP is an independent one."""


@pytest.fixture(scope="module")
def files(published: Path) -> dict[str, Parsed]:
    paths = sorted((published / "published" / "cancer").iterdir())
    return {path.name: parsed(path) for path in paths}


def parsed(path: Path) -> Parsed:
    publication = recognise(path, path.name)
    assert publication is not None, path.name
    assert publication.SOURCE.id == "cancer_waits", path.name
    return publication.parse(snapshot_of(path, "cancer_waits"))


def figures_of(*parts: Parsed) -> pd.DataFrame:
    """Numbers of all these files; every text is one."""
    figures = pd.concat([part.tables["figures"] for part in parts], ignore_index=True)
    return figures.assign(value=figures["value"].astype(float))


@pytest.fixture(scope="module")
def workbooks(files: dict[str, Parsed]) -> pd.DataFrame:
    return figures_of(*(file for file in files.values() if file.layout == "provider_workbook"))


@pytest.fixture(scope="module")
def organisations(published: Path) -> pd.DataFrame:
    return compiled(published, "cancer_org_month_2022_2026.csv")


def compiled(published: Path, name: str) -> pd.DataFrame:
    path = published / "compiled" / name
    return figures_of(parse_compiled(snapshot_of(path, "cancer_waits")))


def total(figures: pd.DataFrame, measure: str, month: str, level: str = "provider") -> float:
    wanted = figures[figures["measure"].eq(measure) & figures["level"].eq(level)]
    return float(wanted.loc[wanted["period_start"].eq(month), "value"].sum())


def test_the_files_are_24_months_an_extract_and_four_commissioner_books(
    files: dict[str, Parsed],
) -> None:
    layouts = pd.Series([file.layout for file in files.values()]).value_counts().to_dict()
    assert layouts == {
        "provider_workbook": 24,
        "old_standards_workbook": 3,
        "commissioner_workbook": 1,
        "provider_extract": 1,
    }
    months = [date(2023, 10, 1)]
    while months[-1] < date(2025, 9, 1):
        months.append(month_after(months[-1]))
    books = [file for file in files.values() if file.layout == "provider_workbook"]
    assert sorted(str(file.period_start) for file in books) == [str(month) for month in months]
    assert [str(files[EXTRACT].period_start), str(files[EXTRACT].period_end)] == [
        "2025-04-01",
        "2025-08-01",
    ]


def test_england_is_the_sum_of_its_parts_in_every_count(files: dict[str, Parsed]) -> None:
    for name, file in files.items():
        if not file.layout.endswith("r_workbook"):
            continue
        sums = figures_of(file).groupby(["level", "measure"])["value"].sum()
        part = "system" if file.layout == "commissioner_workbook" else "provider"
        assert sums[part].to_dict() == sums["england"].to_dict(), name
        assert len(sums["england"]) == 7, name


def test_providers_and_commissioners_of_july_2024_tell_of_the_same_patients(
    files: dict[str, Parsed], workbooks: pd.DataFrame
) -> None:
    book = figures_of(files[COMMISSIONERS.format(2024)])
    england = book[book["level"] == "england"].set_index("measure")["value"]
    assert england.to_dict() == {
        measure: total(workbooks, measure, "2024-07-01", "england") for measure in england.index
    }
    assert len(england) == 7


def test_only_62_day_counts_are_halves(workbooks: pd.DataFrame) -> None:
    halves = workbooks[workbooks["value"] % 1 != 0]
    assert set(halves["measure"]) == {
        *("combined_62d_total", "combined_62d_within", "combined_62d_after_104_days")
    }
    assert set(halves["value"] % 1) == {0.5}
    england = halves[halves["level"] == "england"]
    assert sorted(england["period_start"].unique()) == ["2023-10-01", "2025-03-01", "2025-07-01"]


@pytest.mark.parametrize(
    ("measure", "extract", "final"),
    [
        ("fds_within", 209_566, 212_837),
        ("fds_total", 273_167, 277_640),
        ("combined_31d_within", 50_223, 51_580),
        ("combined_31d_total", 55_011, 56_493),
        ("combined_62d_within", 19_102, 19_667),
        ("combined_62d_total", 27_347, 28_039),
    ],
)
def test_april_2025_as_first_published_and_as_final(
    files: dict[str, Parsed], workbooks: pd.DataFrame, measure: str, extract: int, final: int
) -> None:
    assert total(figures_of(files[EXTRACT]), measure, "2025-04-01") == extract
    assert total(workbooks, measure, "2025-04-01") == final
    assert total(workbooks, measure, "2025-04-01", "england") == final


def test_the_extract_is_a_first_release_of_1_to_3_percent_fewer_patients(
    files: dict[str, Parsed], workbooks: pd.DataFrame
) -> None:
    first = figures_of(files[EXTRACT])
    assert len(first) == 3_372
    for measure in sorted(set(first["measure"])):
        for month in ("2025-04-01", "2025-05-01", "2025-06-01", "2025-07-01"):
            share = total(first, measure, month) / total(workbooks, measure, month)
            assert 0.97 < share < 0.99, (measure, month)


def test_the_extract_and_the_final_workbooks_differ_for_most_providers(
    files: dict[str, Parsed], workbooks: pd.DataFrame
) -> None:
    first = figures_of(files[EXTRACT])
    is_known = workbooks["period_start"].isin(first["period_start"].unique())
    is_known &= workbooks["level"].eq("provider") & workbooks["measure"].isin(first["measure"])
    both = first.merge(
        workbooks[is_known], on=KEY, how="outer", suffixes=("", "_final"), indicator=True
    )
    by_file = both.groupby("_merge", observed=True)["org_code"].agg(set).to_dict()
    assert by_file["left_only"] == {"RGM", "RW5", "RX2", "RX8", "RYA"}
    assert by_file["right_only"] == {
        *("NQT", "NT2", "NTP", "NYT", "RBS", "RP6", "RT5", "RWV", "RY2")
    }
    compared = both[both["_merge"] == "both"]
    assert (len(compared), int(compared["value"].eq(compared["value_final"]).sum())) == (3_358, 704)


@pytest.mark.parametrize(
    ("year", "organisations", "totals"),
    [
        (2021, 108, {"two_week_wait": 224_063, "first_31d": 27_606, "gp_62d": 14_645}),
        (2022, 51, {"two_week_wait": 239_739, "first_31d": 26_989, "gp_62d": 14_515}),
        (2023, 51, {"two_week_wait": 263_897, "first_31d": 28_395, "gp_62d": 15_779}),
    ],
)
def test_old_standards_by_commissioner(
    files: dict[str, Parsed], year: int, organisations: int, totals: dict[str, int]
) -> None:
    book = figures_of(files[COMMISSIONERS.format(year)])
    assert set(book["level"]) == {"system"}
    assert book["org_code"].nunique() == organisations
    month = f"{year}-07-01"
    found = {stem: total(book, f"{stem}_total", month, "system") for stem in totals}
    assert found == totals
    assert not book["measure"].str.startswith("combined_").any()


@pytest.mark.parametrize("year", [2022, 2023])
def test_diagnosis_of_the_old_workbooks_is_the_standard_of_the_compiled_table(
    files: dict[str, Parsed], organisations: pd.DataFrame, year: int
) -> None:
    month = f"{year}-07-01"
    book = figures_of(files[COMMISSIONERS.format(year)])
    both = book.merge(organisations, on=KEY, how="outer", suffixes=("", "_compiled"))
    fds = both[both["measure"].str.startswith("fds") & both["period_start"].eq(month)]
    systems = fds[fds["level"] == "system"]
    differing = systems[systems["value"].ne(systems["value_compiled"])]
    assert set(differing["org_code"]) == {"UNKNOWN"}
    for measure in ("fds_total", "fds_within"):
        england = total(organisations, measure, month, "england")
        assert total(book, measure, month, "system") == england


def test_compiled_figures_of_providers_equal_the_workbooks_but_for_cut_halves(
    workbooks: pd.DataFrame, organisations: pd.DataFrame
) -> None:
    known = workbooks[workbooks["measure"] != "combined_62d_after_104_days"]
    both = known.merge(organisations, on=KEY, how="left", suffixes=("", "_compiled"))
    absent = both[both["value_compiled"].isna()]
    is_left_out = absent["org_code"].isin(LEFT_OUT)
    assert set(absent[is_left_out]["org_code"]) == LEFT_OUT
    assert int(is_left_out.sum()) == 780
    half = absent[~is_left_out & absent["measure"].eq("combined_62d_total")]
    assert (set(half["value"]), len(half), int((~is_left_out).sum())) == ({0.5}, 87, 2 * 87)
    compared = both.dropna(subset="value_compiled")
    cut = compared["value"] - compared["value_compiled"]
    assert len(compared) == 19_802
    assert cut.groupby(compared["measure"]).max().to_dict() == {
        **{"fds_total": 0, "fds_within": 0, "combined_31d_total": 0, "combined_31d_within": 0},
        **{"combined_62d_total": 0.5, "combined_62d_within": 0.5},
    }
    assert cut.min() == 0
    assert (compared["value"] // 1 == compared["value_compiled"]).all()


def test_compiled_figures_of_icbs_equal_the_workbook_of_july_2024(
    files: dict[str, Parsed], organisations: pd.DataFrame
) -> None:
    book = figures_of(files[COMMISSIONERS.format(2024)])
    known = book[book["measure"] != "combined_62d_after_104_days"]
    both = known.merge(organisations, on=KEY, how="left", suffixes=("", "_compiled"))
    differing = both[both["value"].ne(both["value_compiled"])]
    assert set(differing["org_code"]) == {"UNKNOWN"}
    assert len(both) == 306


def test_compiled_providers_fall_short_of_england_until_april_2026(
    organisations: pd.DataFrame,
) -> None:
    left_out = organisations[organisations["org_code"].isin(LEFT_OUT)]
    assert set(left_out["period_start"]) == {"2026-04-01"}
    for month in organisations["period_start"].unique():
        england = total(organisations, "fds_total", month, "england")
        share = total(organisations, "fds_total", month) / england
        assert 0.96 < share < 0.99, month


def test_old_standards_of_six_months_by_provider(published: Path) -> None:
    figures = compiled(published, "cancer_trust_snapshots_2020_2022.csv")
    months = ["2020-04", "2020-12", "2021-03", "2021-05", "2021-10", "2022-04"]
    assert sorted(figures["period_start"].unique()) == [f"{month}-01" for month in months]
    fds = figures[figures["measure"] == "fds_total"]
    assert sorted(fds["period_start"].unique()) == ["2021-05-01", "2021-10-01", "2022-04-01"]
    assert total(figures, "two_week_wait_total", "2020-04-01") == 80_031
    assert total(figures, "two_week_wait_within", "2022-04-01") == 161_042
    halves = figures[figures["value"] % 1 != 0]
    assert set(halves["measure"]) == {"gp_62d_total", "gp_62d_within"}
