"""The report of NHS trusts and the ICB attribution, written small in their published layouts."""

from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path
from types import SimpleNamespace

import pytest
import xlwt
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from data_sources import ods
from data_sources.source import Snapshot, SourceError

HEADER = ["", "Code", "Name", "ICB Code", "ICB Name", "Region Name"]
ROYAL_FREE = ["", "RAL", "Royal Free London", "QMJ", "NHS North Central London", "London Region"]
GOOLE = ["", "NNFA7", "Goole & District Hospital", "QOQ", "NHS Humber And North Yorkshire", "North"]
TITLE = "Attribution from A&E Providers to ICBs"


def trust(code: str = "RAP", opened: str = "19910401", closed: str = "", **cells: str) -> list[str]:
    """A row of the report; `cells` are further cells by number, as in `c15="RAL"`."""
    row = [""] * 27
    row[:4] = [code, "NORTH MIDDLESEX UNIVERSITY HOSPITAL NHS TRUST ", "Y56", "QMJ"]
    row[9:12] = ["N18 1QX", opened, closed]
    for column, cell in cells.items():
        row[int(column[1:]) - 1] = cell
    return row


def report(folder: Path, *rows: Sequence[str], name: str = "etr.csv") -> Snapshot:
    text = "".join(",".join(f'"{cell}"' for cell in row) + "\r\n" for row in rows)
    (folder / name).write_bytes(text.encode())
    return Snapshot("s", "ods", folder / name, name, "", 0)


@pytest.fixture
def attribution(tmp_path: Path) -> Callable[..., Snapshot]:
    def write(
        *rows: Sequence[str],
        header: Sequence[str] = HEADER,
        title: str = TITLE,
        updated: str = "4th April 2024",
    ) -> Snapshot:
        book = xlwt.Workbook()
        sheet = book.add_sheet("ICB Mapping")
        above = {2: ["", "Title:", title], 4: ["", "Last Updated:", updated], 8: header}
        for number, row in {**above, **dict(enumerate(rows, start=9))}.items():
            for column, cell in enumerate(row):
                sheet.write(number - 1, column, cell)
        path = tmp_path / "Attribution.xls"
        book.save(str(path))
        return Snapshot("s", "ods", path, path.name, "", 0)

    return write


def refusal(snapshot: Snapshot) -> str:
    """The sentence with which a file is refused."""
    with pytest.raises(SourceError) as error:
        ods.parse(snapshot)
    return str(error.value)


def test_trust_report_gives_trusts_with_their_days_as_iso(tmp_path):
    rows = (
        trust(closed="20241231"),
        trust("G6V2S", "20241101"),
        trust("RYT", "20091001", c3="", c4=""),
    )

    parsed = ods.parse(report(tmp_path, *rows))

    organisations = parsed.tables["organisations"]
    assert tuple(organisations.columns) == ods.ORGANISATION_COLUMNS
    assert organisations.iloc[0].to_list() == [
        "RAP", "NORTH MIDDLESEX UNIVERSITY HOSPITAL NHS TRUST", "trust", "Y56", "QMJ",
        "1991-04-01", "2024-12-31", "N18 1QX",
    ]  # fmt: skip
    assert organisations["closed_on"].to_list() == ["2024-12-31", "", ""]
    assert organisations["region_code"].to_list() == ["Y56", "Y56", ""]
    assert (parsed.layout, parsed.period_start, parsed.published_on) == ("trust_report", None, None)


def test_non_breaking_and_trailing_spaces_are_no_part_of_a_name(tmp_path):
    organisations = ods.parse(report(tmp_path, trust(c2="BARTS\xa0HEALTH \xa0"))).tables[
        "organisations"
    ]

    assert organisations["org_name"].to_list() == ["BARTS HEALTH"]


@settings(max_examples=50, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(day=st.dates(date(1990, 1, 1), date(2099, 12, 31)))
def test_every_day_comes_back_as_the_same_day(tmp_path, day):
    organisations = ods.parse(report(tmp_path, trust(opened=f"{day:%Y%m%d}"))).tables[
        "organisations"
    ]

    assert organisations["opened_on"].to_list() == [day.isoformat()]


def test_identical_rows_count_once(tmp_path, attribution):
    twice = ods.parse(report(tmp_path, trust(), trust())).tables["organisations"]
    assert twice["org_code"].to_list() == ["RAP"]

    twice = ods.parse(attribution(GOOLE, GOOLE)).tables["icb_memberships"]
    assert twice["org_code"].to_list() == ["NNFA7"]


@pytest.mark.parametrize(
    ("row", "place", "expected", "found"),
    [
        (trust()[:20], "row 1", "27 cells", 20),
        (trust(code=""), "cell A1", "an organisation code", ""),
        (trust(code="Total"), "cell A1", "an organisation code", "Total"),
        (trust(c3="North West"), "cell C1", "an organisation code", "North West"),
        (trust(c2=""), "cell B1", "a name", ""),
        (trust(opened=""), "cell K1", "a day written as yyyymmdd", ""),
        (trust(opened="19910231"), "cell K1", "a day written as yyyymmdd", "19910231"),
        (trust(closed="31/12/2024"), "cell L1", "a day written as yyyymmdd", "31/12/2024"),
        (
            trust("R0A01", c15="R0A"),
            *("cell O1", "no parent organisation, as this is a report of trusts", "R0A"),
        ),
    ],
)
def test_trust_row_that_cannot_be_read_is_refused(tmp_path, row, place, expected, found):
    assert refusal(report(tmp_path, row)) == (
        f"etr.csv, sheet 'csv', {place}: expected {expected}, found {found!r}."
    )


def test_report_without_rows_is_refused(tmp_path):
    assert refusal(report(tmp_path)) == (
        "etr.csv, sheet 'csv', cell A1: expected a trust's code, found ''."
    )


def test_second_different_row_for_a_trust_is_refused(tmp_path):
    rows = (trust(), trust("RAL"), trust(closed="20241231"))

    assert refusal(report(tmp_path, *rows)) == (
        "etr.csv, sheet 'csv', row 3: a second, different row for RAP."
    )


def test_attribution_applies_from_the_month_of_its_last_update(attribution):
    parsed = ods.parse(attribution(ROYAL_FREE, GOOLE, updated="26th June 2022"))

    memberships = parsed.tables["icb_memberships"]
    assert tuple(memberships.columns) == ods.MEMBERSHIP_COLUMNS
    assert memberships.to_numpy().tolist() == [
        [
            "RAL",
            "Royal Free London",
            "London Region",
            "NHS North Central London",
            "QMJ",
            "2022-06-01",
        ],
        [*GOOLE[1:3], "North", "NHS Humber And North Yorkshire", "QOQ", "2022-06-01"],
    ]
    assert parsed.layout == "icb_attribution"
    assert (parsed.period_start, parsed.published_on) == (date(2022, 6, 1), date(2022, 6, 26))


def test_blank_rows_among_the_providers_carry_nothing(attribution):
    memberships = ods.parse(attribution(ROYAL_FREE, [], GOOLE)).tables["icb_memberships"]

    assert memberships["org_code"].to_list() == ["RAL", "NNFA7"]


def refused(place: str, expected: str, found: str) -> str:
    return f"Attribution.xls, sheet 'ICB Mapping', {place}: expected {expected}, found {found!r}."


def test_attribution_that_cannot_be_read_is_refused(attribution):
    renamed = [*HEADER[:3], "STP Code", *HEADER[4:]]
    assert refusal(attribution(ROYAL_FREE, header=renamed)) == refused(
        "cell D8", "the heading 'ICB Code'", "STP Code"
    )
    assert refusal(attribution(ROYAL_FREE, title="Providers")) == refused(
        "cell C2", f"the title {TITLE!r}", "Providers"
    )
    assert refusal(attribution(ROYAL_FREE, updated="soon")) == refused(
        "cell C4", "the day of the last update such as '4th April 2024'", "soon"
    )
    assert refusal(attribution()) == refused("cell B9", "a provider's code", "")
    assert refusal(attribution([*ROYAL_FREE[:3], "", *ROYAL_FREE[4:]])) == refused(
        "cell D9", "the ICB Code of a provider", ""
    )


def test_provider_attributed_to_two_icbs_is_refused(attribution):
    elsewhere = [*ROYAL_FREE[:3], "QMF", "NHS North East London", "London Region"]

    assert refusal(attribution(ROYAL_FREE, elsewhere)) == (
        "Attribution.xls, sheet 'ICB Mapping', row 10: a second, different row for RAL."
    )


def test_recognises_its_files_by_content(tmp_path, attribution):
    assert ods.recognises(report(tmp_path, trust(), name="getReport").path, "getReport")
    assert ods.recognises(attribution(ROYAL_FREE).path, "any.xls")


@pytest.mark.parametrize(
    "content",
    [
        *(
            b"",
            b"\n",
            b"PK\x03\x04 cut short",
            b"\xd0\xcf\x11\xe0\x81",
            b"\x81\x8d,\x9d\n",
            b'"a\n',
        ),
        ",".join(trust()[:26]).encode(),
        ",".join(trust("R0A01", c15="R0A")).encode(),
        ",".join(trust(opened="Open Date")).encode(),
    ],
)
def test_foreign_files_are_not_recognised(tmp_path, content):
    path = tmp_path / "etr.csv"
    path.write_bytes(content)

    assert ods.recognises(path, path.name) is False


class Site:
    """Pages by address, each a list of link addresses."""

    def __init__(self, pages: dict[str, list[str]]) -> None:
        self.pages = pages

    def links(self, url: str) -> list[SimpleNamespace]:
        return [SimpleNamespace(text=link.rpartition("/")[2], url=link) for link in self.pages[url]]


def test_discover_gives_the_report_and_every_attribution_once():
    year = "https://www.england.nhs.uk/statistics/ae-attendances-and-emergency-admissions-2023-24/"
    files = "https://www.england.nhs.uk/statistics/wp-content/uploads/sites/2/2024/04/"
    first, second = (
        f"{files}Trust-ICB-Attribution-File.xls",
        f"{files}March-2024-System-Mapping.xls",
    )
    pages = {
        ods.ATTRIBUTION_PAGE: [year, first, year],
        year: [second, first, f"{files}March-2024.xls"],
    }

    releases = ods.discover(Site(pages))

    assert [one.url for one in releases] == [ods.TRUST_REPORT, first, second]
    assert {one.source_id for one in releases} == {"ods"}


def test_pages_without_an_attribution_are_an_error():
    with pytest.raises(SourceError, match=r"no link to an attribution of providers to ICBs\.$"):
        ods.discover(Site({ods.ATTRIBUTION_PAGE: ["https://www.england.nhs.uk/March-2024.xls"]}))
