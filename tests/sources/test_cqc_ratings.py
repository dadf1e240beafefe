"""CQC's workbook of latest ratings: the trust level, in the headings it has had, and what is refused."""

from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from data_sources import cqc_ratings as cqc
from data_sources.http import Link
from data_sources.registry import recognise
from data_sources.source import Parsed, SourceError
from tests.sources.files import Book, Rows, snapshot_of, write_csv, write_xlsx
from tests.sources.fuzzing import (
    check_cut_file,
    check_damaged_file,
    fuzz,
)
from tests.sources.ods_files import write_ods

NAME = "05_May_2026_Latest_ratings.ods"
HEADER = ["Provider ID", "Provider ODS Code", "Provider Name", "Provider Type", "Provider Region"]
HEADER += ["Service / Population Group", "Domain", "Latest Rating", "Publication Date"]
HEADER += ["Report Type", "Inherited Rating (Y/N)", "URL", "Brand ID", "Brand Name"]
TRUST = "NHS Healthcare Organisation"


def rating(domain: str, text: str, code: str = "RAA", day: str = "03/02/2023", **more: str):
    """One row of the sheet of providers."""
    usual = {
        "Provider ID": code,
        "Provider ODS Code": code,
        "Provider Name": f"Trust {code}",
        "Provider Type": TRUST,
        "Service / Population Group": "Overall",
        "Domain": domain,
        "Latest Rating": text,
        "Publication Date": day,
        "URL": "https://www.cqc.org.uk/provider/x",
    } | {name.replace("_", " "): text for name, text in more.items()}
    return [usual.get(heading, "") for heading in HEADER]


def book(*rows: list[str], header: list[str] = HEADER) -> Book:
    locations: Rows = [["Location ID", *header], ["1-1", *rating("Overall", "Inadequate")]]
    return {"README": [["About"]], "Locations": locations, "Providers": [header, *rows]}


def read(folder: Path, contents: Book, name: str = NAME) -> Parsed:
    return cqc.parse(snapshot_of(write_ods(folder / name, contents), "cqc_ratings"))


def values(parsed: Parsed) -> dict[tuple[str, str], str]:
    figures = parsed.tables["figures"]
    found = dict(
        zip(
            zip(figures["org_code"], figures["measure"], strict=True), figures["value"], strict=True
        )
    )
    assert len(found) == len(figures)
    return found


def refusal(folder: Path, contents: Book, name: str = NAME) -> str:
    with pytest.raises(SourceError) as refused:
        read(folder, contents, name)
    return str(refused.value)


SOUND = book(
    rating("Overall", "Requires improvement"),
    rating("Well-led", "Good", day="2020-12-30"),
    rating("Safe", "Inadequate"),
    rating("Overall", "Outstanding", code="G6V2S"),
    rating("Overall", "Inadequate", **{"Service_/_Population_Group": "Maternity"}),
    rating("Overall", "Inadequate", Provider_Type="Independent Healthcare Org"),
)
EXPECTED = {
    ("RAA", "overall"): "Requires improvement",
    ("RAA", "overall_on"): "2023-02-03",
    ("RAA", "well_led"): "Good",
    ("RAA", "well_led_on"): "2020-12-30",
    ("G6V2S", "overall"): "Outstanding",
    ("G6V2S", "overall_on"): "2023-02-03",
}


def test_overall_and_well_led_of_trusts_are_read_and_nothing_else(tmp_path):
    parsed = read(tmp_path, SOUND)
    assert values(parsed) == EXPECTED
    assert (parsed.layout, parsed.published_on) == ("providers_sheet", date(2026, 5, 5))
    assert (parsed.period_start, parsed.period_end) == (date(2026, 5, 1), date(2026, 6, 1))
    assert parsed.tables["figures"].iloc[0].to_list() == [
        *("2026-05-01", "2026-06-01", "provider", "RAA", "Trust RAA", "overall"),
        *("Requires improvement", "Providers", 2),
    ]


def test_an_older_header_and_a_banner_above_it_are_read(tmp_path):
    old = ["Key Question" if heading == "Domain" else heading for heading in HEADER]
    gone = old.index("Provider ODS Code")
    rows = [[*row[:gone], *row[gone + 1 :]] for row in [old, *SOUND["Providers"][1:]]]
    contents = {**SOUND, "Providers": [["Latest ratings"], *rows]}
    assert values(read(tmp_path, contents)) == EXPECTED


def test_the_ods_code_goes_before_cqcs_own_number_and_a_number_alone_is_left_out(tmp_path):
    rows = [
        rating("Overall", "Good", Provider_ID="1-101728459"),
        rating("Overall", "Good", code="1-5", Provider_ODS_Code=""),
    ]
    assert set(values(read(tmp_path, book(*rows)))) == {("RAA", "overall"), ("RAA", "overall_on")}


def test_the_latest_of_several_ratings_stands(tmp_path):
    rows = [
        rating("Overall", "Inadequate", day="01/04/2019"),
        rating("Overall", "Good", day="01/05/2022"),
        rating("Overall", "Requires improvement", day="01/04/2020"),
    ]
    found = values(read(tmp_path, book(*rows)))
    assert found == {("RAA", "overall"): "Good", ("RAA", "overall_on"): "2022-05-01"}


def test_two_ratings_of_one_day_both_stand_in_the_text_and_the_same_one_once(tmp_path):
    rows = [rating("Overall", text) for text in ("Good", "Requires improvement", "Good")]
    assert values(read(tmp_path, book(*rows)))["RAA", "overall"] == "Good / Requires improvement"


@pytest.mark.parametrize(
    "text", ["Not rated", "No published rating", "Insufficient evidence to rate", "-"]
)
def test_a_missing_rating_stays_in_its_words(tmp_path, text):
    assert values(read(tmp_path, book(rating("Overall", text))))["RAA", "overall"] == text


@pytest.mark.parametrize(
    ("contents", "sentence"),
    [
        (
            book(rating("Overall", "Excellent")),
            ", sheet 'Providers', cell H2: expected a rating such as Good, or that there is none, "
            "found 'Excellent'.",
        ),
        (
            book(rating("Overall", "")),
            ", sheet 'Providers', cell H2: expected a rating such as Good, or that there is none, "
            "found ''.",
        ),
        (
            book(rating("Overall", "Good", code="England")),
            ", sheet 'Providers', cell B2: expected an organisation code, found 'England'.",
        ),
        (
            book(rating("Overall", "Good", day="06/05/2026")),
            ", sheet 'Providers', cell I2: expected a day up to 05 May 2026, found '06/05/2026'.",
        ),
        (
            book(rating("Overall", "Good", day="May 2026")),
            ", sheet 'Providers', cell I2: expected a day up to 05 May 2026, found 'May 2026'.",
        ),
        (book(rating("Safe", "Good")), ", sheet 'Providers': no rating of an NHS trust."),
        (
            {"Locations": [["Location ID"]]},
            ", workbook: expected a whole sheet named 'Providers', found 'none'.",
        ),
    ],
)
def test_what_cannot_be_trusted_is_refused(tmp_path, contents, sentence):
    assert refusal(tmp_path, contents) == NAME + sentence


@pytest.mark.parametrize(
    "heading", ["Provider ID", "Provider Type", "Domain", "Latest Rating", "Publication Date"]
)
def test_a_heading_that_is_gone_or_there_twice_is_refused(tmp_path, heading):
    gone = ["Something" if name == heading else name for name in HEADER]
    twice = [heading if name == "Brand Name" else name for name in HEADER]
    for header in (gone, twice):
        said = refusal(tmp_path, book(rating("Overall", "Good"), header=header))
        assert said.startswith(
            f"{NAME}, sheet 'Providers', row 1: expected one column headed {heading!r}, found "
        )


def test_a_name_without_a_day_is_refused(tmp_path):
    assert refusal(tmp_path, SOUND, "Latest_ratings.ods") == (
        "Latest_ratings.ods: no day in the name such as 05_May_2026_Latest_ratings.ods."
    )


def test_the_workbook_is_recognised_by_its_headings_and_by_nobody_else(tmp_path):
    publication = recognise(write_ods(tmp_path / "x.bin", SOUND), "x.bin")
    assert publication is not None
    assert publication.SOURCE.id == "cqc_ratings"


def test_other_files_are_not_recognised(tmp_path):
    (tmp_path / "empty.ods").write_bytes(b"")
    others = [
        tmp_path / "empty.ods",
        write_ods(tmp_path / "a.ods", {"Providers": [["Provider ID"]]}),
        write_xlsx(tmp_path / "b.xlsx", SOUND),
        write_csv(tmp_path / "c.csv", SOUND["Providers"]),
    ]
    assert not any(cqc.recognises(path, NAME) for path in others)


class Site:
    """A page with these links."""

    def __init__(self, *addresses: str) -> None:
        self.addresses = addresses

    def links(self, url: str) -> list[Link]:
        return [Link("Care directory with ratings", address) for address in self.addresses]


FILES = "https://www.cqc.org.uk"
MAY = f"{FILES}/sites/default/files/2026-05/05_May_2026_Latest_ratings.ods"
SEPTEMBER = f"{FILES}/system/files/2026-09/01_September_2026_Latest_ratings.ods"


def test_monthly_workbooks_are_found_latest_first():
    others = (f"{FILES}/HSCA_Active_Locations.ods", f"{FILES}/05_May_2026_Latest_ratings.pdf")
    releases = cqc.discover(Site(MAY, *others, SEPTEMBER, MAY))  # type: ignore[arg-type]
    assert [(one.url, one.period_start) for one in releases] == [
        (SEPTEMBER, date(2026, 9, 1)),
        (MAY, date(2026, 5, 1)),
    ]


def test_a_page_without_workbooks_is_an_error():
    with pytest.raises(SourceError) as refused:
        cqc.discover(Site(f"{FILES}/a.ods"))  # type: ignore[arg-type]
    assert str(refused.value) == (
        "https://www.cqc.org.uk/about-us/transparency/using-cqc-data: "
        "no link to a workbook of latest ratings."
    )


@fuzz
@given(data=st.data())
def test_a_damaged_workbook(data: st.DataObject) -> None:
    check_damaged_file(cqc, {"Providers": SOUND["Providers"]}, write_ods, NAME, data)


@fuzz
@given(data=st.data())
def test_a_cut_workbook(data: st.DataObject) -> None:
    check_cut_file(cqc, SOUND, write_ods, NAME, data)
