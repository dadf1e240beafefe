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


def _combined(code: str, name: str, level: str, england: str) -> tuple[Block, ...]:
    """The three sheets of a workbook from October 2023 on, for its headings over codes and names."""
    diagnosed = (
        *_counts("fds", 28),
        *_unread("TOLD WITHIN 28 DAYS", "", "WITHIN 14 DAYS", "IN 15 TO 28 DAYS"),
        *_unread("IN 29 TO 42 DAYS", "IN 43 TO 62 DAYS", "AFTER 62 DAYS"),
    )
    decided = (
        *_counts("combined_31d", 31),
        *_unread("TREATED WITHIN 31 DAYS", ""),
        *(*_TO_62_DAYS, *_unread("AFTER 62 DAYS")),
    )
    referred = (
        *_counts("combined_62d", 62),
        *_unread("TREATED WITHIN 62 DAYS", ""),
        *(*_TO_62_DAYS, *_unread("IN 63 TO 76 DAYS", "IN 77 TO 90 DAYS", "IN 91 TO 104 DAYS")),
        ("AFTER 104 DAYS", "combined_62d_after_104_days"),
    )
    route = ("", code, name, "REFERRAL ROUTE")
    stage = ("", code, name, "TREATMENT STAGE")
    all_routes, all_stages = ("ALL ROUTES", "ALL CANCERS"), ("ALL STAGES", "ALL CANCERS")
    return (
        Block(
            "28-DAY FDS (ALL ROUTES)",
            "FOUR WEEK (28 DAYS) WAIT FROM URGENT REFERRAL TO PATIENT TOLD THEY HAVE CANCER, OR CANCER IS "
            "DEFINITIVELY EXCLUDED: ALL ROUTES",
            Layout(9, route, diagnosed),
            all_routes[:1],
            "",
            level,
            england,
        ),
        Block(
            "31-DAY (ALL CANCER)",
            "ONE MONTH (31-DAY) WAIT FROM A DECISION TO TREAT/EARLIEST CLINICALLY APPROPRIATE DATE TO FIRST "
            "OR SUBSEQUENT TREATMENT OF CANCER: BY TREATMENT STAGE AND ALL CANCERS",
            Layout(9, (*stage, "CANCER TYPE"), decided),
            all_stages,
            "PART A: ALL STAGES",
            level,
            england,
        ),
        Block(
            "62-DAY (ALL CANCER)",
            "TWO MONTH (62-DAY) WAIT FROM AN URGENT SUSPECTED CANCER OR BREAST SYMPTOMATIC REFERRAL, OR "
            "URGENT SCREENING REFERRAL, OR CONSULTANT UPGRADE TO A FIRST DEFINITIVE TREATMENT FOR CANCER: BY "
            "REFERRAL ROUTE AND ALL CANCERS",
            Layout(9, (*route, "CANCER TYPE"), referred),
            all_routes,
            "PART A: ALL ROUTES",
            level,
            england,
        ),
    )


def _old(code: str, name: str) -> tuple[Block, ...]:
    """Four sheets of a commissioner workbook of the old standards; it prints no England row."""
    seen = (*_counts("two_week_wait", 14), *_unread("SEEN WITHIN 14 DAYS"))
    first = (*_counts("first_31d", 31), *_unread("TREATED WITHIN 31 DAYS"))
    referred = (*_counts("gp_62d", 62), *_unread("TREATED WITHIN 62 DAYS"))
    diagnosed = (*_counts("fds", 28), *_unread("TOLD WITHIN 28 DAYS"))
    setting = ("", code, name, "CARE SETTING", "CANCER TYPE")
    all_care = ("ALL CARE", "ALL CANCERS")
    return (
        Block(
            "TWO WEEK WAIT-ALL CANCER",
            "ALL CANCERS TWO WEEK WAIT",
            Layout(7, ("", code, name, "SUSPECTED TYPE OF CANCER"), seen),
            ("ALL SUSPECTED CANCER",),
            "",
            "system",
        ),
        Block(
            "31-DAY FIRST TREAT (ALL CANCER)",
            "31-DAY (DIAGNOSIS TO TREATMENT) WAIT FOR FIRST TREATMENT: ALL CANCERS",
            Layout(8, setting, first),
            all_care,
            "ALL CARE",
            "system",
        ),
        Block(
            "62-DAY (ALL CANCER)",
            "62-DAY (URGENT GP REFERRAL TO TREATMENT) WAIT FOR FIRST TREATMENT: ALL CANCERS",
            Layout(8, setting, referred),
            all_care,
            "ALL CARE",
            "system",
        ),
        Block(
            "28-DAY FDS (ALL ROUTES)",
            "28-DAY FASTER DIAGNOSIS: ALL ROUTES",
            Layout(7, ("", code, name, "REFERRAL ROUTE"), diagnosed),
            ("ALL REFERRAL ROUTES",),
            "",
            "system",
        ),
    )


_ICB = "INTEGRATED CARE BOARD (ICB)/COMMISSIONING HUB"
_FRONT = "Cancer Waiting Times statistics: {} Based"

PROVIDERS = Workbook(
    "provider_workbook",
    _FRONT.format("Provider"),
    "PROVIDER",
    _combined("ODS CODE (1)", "ACCOUNTABLE PROVIDER", "provider", "ALL ENGLISH PROVIDERS"),
)
COMMISSIONERS = Workbook(
    "commissioner_workbook",
    _FRONT.format("Commissioner"),
    "COMMISSIONER",
    _combined("ODS CODE (1)", _ICB, "system", "ALL ENGLISH COMMISSIONERS"),
)
_OLD_FRONT = "Waiting Times for Suspected and Diagnosed Cancer Patients: Commissioner Based"
OLD_ICBS = Workbook("old_standards_workbook", _OLD_FRONT, "COMMISSIONER", _old("ODS CODE", _ICB))
OLD_CCGS = Workbook(
    "old_standards_workbook",
    _OLD_FRONT,
    "COMMISSIONER",
    _old("CCG CODE", "CLINICAL COMMISSIONING GROUP (CCG)"),
)
