"""Friends and Family Test: how inpatients and A&E patients rate their care, by provider and month.

Measures are counts of answers: `ip_responses` in all, `ip_very_good` and `ip_good` among them; `ae_` for A&E.
The question changed in April 2020 and the collection paused until December 2020: earlier workbooks have other
headings and are not read. Providers with few responses are suppressed (`*`), and others with them so that
none can be worked out. Who answers, and how, differs from trust to trust: it is no ground for ranking.
"""

import re
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from data_sources._friends_family_sheet import trust_figures
from data_sources.periods import check_claimed_month, find_month, month_after, read_month
from data_sources.source import Parsed, Release, Snapshot, Source, SourceError
from data_sources.tables import Sheet, figures_frame, has_sheets, read_sheet, refuse_duplicates

if TYPE_CHECKING:
    from data_sources.http import Http, Link

_MEASURES = ("responses", "very_good", "good")
_LAYOUTS = ("inpatient_workbook", "ae_workbook")

SOURCE = Source(
    id="friends_family",
    title="Friends and Family Test",
    publisher="NHS England",
    cadence="monthly",
    landing_page="https://www.england.nhs.uk/fft/friends-and-family-test-data/",
    layouts=_LAYOUTS,
    unconfirmed=_LAYOUTS,
    # Counts, but with suppressed providers among them: their sum falls short of England's own figure.
    not_additive=tuple(f"{setting}_{measure}" for setting in ("ip", "ae") for measure in _MEASURES),
)

FIRST_MONTH = date(2020, 12, 1)
"""The first month after the question changed."""

NOTES_SHEET, TRUSTS_SHEET = "Notes", "Trusts"
_SHEETS = (NOTES_SHEET, "Summary", "ICB", TRUSTS_SHEET, "Sites")
_TITLE = re.compile(r"(Inpatient|A&E) Friends and Family Test \(FFT\) Data - .+")
_SETTINGS = {"Inpatient": ("ip", "inpatient_workbook"), "A&E": ("ae", "ae_workbook")}
_MONTH_PAGE = re.compile(r"/friends-and-family-test-data-([a-z]+-20\d{2})/?$")
_FILE = re.compile(r"fft[-_ ]*(?:ip|ae|a&e|inpatient)(?![a-z])|inpatient|accident", re.IGNORECASE)


def recognises(path: Path, file_name: str) -> bool:  # noqa: ARG001 - only the content decides
    """Whether a workbook is the Friends and Family Test of inpatients or of A&E, by its title and sheets."""
    return has_sheets(path, *_SHEETS) and bool(
        _TITLE.fullmatch(read_sheet(path, NOTES_SHEET).cell(2, 1))
    )


def discover(http: "Http") -> list[Release]:
    """The inpatient and A&E workbooks on the page of each month since December 2020.

    A landing page without month pages, or a month page without such a workbook, is a SourceError.
    """
    pages = {
        link.url: month
        for link in http.links(SOURCE.landing_page)
        if (named := _MONTH_PAGE.search(link.url))
        and (month := find_month(named[1]))
        and month >= FIRST_MONTH
    }
    if not pages:
        raise SourceError(f"{SOURCE.landing_page}: no link to the page of a month.")
    releases = [one for page, month in pages.items() for one in _releases(http, page, month)]
    return list({release.url: release for release in releases}.values())


def _releases(http: "Http", page: str, month: date) -> list[Release]:
    links = [link for link in http.links(page) if _is_wanted(link)]
    if not links:
        raise SourceError(f"{page}: no link to an inpatient or A&E workbook (xlsm).")
    return [Release(SOURCE.id, link.text, link.url, _month_of(link) or month) for link in links]


def _is_wanted(link: "Link") -> bool:
    is_workbook = link.url.lower().endswith((".xlsm", ".xlsx"))
    return is_workbook and bool(_FILE.search(f"{link.text} {_name(link)}"))


def _month_of(link: "Link") -> date | None:
    return find_month(_name(link)) or find_month(link.text)


def _name(link: "Link") -> str:
    return link.url.rpartition("/")[2]


def parse(snapshot: Snapshot) -> Parsed:
    """Answers of one month in one setting, for England and every provider.

    A SourceError: a title of another setting, a month other than the name's, a provider twice, and
    whatever `trust_figures` refuses of the sheet of trusts.
    """
    name = snapshot.file_name
    prefix, layout, month = _title(read_sheet(snapshot.path, NOTES_SHEET, name))
    check_claimed_month(find_month(name), month, name)
    period = (month.isoformat(), month_after(month).isoformat())
    figures = figures_frame(
        (*period, *body, f"{prefix}_{measure}", value, sheet, row)
        for *body, measure, value, sheet, row in trust_figures(
            read_sheet(snapshot.path, TRUSTS_SHEET, name)
        )
    )
    refuse_duplicates(figures, name)
    return Parsed(layout, {"figures": figures}, month, month_after(month))


def _title(notes: Sheet) -> tuple[str, str, date]:
    """Prefix of the measures, layout and month of the workbook, as the title on the notes says."""
    title = notes.cell(2, 1)
    setting = _TITLE.fullmatch(title)
    if setting is None:
        expected = "a title such as 'Inpatient Friends and Family Test (FFT) Data - Aug-24'"
        raise notes.complain(2, 1, expected)
    month = read_month(title.rpartition(" - ")[2], f"{notes.file_name}, {notes.place(2, 1)}")
    return (*_SETTINGS[setting[1]], month)
