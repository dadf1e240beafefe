"""Trust accounts consolidation (TAC): income, surplus and staff cost in each provider's yearly accounts.

Measures are thousands of pounds of a financial year, April to March, of the current year's columns alone;
expenses are negative. A provider's figures include its subsidiaries. No file was at hand: line codes are
those of NHS England's illustrative workbooks, the headings of the data come from descriptions. A year has
two workbooks, of NHS trusts and of foundation trusts, and no England row. The year stands in the name only.
"""

import re
from collections.abc import Iterable
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from data_sources._trust_accounts_sheets import (
    CODE_HEADING,
    DATA_SHEET,
    NAME_HEADING,
    PROVIDER_SHEET,
    Line,
    lines_of,
    provider_codes,
)
from data_sources.layouts import columns_of
from data_sources.periods import months_after
from data_sources.source import LayoutChanged, Parsed, Release, Snapshot, Source, SourceError
from data_sources.tables import (
    figures_frame,
    is_workbook,
    read_sheet,
    refuse_duplicates,
    sheet_names,
)

if TYPE_CHECKING:
    from data_sources.http import Http, Link

SOURCE = Source(
    id="trust_accounts",
    title="NHS providers: trust accounts consolidation (TAC) data",
    publisher="NHS England",
    cadence="yearly",
    landing_page=(
        "https://www.england.nhs.uk/financial-accounting-and-reporting/"
        "nhs-providers-tac-data-publications/"
    ),
    # The two workbooks cover one year: as one layout, the later file would replace the other.
    layouts=("nhs_trusts", "foundation_trusts"),
    unconfirmed=("nhs_trusts", "foundation_trusts"),
)

_ROUNDING = 1.5
"""Thousands of pounds by which income and expenses may miss the surplus: each is rounded by itself."""

_YEAR = re.compile(r"(?<!\d)(20\d{2})[-/_](?:20)?(\d{2})(?!\d)")
_FILE = re.compile(r"/[^/]*tac[-_]data[^/]*accounts[^/]*\.xlsx$", re.IGNORECASE)
_YEAR_PAGE = re.compile(r"/[^/.]*20\d{2}-\d{2}-accounts/?$", re.IGNORECASE)
_UNWANTED = re.compile(r"illustrative", re.IGNORECASE)


def recognises(path: Path, file_name: str) -> bool:  # noqa: ARG001 - only the content decides
    """Whether a file is a workbook of trust accounts, by its two sheets and the heading of the list."""
    try:
        names = _sheets(path) if is_workbook(path) else {}
        if not {PROVIDER_SHEET, DATA_SHEET} <= names.keys():
            return False
        columns_of(read_sheet(path, names[PROVIDER_SHEET]), 1, (NAME_HEADING, CODE_HEADING))
    except SourceError:
        return False
    return True


def _sheets(path: Path) -> dict[str, str]:
    """Names of the sheets by themselves in small letters."""
    return {name.strip().casefold(): name for name in sheet_names(path)}


def discover(http: "Http") -> list[Release]:
    """The workbooks of trusts and of foundation trusts, from the landing page and its pages of single years.

    A landing page without such a workbook is a SourceError; so is a page of a year.
    """
    index = http.links(SOURCE.landing_page)
    pages = dict.fromkeys(link.url for link in index if _YEAR_PAGE.search(link.url))
    releases = _releases(SOURCE.landing_page, index)
    for page in pages:
        releases += _releases(page, http.links(page))
    return list({release.url: release for release in releases}.values())


def _releases(page: str, links: Iterable["Link"]) -> list[Release]:
    files = [
        link
        for link in links
        if _FILE.search(link.url) and not _UNWANTED.search(f"{link.text} {link.url}")
    ]
    if not files:
        raise SourceError(f"{page}: no link to a workbook of trust accounts (TAC data).")
    return [Release(SOURCE.id, link.text, link.url, _claimed(link)) for link in files]


def _claimed(link: "Link") -> date | None:
    return _year_of(link.url.rpartition("/")[2]) or _year_of(link.text)


def _year_of(text: str) -> date | None:
    """First day of a financial year written `2023-24`, `2023/24` or `2023-2024`."""
    found = _YEAR.search(text)
    if found is None or (int(found[1]) + 1) % 100 != int(found[2]):
        return None
    return date(int(found[1]), 4, 1)


def parse(snapshot: Snapshot) -> Parsed:
    """Six lines of every provider's accounts of one financial year.

    A SourceError: no year in the name, an unknown header, a provider without its code or without one of
    the lines, a line twice, income and expenses that do not make the surplus, trusts and foundation trusts
    in one workbook.
    """
    name = snapshot.file_name
    start = _year_of(name)
    if start is None:
        raise SourceError(
            f"{name}: the name does not say of which financial year the accounts are."
        )
    names = _sheets(snapshot.path)
    for wanted in (PROVIDER_SHEET, DATA_SHEET):
        if wanted not in names:
            found = ", ".join(names.values())
            raise LayoutChanged(name, "workbook", f"a sheet named {wanted!r}", found)
    codes = provider_codes(read_sheet(snapshot.path, names[PROVIDER_SHEET], name))
    sheet = read_sheet(snapshot.path, names[DATA_SHEET], name)
    lines = list(lines_of(sheet, codes))
    _refuse_wrong_surplus(lines, f"{name}, sheet {sheet.name!r}")
    span = (start.isoformat(), months_after(start, 12).isoformat())
    figures = figures_frame(
        (*span, "provider", one.org_code, one.org_name, one.measure, one.value, sheet.name, one.row)
        for one in lines
    )
    tables = {"figures": refuse_duplicates(figures, name)}
    return Parsed(_layout_of(codes, name), tables, start, months_after(start, 12))


def _layout_of(names: Iterable[str], file_name: str) -> str:
    kinds = {"foundation trust" in name for name in names}
    if len(kinds) > 1:
        raise SourceError(
            f"{file_name}: NHS trusts and foundation trusts in one list of providers."
        )
    return "foundation_trusts" if kinds == {True} else "nhs_trusts"


def _refuse_wrong_surplus(lines: Iterable[Line], place: str) -> None:
    """Income and (negative) expenses make the operating surplus: a line taken for another shows."""
    amounts = {(one.org_code, one.measure): float(one.value or "nan") for one in lines}
    for code in sorted({code for code, _ in amounts}):
        parts = ("patient_care_income", "other_operating_income", "operating_expenses")
        made = sum(amounts[code, part] for part in parts)
        surplus = amounts[code, "operating_surplus"]
        if not abs(made - surplus) <= _ROUNDING:
            raise SourceError(
                f"{place}: the operating surplus of {code} is {surplus:.0f}, "
                f"but its income and expenses make {made:.0f}."
            )
