"""RTT files as published: every one is read, and says what is known of its month."""

from collections.abc import Mapping
from datetime import date
from pathlib import Path

import lxml.html
import pandas as pd
import pytest

from data_sources import rtt
from data_sources.http import Link
from data_sources.source import Parsed, Snapshot

pytestmark = pytest.mark.published

MEASURES = {
    "total": "incomplete",
    "within_18wk": "within_18_weeks",
    "over_52wk": "over_52_weeks",
    "over_65wk": "over_65_weeks",
    "over_78wk": "over_78_weeks",
    "over_104wk": "over_104_weeks",
}
EXTRACTS = {
    "18wksRTT-Monthly-EXTRACTS-Oct15-revised.zip": "2015-10",
    "Full-CSV-data-file-Jul16-revised-ZIP-2977K.zip": "2016-07",
    "Full-CSV-data-file-Apr18-revised-ZIP-3380K.zip": "2018-04",
    "Full-CSV-data-file-Mar20-ZIP-2995K-73640.zip": "2020-03",
    "Full-CSV-data-file-Sep20-ZIP-2738K-20720.zip": "2020-09",
    "Full-CSV-data-file-Mar21-ZIP-2888K-76325.zip": "2021-03",
    "Full-CSV-data-file-Apr21-revised-ZIP-3587K.zip": "2021-04",
    "Full-CSV-data-file-Dec21-revised-ZIP-3744K.zip": "2021-12",
    "Full-CSV-data-file-Jul22-revised-ZIP-3642K.zip": "2022-07",
    "Full-CSV-data-file-Mar23-revised-ZIP-3589K.zip": "2023-03",
    "Full-CSV-data-file-Jul25-ZIP-4M-92707.zip": "2025-07",
    "Full-CSV-data-file-Jan26-ZIP-4M-WL5BiP.zip": "2026-01",
}
SHEETS = {
    "Incomplete-Provider-Apr24-XLSX-8M-revised.csv": "2024-04",
    "Incomplete-Provider-May24-XLSX-8M-revised.csv": "2024-05",
    "Incomplete-Provider-Jul24-XLSX-8M-revised.csv": "2024-07",
    "Incomplete-Provider-Aug24-XLSX-9M-revised.csv": "2024-08",
    "Incomplete-Provider-Sep24-XLSX-9M-revised.csv": "2024-09",
    "Incomplete-Provider-Nov24-XLSX-9M-37212.csv": "2024-11",
    "Incomplete-Provider-Dec24-XLSX-9M-69130.csv": "2024-12",
    "Incomplete-Provider-Jan25-XLSX-9M-53275.csv": "2025-01",
    "Incomplete-Provider-Mar25-XLSX-9M-38145.csv": "2025-03",
}


def snapshot(path: Path) -> Snapshot:
    return Snapshot("rtt-0", "rtt", path, path.name, "0", path.stat().st_size)


@pytest.fixture(scope="module")
def parsed(published: Path) -> Mapping[str, Parsed]:
    """Every RTT file by its month."""
    folder = published / "published" / "rtt"
    return {
        month: rtt.parse(snapshot(folder / name)) for name, month in (EXTRACTS | SHEETS).items()
    }


def counts(one: Parsed, level: str = "provider") -> pd.DataFrame:
    """Whole numbers by organisation and measure; a sheet's `-` is zero."""
    figures = one.tables["figures"]
    whole = figures["value"].replace("-", "0").str.replace(",", "").astype(int)
    of_level = figures.assign(value=whole)[figures["level"] == level]
    return of_level.pivot_table("value", "org_code", "measure", aggfunc="sum")


def compiled(published: Path, table: str, month: str, code: str = "org_code") -> pd.DataFrame:
    """The month of a compiled table in the measures' names, organisations without a list left out."""
    frame = pd.read_csv(published / "compiled" / f"{table}.csv", dtype=str, keep_default_na=False)
    of_month = frame[(frame["month"] == month) & (frame["total"] != "")].set_index(code)
    known = [column for column in MEASURES if (of_month[column] != "").all()]
    return of_month[known].astype(int).rename(columns=MEASURES)


def test_every_file_is_recognised_and_no_file_of_another_publication(published: Path) -> None:
    files = [path for path in (published / "published").rglob("*") if path.is_file()]
    recognised = {path.name for path in files if rtt.recognises(path, path.name)}
    assert recognised == set(EXTRACTS) | set(SHEETS)


@pytest.mark.parametrize("month", [*EXTRACTS.values(), *SHEETS.values()])
def test_every_file_is_read_as_its_month(parsed: Mapping[str, Parsed], month: str) -> None:
    layout = "full_extract" if month in EXTRACTS.values() else "provider_sheet"
    assert parsed[month].layout == layout
    assert parsed[month].period_start == date.fromisoformat(f"{month}-01")
    assert set(parsed[month].tables["figures"]["period_start"]) == {f"{month}-01"}


def test_january_2026_gives_the_published_england_figures(parsed: Mapping[str, Parsed]) -> None:
    england = counts(parsed["2026-01"]).sum()
    assert england.to_dict() == {
        "incomplete": 7_155_958,
        "within_18_weeks": 4_395_958,
        "over_52_weeks": 133_860,
        "over_65_weeks": 7_417,
        "over_78_weeks": 1_614,
        "over_104_weeks": 200,
    }
    assert round(100 * england["within_18_weeks"] / england["incomplete"], 2) == 61.43


@pytest.mark.parametrize("month", list(EXTRACTS.values())[:-1])
def test_extracts_give_every_figure_of_the_compiled_providers(
    published: Path, parsed: Mapping[str, Parsed], month: str
) -> None:
    expected = compiled(published, "rtt_full_extract_trust_month", month)
    found = counts(parsed[month])
    assert len(expected) == len(found) >= 382
    assert sorted(expected.columns) == sorted(found.columns)
    assert found.sort_index()[list(expected.columns)].equals(expected.sort_index())


def test_january_2026_gives_every_figure_of_the_compiled_providers_and_systems(
    published: Path, parsed: Mapping[str, Parsed]
) -> None:
    expected = compiled(published, "rtt_org_month_2022_2026", "2026-01")
    found = pd.concat([counts(parsed["2026-01"], level) for level in ("provider", "system")])
    assert len(expected) == len(found) == 557
    assert found.sort_index()[list(expected.columns)].equals(expected.sort_index())


@pytest.mark.parametrize(
    "month", ["2020-09", "2021-03", "2021-04", "2021-12", "2022-07", "2023-03", "2025-07"]
)
def test_extracts_give_every_figure_of_the_compiled_systems(
    published: Path, parsed: Mapping[str, Parsed], month: str
) -> None:
    expected = compiled(
        published, "rtt_full_extract_commissioner_parent_month", month, "parent_code"
    )
    national = expected.loc[""]
    found = counts(parsed[month], "system")
    assert found.sort_index()[list(expected.columns)].equals(expected.drop("").sort_index())
    assert (
        found["incomplete"].sum() + national["incomplete"]
        == counts(parsed[month])["incomplete"].sum()
    )


def test_before_april_2020_there_are_no_systems(parsed: Mapping[str, Parsed]) -> None:
    for month in ("2015-10", "2016-07", "2018-04", "2020-03"):
        assert set(parsed[month].tables["figures"]["level"]) == {"provider"}


def test_provider_sheets_agree_with_the_extracts_but_for_later_revisions(
    published: Path, parsed: Mapping[str, Parsed]
) -> None:
    compared, differing = 0, {}
    for month in SHEETS.values():
        sheet = counts(parsed[month])
        extract = compiled(published, "rtt_full_extract_trust_month", month).loc[sheet.index]
        compared += len(sheet)
        differs = (sheet[list(extract.columns)] != extract).any(axis=1)
        for code in sheet.index[differs]:
            differing[month, code] = (sheet["incomplete"][code], extract["incomplete"][code])
    assert compared == 1_396
    assert differing == {
        ("2024-11", "RBV"): (4_051, 2_678),
        ("2024-11", "RQW"): (41_199, 41_199),
        ("2024-12", "RBV"): (4_129, 2_803),
        ("2025-01", "RBV"): (4_455, 2_868),
        ("2025-01", "RH8"): (70_891, 70_891),
        ("2025-01", "RWD"): (72_141, 71_631),
        ("2025-03", "RBV"): (6_340, 3_115),
    }


class SavedSite:
    """The saved landing pages: the index, and the year page 2023-24 in place of every year's."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.asked: list[str] = []

    def links(self, url: str) -> list[Link]:
        self.asked.append(url)
        name = "rtt-waiting-times" if url == rtt.SOURCE.landing_page else "rtt-data-2023-24"
        page = lxml.html.parse(str(self.folder / f"{name}.html")).getroot()
        page.make_links_absolute(url)
        return [Link(one.text_content().strip(), one.get("href", "")) for one in page.iter("a")]


def test_saved_landing_pages_lead_to_the_extracts_of_every_year(published: Path) -> None:
    site = SavedSite(published / "landing")
    releases = rtt.discover(site)  # type: ignore[arg-type]
    years = [url.rstrip("/").rsplit("-", 2)[-2:] for url in site.asked[1:]]
    assert years == [[str(year), str(year + 1)[2:]] for year in range(2025, 2014, -1)]
    months = [date(2024, month, 1) for month in (3, 2, 1)]
    months += [date(2023, month, 1) for month in range(12, 3, -1)]
    assert [release.period_start for release in releases] == months
    first_release = [release.url for release in releases if "revised" not in release.url]
    files = "https://www.england.nhs.uk/statistics/wp-content/uploads/sites/2/2023"
    assert first_release == [
        f"{files}/08/Full-CSV-data-file-Jun23-ZIP-3659K-64970.zip",
        f"{files}/06/Full-CSV-data-file-Apr23-ZIP-3528K-36960.zip",
    ]
