"""Summary Hospital-level Mortality Indicator (SHMI): deaths of a trust's patients against those expected.

A figure is about twelve months, and the windows of successive months overlap by eleven: they are no
independent observations. `shmi` is the ratio as published; `observed` and `expected` are the deaths behind
it, as far as the publisher's rounding shows them. `banding` is 1 for higher than expected, 2 as expected, 3
lower. Each release is modelled anew, so figures of two releases are not comparable; the historical table of
one release is the publisher's own series.
"""

import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

from data_sources._shmi_file import opening, unpack
from data_sources.layouts import Layout, last_filled, layout_of, read_code
from data_sources.periods import find_month, months_after
from data_sources.source import Parsed, Release, Snapshot, Source, SourceError
from data_sources.tables import Sheet, figures_frame, read_delimited, refuse_duplicates

if TYPE_CHECKING:
    from data_sources.http import Http, Link

SOURCE = Source(
    id="shmi",
    title="Summary Hospital-level Mortality Indicator (SHMI)",
    publisher="NHS England",
    cadence="monthly",
    landing_page="https://digital.nhs.uk/data-and-information/publications/statistical/shmi",
    layouts=("historical_csv",),
    unconfirmed=("historical_csv",),
    not_additive=("shmi", "banding"),
)

WINDOW_MONTHS = 12

_LAYOUT = Layout(
    1,
    ("TIME_PERIOD", "PUBLICATION_MONTH", "PROVIDER_CODE", "PROVIDER_NAME"),
    (
        ("SHMI_VALUE", "shmi"),
        ("SHMI_BANDING", "banding"),
        ("OD_LL", ""),
        ("OD_UL", ""),
        ("SPELLS", ""),
        ("OBSERVED", "observed"),
        ("EXPECTED", "expected"),
        ("PALLIATIVE_SPELLS", ""),
        ("PALLIATIVE_DEATHS", ""),
    ),
)
_SIGN = ",".join(_LAYOUT.headings[:6]).encode()
_SUPPRESSED = ("*", "**", "")
_NUMBER = re.compile(r"\d+(\.\d+)?")
_BANDING = re.compile(r"[123](\.0)?")
_SPAN = re.compile(r"([A-Za-z]{3}\d{2})[-_ ]+([A-Za-z]{3}\d{2})(?![A-Za-z0-9])")
_RELEASE_PAGE = re.compile(r"/statistical/shmi/(20\d{2}-\d{2})/?$")

ROUNDING = 2.5
"""Deaths may be rounded to the nearest five: to be confirmed on a real file."""


def recognises(path: Path, file_name: str) -> bool:  # noqa: ARG001 - only the content decides
    """Whether a file is the historical SHMI table by trust (by its header), zipped or not."""
    start = opening(path).removeprefix(b"\xef\xbb\xbf").replace(b'"', b"")
    return start.startswith(_SIGN)


def discover(http: "Http") -> list[Release]:
    """The zip of the latest release: it holds the history, and older releases are not comparable.

    A landing page without release pages, or a release page without a zip of SHMI data, is a SourceError.
    """
    pages = {
        match[1]: link.url
        for link in http.links(SOURCE.landing_page)
        if (match := _RELEASE_PAGE.search(link.url))
    }
    if not pages:
        raise SourceError(f"{SOURCE.landing_page}: no link to the page of a release.")
    page = pages[max(pages)]
    found = {link.url: link for link in http.links(page) if _is_data(link)}
    if not found:
        raise SourceError(f"{page}: no link to a zip of SHMI data.")
    return [Release(SOURCE.id, link.text, link.url, _claimed(link)) for link in found.values()]


def _is_data(link: "Link") -> bool:
    name = _file_name(link.url)
    return name.lower().endswith(".zip") and "shmi data" in f"{link.text} {name}".lower()


def _file_name(url: str) -> str:
    return PurePosixPath(url.replace("%20", " ").replace("%2C", ",")).name


def _claimed(link: "Link") -> date | None:
    """First day of the latest window, as the file's name or else the link's words claim it."""
    window = _window_named(_file_name(link.url)) or _window_named(link.text)
    return window[0] if window else None


def parse(snapshot: Snapshot) -> Parsed:
    """Ratio, banding and deaths of every trust in every window of the historical table.

    A SourceError: an unknown header, a window that is not twelve months, a last window other than the
    name's, a trust twice in a window, a ratio that its deaths do not bear out.
    """
    content, inside = unpack(snapshot.path, snapshot.file_name)
    sheet = read_delimited(content, snapshot.file_name)
    layout_of(sheet, (_LAYOUT,))
    figures = refuse_duplicates(figures_frame(_figures(sheet)), snapshot.file_name)
    if figures.empty:
        raise sheet.complain(2, 1, "a window such as JAN25_DEC25")
    first, end = (
        date.fromisoformat(figures["period_start"].min()),
        date.fromisoformat(figures["period_end"].max()),
    )
    for name in (snapshot.file_name, inside):
        _check_claimed(name, end, snapshot.file_name)
    return Parsed("historical_csv", {"figures": figures}, first, end)


def _figures(sheet: Sheet) -> Iterator[tuple[object, ...]]:
    for row in range(2, len(sheet.rows) + 1):
        if not last_filled(sheet, row):
            continue
        start, end = _window(sheet, row)
        body = ("provider", read_code(sheet, row, 3), sheet.cell(row, 4))
        values = dict(_LAYOUT.read(sheet, row))
        _check_ratio(sheet, row)
        for measure, value in values.items():
            yield (start.isoformat(), end.isoformat(), *body, measure, value, sheet.name, row)


def _window(sheet: Sheet, row: int) -> tuple[date, date]:
    """Bounds `[start, end)` of `JAN25_DEC25`, which must be twelve months and published after its end."""
    window = _window_named(sheet.cell(row, 1))
    if window is None or months_after(window[0], WINDOW_MONTHS) != window[1]:
        raise sheet.complain(row, 1, "twelve months such as JAN25_DEC25")
    published = find_month(sheet.cell(row, 2))
    if published is None or published < window[1]:
        raise sheet.complain(row, 2, "a month of publication after the window's end")
    return window


def _window_named(text: str) -> tuple[date, date] | None:
    span = _SPAN.search(text)
    first, last = (find_month(part) for part in span.groups()) if span else (None, None)
    return (first, months_after(last, 1)) if first and last else None


def _check_ratio(sheet: Sheet, row: int) -> None:
    """The ratio must be what the deaths beside it give, as far as their rounding lets one tell."""
    value, band, observed, expected = (sheet.cell(row, column) for column in (5, 6, 10, 11))
    for column, text in ((5, value), (10, observed), (11, expected)):
        if text not in _SUPPRESSED and not _NUMBER.fullmatch(text):
            raise sheet.complain(row, column, "a number, or * where it is suppressed")
    if band not in _SUPPRESSED and not _BANDING.fullmatch(band):
        raise sheet.complain(row, 6, "a banding 1, 2 or 3, or * where it is suppressed")
    if {value, observed, expected}.isdisjoint(_SUPPRESSED) and not _is_borne_out(
        float(value), float(observed), float(expected)
    ):
        raise sheet.complain(row, 5, f"a ratio near {observed}/{expected}")


def _is_borne_out(ratio: float, observed: float, expected: float) -> bool:
    slack = ROUNDING + 0.0001 * expected
    return abs(ratio * expected - observed) <= slack + ROUNDING * ratio


def _check_claimed(name: str, end: date, file_name: str) -> None:
    claimed = _window_named(name)
    if claimed is not None and claimed[1] != end:
        raise SourceError(
            f"{file_name}: the name {PurePosixPath(name).name!r} claims figures to the end of "
            f"{months_after(claimed[1], -1):%B %Y} but the last window ends with "
            f"{months_after(end, -1):%B %Y}."
        )
