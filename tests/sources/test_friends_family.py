"""Friends and Family workbooks of inpatients and A&E: what is read, found, recognised and refused."""

from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from data_sources import friends_family as fft
from data_sources._friends_family_sheet import EXCLUDING, INCLUDING, SELECTION
from data_sources.http import Link
from data_sources.source import Parsed, SourceError
from tests.sources.files import snapshot_of, write_csv, write_xlsx
from tests.sources.fuzzing import check_cut_file, check_damaged_file, fuzz

NAME = "FFT_IP_MacroWebfile_Dec-25-1.xlsx"
UPPER = [
    *("ICB Code", "Trust Code", "Trust Name", "Total Responses", "Total Eligible"),
    *("Percentage Positive", "Percentage Negative", "Breakdown of Responses"),
]
ANSWERS = ["Very Good", "Good", "Neither Good nor Poor", "Poor", "Very Poor", "Don't Know"]
MODES = [
    *("Mode SMS", "Mode Electronic Discharge", "Mode Electronic Home", "Mode Paper Discharge"),
    *("Mode Paper Home", "Mode Telephone", "Mode Online", "Mode Other"),
]


def row(icb: str, code: str, name: str, answers: list[int]) -> list[object]:
    """A provider's row: ten patients in eleven could have answered, all by text message."""
    total = sum(answers)
    positive = round((answers[0] + answers[1]) / total, 4)
    negative = round((answers[3] + answers[4]) / total, 4)
    modes = [total, 0, 0, 0, 0, 0, 0, 0]
    return [icb, code, name, total, total + 10, positive, negative, *answers, *modes]


ACACIA, BEECH, CLINIC = [60, 30, 4, 3, 2, 1], [150, 20, 10, 9, 8, 3], [40, 5, 2, 1, 1, 1]


def added(*parts: list[int]) -> list[int]:
    return [sum(answers) for answers in zip(*parts, strict=True)]


def trusts(top: int = 10) -> list[list[object]]:
    """The sheet of trusts, its header in rows `top` and `top` + 1."""
    return [
        ["Trust level"],
        *[[""] for _ in range(top - 2)],
        [*UPPER, *[""] * 5, *MODES],
        [*[""] * 7, *ANSWERS, *[""] * 8],
        row("", "", INCLUDING, added(ACACIA, BEECH, CLINIC)),
        row("", "", EXCLUDING, added(ACACIA, BEECH)),
        row("", "", SELECTION, added(ACACIA, BEECH, CLINIC)),
        row("QAA", "RXX", "Acacia", ACACIA),
        row("QBB", "RYY", "Beech", BEECH),
        row("IS1", "NT401", "Clinic", CLINIC),
    ]


def book(setting: str = "Inpatient", top: int = 10) -> dict[str, list[list[object]]]:
    title = f"{setting} Friends and Family Test (FFT) Data - Dec-25"
    return {
        "Notes": [[""], [title], ["About"]],
        "Summary": [["Summary"]],
        "ICB": [["ICB level"]],
        "Trusts": trusts(top),
        "Sites": [["Site level"]],
        "BS": [["Lists"]],
    }


def read(folder: Path, sheets: dict[str, list[list[object]]], name: str = NAME) -> Parsed:
    return fft.parse(snapshot_of(write_xlsx(folder / name, sheets), "friends_family"))


def values(parsed: Parsed) -> dict[tuple[str, str], str]:
    figures = parsed.tables["figures"]
    keys = zip(figures["org_code"], figures["measure"], strict=True)
    return dict(zip(keys, figures["value"], strict=True))


@pytest.mark.parametrize(
    ("setting", "top", "prefix", "layout"),
    [("Inpatient", 10, "ip", "inpatient_workbook"), ("A&E", 3, "ae", "ae_workbook")],
)
def test_answers_of_england_and_every_provider(tmp_path: Path, setting, top, prefix, layout):
    parsed = read(tmp_path, book(setting, top), "FFT_Dec-25.xlsx")
    assert (parsed.layout, parsed.period_start, parsed.period_end) == (
        layout,
        date(2025, 12, 1),
        date(2026, 1, 1),
    )
    assert values(parsed) == {
        **{("ENG", f"{prefix}_responses"): "350", ("ENG", f"{prefix}_very_good"): "250"},
        **{("ENG", f"{prefix}_good"): "55", ("RXX", f"{prefix}_responses"): "100"},
        **{("RXX", f"{prefix}_very_good"): "60", ("RXX", f"{prefix}_good"): "30"},
        **{("RYY", f"{prefix}_responses"): "200", ("RYY", f"{prefix}_very_good"): "150"},
        **{("RYY", f"{prefix}_good"): "20", ("NT401", f"{prefix}_responses"): "50"},
        **{("NT401", f"{prefix}_very_good"): "40", ("NT401", f"{prefix}_good"): "5"},
    }
    figures = parsed.tables["figures"]
    assert figures.groupby("level")["org_code"].nunique().to_dict() == {"england": 1, "provider": 3}
    last = figures.iloc[-1]
    assert (last["org_name"], last["sheet"], last["source_row"]) == ("Clinic", "Trusts", top + 7)


def test_a_suppressed_provider_keeps_its_marks(tmp_path: Path):
    sheets = book()
    sheets["Trusts"][14][5:13] = ["*"] * 8
    found = values(read(tmp_path, sheets))
    assert (found["RXX", "ip_responses"], found["RXX", "ip_good"]) == ("100", "*")
    assert found["ENG", "ip_good"] == "55"


def test_percentages_may_be_rounded_to_whole_percents(tmp_path: Path):
    sheets = book()
    sheets["Trusts"][15][5] = 0.85
    assert values(read(tmp_path, sheets))["RYY", "ip_good"] == "20"


def test_a_note_below_the_table_is_no_provider(tmp_path: Path):
    sheets = book()
    sheets["Trusts"] += [[""], ["* suppressed"]]
    assert len(values(read(tmp_path, sheets))) == 12


def test_workbooks_are_recognised_by_title_and_sheets(tmp_path: Path):
    for name, setting in (("a.xlsx", "Inpatient"), ("b.xlsx", "A&E")):
        assert fft.recognises(write_xlsx(tmp_path / name, book(setting)), "x")
    assert not fft.recognises(write_xlsx(tmp_path / "c.xlsx", book("Ambulance")), NAME)
    sheets = book()
    del sheets["Sites"]
    assert not fft.recognises(write_xlsx(tmp_path / "d.xlsx", sheets), NAME)
    assert not fft.recognises(write_csv(tmp_path / "e.csv", [UPPER]), NAME)


T = "sheet 'Trusts'"
FAULTS = [
    (
        ("Notes", 2, 1, "Ambulance Friends and Family Test (FFT) Data - Dec-25"),
        "sheet 'Notes', cell A2: expected a title such as 'Inpatient Friends and Family Test (FFT) "
        "Data - Aug-24', found 'Ambulance Friends and Family Test (FFT) Data - Dec-25'.",
    ),
    (
        ("Notes", 2, 1, "Inpatient Friends and Family Test (FFT) Data - winter"),
        "sheet 'Notes', cell A2: expected a month and year such as 'April 2024', found 'winter'.",
    ),
    (
        ("Trusts", 10, 2, "Code"),
        f"{T}: expected the heading 'Trust Code' in column B of the first 20 rows, found 'none'.",
    ),
    (
        ("Trusts", 11, 9, "Fair"),
        f"{T}, cell I11: expected the heading 'Good', found 'Fair'.",
    ),
    (
        ("Trusts", 11, 8, ""),
        f"{T}, cell H11: expected the heading 'Very Good', found 'Breakdown of Responses'.",
    ),
    (
        ("Trusts", 12, 3, "England"),
        f"{T}, cell C12: expected one row {INCLUDING!r} from here on, found 0.",
    ),
    (
        ("Trusts", 14, 3, EXCLUDING),
        f"{T}, cell C12: expected one row {EXCLUDING!r} from here on, found 2.",
    ),
    (
        ("Trusts", 15, 2, "England"),
        f"{T}, cell B15: expected an organisation code, found 'England'.",
    ),
    (("Trusts", 16, 2, "RXX"), f"{T}, row 16: a second row for RXX in 2025-12-01."),
    (
        ("Trusts", 15, 4, 99),
        f"{T}, cell D15: expected 100 responses, the sum of the answers, found '99'.",
    ),
    (
        ("Trusts", 15, 6, 0.3),
        f"{T}, cell F15: expected 0.9000, the share of very good and good, found '0.3'.",
    ),
    (
        ("Trusts", 15, 6, "most"),
        f"{T}, cell F15: expected 0.9000, the share of very good and good, found 'most'.",
    ),
    (
        ("Trusts", 15, 8, "many"),
        f"{T}, cell H15: expected a whole number, or * where it is suppressed, found 'many'.",
    ),
    (
        ("Trusts", 15, 1, "IS1"),
        f"{T}, cell D13: expected 200, the sum of the providers, found '300'.",
    ),
    (
        ("Trusts", 20, 4, 5),
        f"{T}, cell D20: expected only notes in column A below the table, found '5'.",
    ),
    (
        ("Trusts", 17, 22, 5),
        f"{T}, cell V17: expected nothing right of the last heading, found '5'.",
    ),
]


@pytest.mark.parametrize(("cell", "complaint"), FAULTS)
def test_a_workbook_out_of_order_is_refused(tmp_path: Path, cell, complaint: str):
    sheets = book()
    name, number, column, text = cell
    rows = sheets[name]
    rows += [[""] for _ in range(number - len(rows))]
    cells = rows[number - 1]
    cells += [""] * (column - len(cells))
    cells[column - 1] = text
    with pytest.raises(SourceError) as refusal:
        read(tmp_path, sheets)
    assert str(refusal.value) == f"{NAME}, {complaint}"


def test_a_lost_provider_shows_in_the_sum(tmp_path: Path):
    sheets = book()
    del sheets["Trusts"][15]
    with pytest.raises(SourceError) as refusal:
        read(tmp_path, sheets)
    assert str(refusal.value) == (
        f"{NAME}, {T}, cell D12: expected 150, the sum of the providers, found '350'."
    )


def test_suppressed_or_not_providers_cannot_exceed_england(tmp_path: Path):
    sheets = book()
    sheets["Trusts"][14][5:13] = ["*"] * 8
    sheets["Trusts"][15] = row("QBB", "RYY", "Beech", [350, 20, 10, 9, 8, 3])
    with pytest.raises(SourceError, match="the sum of the providers"):
        read(tmp_path, sheets)


def test_a_month_that_contradicts_the_name_is_refused(tmp_path: Path):
    with pytest.raises(SourceError) as refusal:
        read(tmp_path, book(), "FFT_IP_MacroWebfile_Nov-25.xlsx")
    assert str(refusal.value) == (
        "FFT_IP_MacroWebfile_Nov-25.xlsx: the name says November 2025 but the file says December 2025."
    )


class Site:
    def __init__(self, pages: dict[str, list[Link]]) -> None:
        self.pages = pages

    def links(self, url: str) -> list[Link]:
        return self.pages.get(url, [])


LANDING = fft.SOURCE.landing_page
MONTH = "https://www.england.nhs.uk/publication/friends-and-family-test-data-december-2025/"
OLD = "https://www.england.nhs.uk/publication/friends-and-family-test-data-february-2020/"
FILES = "https://www.england.nhs.uk/wp-content/uploads/2026/02"
INPATIENT = Link("FFT Inpatient data", f"{FILES}/FFT_IP_MacroWebfile_Dec-25-1.xlsm")
URGENT = Link("A&E", f"{FILES}/FFT_AE_MacroWebfile_Dec-25.xlsm")
UNDATED = Link("FFT Inpatient data", f"{FILES}/fft-inpatient.xlsm")
OTHERS = [
    Link("FFT Ambulance", f"{FILES}/FFT_Amb_MacroWebfile_Dec-25.xlsm"),
    Link("FFT aerial view", f"{FILES}/FFT_Aerial_Dec-25.xlsm"),
    Link("Inpatient guidance", f"{FILES}/FFT_IP_guidance.pdf"),
]
INDEX = [Link("December 2025", MONTH), Link("February 2020", OLD), Link("About", f"{LANDING}about")]


def test_both_workbooks_of_each_month_since_the_new_question_are_found():
    site = Site({LANDING: INDEX, MONTH: [*OTHERS, INPATIENT, URGENT, INPATIENT, UNDATED]})
    assert [(one.url, one.period_start) for one in fft.discover(site)] == [  # type: ignore[arg-type]
        (INPATIENT.url, date(2025, 12, 1)),
        (URGENT.url, date(2025, 12, 1)),
        (UNDATED.url, date(2025, 12, 1)),
    ]


def test_a_page_without_what_it_should_link_to_is_an_error():
    with pytest.raises(SourceError) as refusal:
        fft.discover(Site({LANDING: INDEX[1:]}))  # type: ignore[arg-type]
    assert str(refusal.value) == f"{LANDING}: no link to the page of a month."
    with pytest.raises(SourceError) as refusal:
        fft.discover(Site({LANDING: INDEX, MONTH: OTHERS}))  # type: ignore[arg-type]
    assert str(refusal.value) == f"{MONTH}: no link to an inpatient or A&E workbook (xlsm)."


@fuzz
@given(data=st.data())
def test_a_damaged_workbook(data: st.DataObject):
    check_damaged_file(fft, book(), write_xlsx, NAME, data)


@fuzz
@given(data=st.data())
def test_a_damaged_workbook_of_ae(data: st.DataObject):
    check_damaged_file(fft, book("A&E", 3), write_xlsx, "FFT_AE_Dec-25.xlsx", data)


@fuzz
@given(data=st.data())
def test_a_cut_workbook(data: st.DataObject):
    check_cut_file(fft, book(), write_xlsx, NAME, data)
