"""The sheets of the cancer waiting times workbooks: which block of each is read, and its columns."""

from dataclasses import dataclass

from data_sources.layouts import Columns, Layout

TOTAL, WITHIN, AFTER = "total", "within", "after"


@dataclass(frozen=True)
class Block:
    """The first block of a sheet, which is about all routes or stages and all cancers together.

    `words` stand in every row right of the organisation's name and say so. `caption` stands in column A
    two rows above the headings ('' where the sheet has one block only). `england` is the name in the total
    row ('' where none is printed), `level` that of the other rows.
    """

    sheet: str
    title: str
    header: Layout
    words: tuple[str, ...]
    caption: str
    level: str
    england: str = ""


@dataclass(frozen=True)
class Workbook:
    """One kind of workbook: the title on its front sheet, what its figures are based on, its blocks."""

    layout: str
    front_title: str
    basis: str
    blocks: tuple[Block, ...]


def _counts(standard: str, days: int) -> Columns:
    return (
        ("TOTAL", f"{standard}_{TOTAL}"),
        (f"WITHIN {days} DAYS", f"{standard}_{WITHIN}"),
        (f"AFTER {days} DAYS", f"{standard}_{AFTER}"),
    )


def _unread(*headings: str) -> Columns:
    return tuple((heading, "") for heading in headings)


_TO_62_DAYS = _unread("WITHIN 31 DAYS", "IN 32 TO 38 DAYS", "IN 39 TO 48 DAYS", "IN 49 TO 62 DAYS")
_TOLD: Columns = (
    *_counts("fds", 28),
    *_unread("TOLD WITHIN 28 DAYS", "", "WITHIN 14 DAYS", "IN 15 TO 28 DAYS"),
    *_unread("IN 29 TO 42 DAYS", "IN 43 TO 62 DAYS", "AFTER 62 DAYS"),
)
_IN_31_DAYS: Columns = (
    *_counts("combined_31d", 31),
    *_unread("TREATED WITHIN 31 DAYS", ""),
    *(*_TO_62_DAYS, *_unread("AFTER 62 DAYS")),
)
_IN_62_DAYS: Columns = (
    *_counts("combined_62d", 62),
    *_unread("TREATED WITHIN 62 DAYS", ""),
    *(*_TO_62_DAYS, *_unread("IN 63 TO 76 DAYS", "IN 77 TO 90 DAYS", "IN 91 TO 104 DAYS")),
    ("AFTER 104 DAYS", "combined_62d_after_104_days"),
)
_TOLD_TITLE = (
    "FOUR WEEK (28 DAYS) WAIT FROM URGENT REFERRAL TO PATIENT TOLD THEY HAVE CANCER, OR CANCER IS "
    "DEFINITIVELY EXCLUDED: ALL ROUTES"
)
_31_DAYS_TITLE = (
    "ONE MONTH (31-DAY) WAIT FROM A DECISION TO TREAT/EARLIEST CLINICALLY APPROPRIATE DATE TO FIRST "
    "OR SUBSEQUENT TREATMENT OF CANCER: BY TREATMENT STAGE AND ALL CANCERS"
)
_62_DAYS_TITLE = (
    "TWO MONTH (62-DAY) WAIT FROM AN URGENT SUSPECTED CANCER OR BREAST SYMPTOMATIC REFERRAL, OR "
    "URGENT SCREENING REFERRAL, OR CONSULTANT UPGRADE TO A FIRST DEFINITIVE TREATMENT FOR CANCER: BY "
    "REFERRAL ROUTE AND ALL CANCERS"
)


def _combined(name: str, level: str, england: str) -> tuple[Block, ...]:
    """The three sheets of a workbook from October 2023 on; `name` is the heading over names."""
    body = ("", "ODS CODE (1)", name)

    def block(sheet: str, title: str, header: Layout, words: tuple[str, ...]) -> Block:
        caption = f"PART A: {words[0]}" if len(words) > 1 else ""
        return Block(sheet, title, header, words, caption, level, england)

    told = Layout(9, (*body, "REFERRAL ROUTE"), _TOLD)
    in_31_days = Layout(9, (*body, "TREATMENT STAGE", "CANCER TYPE"), _IN_31_DAYS)
    in_62_days = Layout(9, (*body, "REFERRAL ROUTE", "CANCER TYPE"), _IN_62_DAYS)
    all_stages, all_routes = ("ALL STAGES", "ALL CANCERS"), ("ALL ROUTES", "ALL CANCERS")
    return (
        block("28-DAY FDS (ALL ROUTES)", _TOLD_TITLE, told, ("ALL ROUTES",)),
        block("31-DAY (ALL CANCER)", _31_DAYS_TITLE, in_31_days, all_stages),
        block("62-DAY (ALL CANCER)", _62_DAYS_TITLE, in_62_days, all_routes),
    )


_SEEN: Columns = (*_counts("two_week_wait", 14), *_unread("SEEN WITHIN 14 DAYS"))
_FIRST: Columns = (*_counts("first_31d", 31), *_unread("TREATED WITHIN 31 DAYS"))
_BY_GP: Columns = (*_counts("gp_62d", 62), *_unread("TREATED WITHIN 62 DAYS"))
_OLD_TOLD: Columns = (*_counts("fds", 28), *_unread("TOLD WITHIN 28 DAYS"))
_SEEN_TITLE = "ALL CANCERS TWO WEEK WAIT"
_FIRST_TITLE = "31-DAY (DIAGNOSIS TO TREATMENT) WAIT FOR FIRST TREATMENT: ALL CANCERS"
_BY_GP_TITLE = "62-DAY (URGENT GP REFERRAL TO TREATMENT) WAIT FOR FIRST TREATMENT: ALL CANCERS"
_OLD_TOLD_TITLE = "28-DAY FASTER DIAGNOSIS: ALL ROUTES"


def _old(code: str, name: str) -> tuple[Block, ...]:
    """Four sheets of a commissioner workbook of the old standards; it prints no England row."""
    body = ("", code, name)

    def block(sheet: str, title: str, header: Layout, words: tuple[str, ...]) -> Block:
        caption = words[0] if len(words) > 1 else ""
        return Block(sheet, title, header, words, caption, "system")

    setting, all_care = (*body, "CARE SETTING", "CANCER TYPE"), ("ALL CARE", "ALL CANCERS")
    seen = Layout(7, (*body, "SUSPECTED TYPE OF CANCER"), _SEEN)
    first, by_gp = Layout(8, setting, _FIRST), Layout(8, setting, _BY_GP)
    told = Layout(7, (*body, "REFERRAL ROUTE"), _OLD_TOLD)
    return (
        block("TWO WEEK WAIT-ALL CANCER", _SEEN_TITLE, seen, ("ALL SUSPECTED CANCER",)),
        block("31-DAY FIRST TREAT (ALL CANCER)", _FIRST_TITLE, first, all_care),
        block("62-DAY (ALL CANCER)", _BY_GP_TITLE, by_gp, all_care),
        block("28-DAY FDS (ALL ROUTES)", _OLD_TOLD_TITLE, told, ("ALL REFERRAL ROUTES",)),
    )


_CCG = "CLINICAL COMMISSIONING GROUP (CCG)"
_ICB = "INTEGRATED CARE BOARD (ICB)/COMMISSIONING HUB"
_FRONT = "Cancer Waiting Times statistics: {} Based"
_OLD_FRONT = "Waiting Times for Suspected and Diagnosed Cancer Patients: Commissioner Based"

PROVIDERS = Workbook(
    "provider_workbook",
    _FRONT.format("Provider"),
    "PROVIDER",
    _combined("ACCOUNTABLE PROVIDER", "provider", "ALL ENGLISH PROVIDERS"),
)
COMMISSIONERS = Workbook(
    "commissioner_workbook",
    _FRONT.format("Commissioner"),
    "COMMISSIONER",
    _combined(_ICB, "system", "ALL ENGLISH COMMISSIONERS"),
)
OLD_ICBS = Workbook("old_standards_workbook", _OLD_FRONT, "COMMISSIONER", _old("ODS CODE", _ICB))
OLD_CCGS = Workbook("old_standards_workbook", _OLD_FRONT, "COMMISSIONER", _old("CCG CODE", _CCG))
