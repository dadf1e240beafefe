"""Pages of segments and programme members: who is listed, when, and what is refused."""

import json
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from data_sources import oversight_pages as pages
from data_sources.http import Answer
from data_sources.registry import recognise
from data_sources.source import Parsed, Snapshot, SourceError
from data_sources.tables import figures_frame
from tests.sources.files import Book, write_csv
from tests.sources.fuzzing import check_damaged_file, fuzz
from tests.sources.oversight_page_files import (
    ARCHIVED,
    MEMBERS,
    RSP_PAGE,
    SEGMENT_TITLE,
    bullets,
    page,
    save,
    table,
)

OWN_ADDRESS = "england.nhs.uk/system-and-organisational-oversight/recovery-support-programme"


def listed(parsed: Parsed) -> list[tuple[str, ...]]:
    """Name, code, segment and programme of each statement, in page order."""
    statements = parsed.tables["page_statements"]
    assert tuple(statements.columns) == pages.STATEMENT_COLUMNS
    return list(
        statements[["org_name", "org_code", "segment", "programme"]].itertuples(
            index=False, name=None
        )
    )


def read(folder: Path, main: str) -> list[tuple[str, ...]]:
    return listed(pages.parse(save(folder, page(main, SEGMENT_TITLE))))


def refusal(folder: Path, text: str, name: str = "20240412093000.html") -> str:
    with pytest.raises(SourceError) as refused:
        pages.parse(save(folder, text, name))
    return str(refused.value)


def test_members_are_those_listed_as_such_and_neither_offers_nor_leavers(tmp_path):
    parsed = pages.parse(save(tmp_path, MEMBERS))
    assert listed(parsed) == [
        ("Alpha Hospitals NHS Trust", "", "", "rsp"),
        ("Beta Healthcare NHS Foundation Trust", "", "", "rsp"),
        ("Gamma Integrated Care Board", "", "", "rsp"),
    ]
    assert parsed.layout == "programme_page"
    assert parsed.published_on == date(2024, 4, 12)
    assert (parsed.period_start, parsed.period_end) == (date(2024, 4, 12), date(2024, 4, 13))


def test_each_statement_says_on_which_page_it_stood_and_when(tmp_path):
    first = pages.parse(save(tmp_path, MEMBERS)).tables["page_statements"].iloc[0]
    assert first[["page", "captured_at", "stated_on", "row_text"]].tolist() == [
        *(OWN_ADDRESS, "2024-04-12T09:30:00", "2024-04-12", "Alpha Hospitals NHS Trust")
    ]


def test_lists_under_segment_headings_give_segments(tmp_path):
    main = "<h2>Segment 3 (mandated support)</h2>" + bullets("Alpha NHS Trust")
    main += "<h2>Segment 4</h2><p>They are:</p>" + bullets("Beta NHS Trust", "Gamma ICB")
    assert read(tmp_path, main) == [
        ("Alpha NHS Trust", "", "3", ""),
        ("Beta NHS Trust", "", "4", ""),
        ("Gamma ICB", "", "4", ""),
    ]


def test_a_table_gives_names_codes_and_segments_wherever_the_columns_stand(tmp_path):
    rows = [["Region", "NOF segment", "Trust name", "ODS code"]]
    rows += [
        ["Midlands", "4", "Alpha NHS Trust", "RAA"],
        ["London", "Segment 1", "Beta NHS Trust", "RBB"],
    ]
    assert read(tmp_path, table(rows)) == [
        ("Alpha NHS Trust", "RAA", "4", ""),
        ("Beta NHS Trust", "RBB", "1", ""),
    ]
    parsed = pages.parse(save(tmp_path, page(table(rows), SEGMENT_TITLE)))
    assert parsed.layout == "segmentation_page"
    assert parsed.tables["page_statements"]["row_text"][0] == "Midlands | 4 | Alpha NHS Trust | RAA"


def test_a_table_without_segments_takes_the_programme_of_its_heading(tmp_path):
    rows = [["Organisation", "Entered"], ["Alpha NHS Trust", "July 2021"]]
    main = "<h2>Trusts in the Provider Improvement Programme</h2>" + table(rows)
    assert read(tmp_path, main) == [("Alpha NHS Trust", "", "", "pip")]


def test_a_table_about_something_else_is_left_out(tmp_path):
    contacts = table([["Name", "Telephone"], ["NHS England", "0300"]])
    main = contacts + "<h2>Segment 4</h2>" + bullets("Alpha NHS Trust")
    assert read(tmp_path, main) == [("Alpha NHS Trust", "", "4", "")]


@pytest.mark.parametrize(
    ("main", "said"),
    [
        ("<p>Under review.</p>", "page: expected a list or table of organisations by segment"),
        (
            "<h2>Segment 4</h2>" + bullets("Contact us"),
            "list: expected the name of an organisation",
        ),
        (
            "<h2>Segment 4</h2>" + bullets("Midlands NHS<ul><li>Alpha NHS Trust</li></ul>"),
            "list: expected the name of an organisation",
        ),
        (
            "<h2>Segment 3</h2>"
            + bullets("A NHS Trust")
            + "<h2>Segment 4</h2>"
            + bullets("A NHS Trust"),
            "page: expected one segment of A NHS Trust, found '3 and 4'.",
        ),
        (
            table([["Trust", "Segment"], ["Alpha NHS Trust", "under review"]]),
            "table: expected a segment from 1 to 5, found 'Alpha NHS Trust | under review'.",
        ),
        (
            table([["Trust", "Segment"], ["Alpha NHS Trust"]]),
            "table: expected a row with an organisation's name, found 'Alpha NHS Trust'.",
        ),
        (
            table([["Trust", "Code", "Segment"], ["Alpha NHS Trust", "none", "4"]]),
            "table: expected an organisation code, found 'Alpha NHS Trust | none | 4'.",
        ),
        (
            table([["Trust", "ICB", "Segment"], ["Alpha NHS Trust", "Beta ICB", "4"]]),
            "table: expected one column of names, one of segments at most, and no merged cells, "
            "found 'Trust | ICB | Segment'.",
        ),
    ],
)
def test_what_cannot_be_placed_is_refused(tmp_path, main, said):
    refused = refusal(tmp_path, page(main, SEGMENT_TITLE))
    assert refused.startswith(f"20240412093000.html, {said}")


def test_merged_cells_are_refused(tmp_path):
    main = "<table><tr><td>Trust</td><td>Segment</td></tr><tr><td>Alpha NHS Trust</td>"
    main += '<td rowspan="2">4</td></tr><tr><td>Beta NHS Trust</td></tr></table>'
    assert "no merged cells" in refusal(tmp_path, page(main, SEGMENT_TITLE))


def test_a_page_without_main_part_is_refused(tmp_path):
    text = MEMBERS.replace("main>", "div>")
    assert "expected a main part" in refusal(tmp_path, text)


@given(kept=st.integers(1, len(MEMBERS) - len("</html>\n")))
def test_a_page_cut_anywhere_is_refused_as_it_may_lack_members(tmp_path_factory, kept):
    said = refusal(tmp_path_factory.mktemp("cut"), MEMBERS[:kept])
    assert said == ("20240412093000.html: the page is cut short: it does not end with </html>.")


def test_the_moment_of_capture_comes_from_the_archives_address(tmp_path):
    snapshot = replace(save(tmp_path, MEMBERS, "index.html"), url=ARCHIVED)
    row = pages.parse(snapshot).tables["page_statements"].iloc[0]
    assert (row["captured_at"], row["page"]) == ("2024-04-12T09:30:00", OWN_ADDRESS)
    kept = f"https://webarchive.nationalarchives.gov.uk/ukgwa/20230102030405mp_/{RSP_PAGE}"
    row = pages.parse(replace(snapshot, url=kept)).tables["page_statements"].iloc[0]
    assert (row["captured_at"], row["page"]) == ("2023-01-02T03:04:05", OWN_ADDRESS)


def test_a_page_as_it_stands_was_captured_when_it_was_retrieved(tmp_path):
    moment = datetime(2026, 11, 26, 12, tzinfo=UTC)
    snapshot = replace(save(tmp_path, MEMBERS, "page"), url=RSP_PAGE, retrieved_at=moment)
    row = pages.parse(snapshot).tables["page_statements"].iloc[0]
    assert (row["captured_at"], row["page"]) == ("2026-11-26T12:00:00", OWN_ADDRESS)


def test_without_a_moment_of_capture_nothing_is_read(tmp_path):
    assert refusal(tmp_path, MEMBERS, "page.html") == (
        "page.html: no day of capture: save an archived page under a name with the archive's "
        "fourteen digits, such as 20240412093000.html."
    )
    assert refusal(tmp_path, MEMBERS, "20241399000000.html") == (
        "20241399000000.html: '20241399000000' is no moment of capture."
    )


def test_without_an_address_nothing_is_read(tmp_path):
    text = MEMBERS.replace('rel="canonical"', 'rel="icon"')
    assert refusal(tmp_path, text) == (
        "20240412093000.html: the page does not say at which address it stood."
    )


@pytest.mark.parametrize("text", [MEMBERS, page("", SEGMENT_TITLE), MEMBERS.replace("»", "-")])
def test_pages_are_recognised_by_their_title_and_by_nobody_else(tmp_path, text):
    publication = recognise(save(tmp_path, text, "x.bin").path, "x.bin")
    assert publication is not None
    assert publication.SOURCE.id == "oversight_pages"


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Recovery Support Programme",
        "<html></html>",
        page("", "NHS England » Statistics"),
        MEMBERS[:400],
    ],
)
def test_other_files_are_not_recognised(tmp_path, text):
    assert not pages.recognises(save(tmp_path, text).path, "20240412093000.html")


class TableOfStatements:
    """The publication, its statements told as figures, so that tables can be damaged as sheets are."""

    SOURCE = pages.SOURCE

    @staticmethod
    def parse(snapshot: Snapshot) -> Parsed:
        statements = pages.parse(snapshot).tables["page_statements"]
        rows = (
            (
                "2024-04-12",
                "2024-04-13",
                "provider",
                row.org_name,
                row.org_code,
                "segment",
                row.segment,
                "",
                1,
            )
            for row in statements.itertuples()
        )
        return Parsed("", {"figures": figures_frame(rows)})


BOOK: Book = {
    "page": [
        ["Organisation", "Code", "Region", "Segment"],
        ["Alpha NHS Trust", "RAA", "Midlands", 4],
        ["Beta Hospitals NHS Trust", "RBB", "London", 1],
        ["Gamma Integrated Care Board", "QCC", "London", 3],
    ]
}


def write_page(path: Path, book: Book) -> Path:
    path.write_text(page(table(book["page"]), SEGMENT_TITLE), encoding="utf-8")
    return path


@fuzz
@given(data=st.data())
def test_a_damaged_table(data: st.DataObject) -> None:
    check_damaged_file(TableOfStatements, BOOK, write_page, "20240412093000.html", data)


HEADER = ["urlkey", "timestamp", "original", "mimetype", "statuscode", "digest", "length"]


class Archive:
    """An archive that lists the same captures of whatever page it is asked for."""

    def __init__(self, content: bytes) -> None:
        self.content = content
        self.asked: list[str] = []

    def get(self, url: str) -> Answer:
        self.asked.append(url)
        content = self.content if "recovery-support-programme" in url else b""
        return Answer(url, content, "application/json", None, None, is_unchanged=False)


def capture(stamp: str, kind: str = "text/html") -> list[str]:
    return ["uk,nhs,england)/x", stamp, RSP_PAGE, kind, "200", "SHA", "1234"]


def test_captures_are_listed_by_the_archive_and_the_pages_as_they_stand_come_last():
    rows = [HEADER, capture("20211111120000"), capture("20220101000000", "warc/revisit")]
    site = Archive(json.dumps([*rows, capture("20240412093000")]).encode())
    releases = pages.discover(site)  # type: ignore[arg-type]
    assert [(one.url, one.period_start) for one in releases[:2]] == [
        (f"https://web.archive.org/web/20211111120000id_/{RSP_PAGE}", date(2021, 11, 11)),
        (ARCHIVED, date(2024, 4, 12)),
    ]
    assert [(one.url, one.period_start) for one in releases[2:]] == [
        (address, None) for address in pages.PAGES
    ]
    assert all(one.is_page for one in releases)
    assert site.asked[0] == (
        "https://web.archive.org/cdx/search/cdx?url=https%3A%2F%2Fwww.england.nhs.uk%2F"
        "system-and-organisational-oversight%2Frecovery-support-programme%2F"
        "&output=json&filter=statuscode:200&collapse=digest&from=2021"
    )


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", ": no capture of https://www.england.nhs.uk/"),
        (b"[]", ": no capture of https://www.england.nhs.uk/"),
        (b"<html>", "is no JSON."),
        (b'{"a": 1}', "has not the columns known."),
        (json.dumps([HEADER[::-1]]).encode(), "has not the columns known."),
        (json.dumps([HEADER, ["x"]]).encode(), "has not the columns known."),
        (json.dumps([HEADER, capture("2024")]).encode(), "'2024' is no moment of capture."),
    ],
)
def test_a_list_of_captures_that_is_not_as_known_is_an_error(content, said):
    with pytest.raises(SourceError) as refused:
        pages.discover(Archive(content))  # type: ignore[arg-type]
    assert str(refused.value).startswith("https://web.archive.org/cdx/search/cdx")
    assert said in str(refused.value)


def test_a_delimited_file_is_no_page(tmp_path):
    assert not pages.recognises(write_csv(tmp_path / "a.csv", [["<html>"]]), "a.csv")


def test_statements_are_text(tmp_path):
    statements = pages.parse(save(tmp_path, MEMBERS)).tables["page_statements"]
    assert isinstance(statements, pd.DataFrame)
    assert statements.map(lambda cell: isinstance(cell, str)).all(axis=None)
