"""Small RTT files in the published layouts, for tests to write."""

import csv
import io
import zipfile
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise
from pathlib import Path

import pytest

from data_sources import rtt
from data_sources.source import Snapshot, SourceError

ORGANISATIONS = [
    "Provider Parent Org Code",
    "Provider Parent Name",
    "Provider Org Code",
    "Provider Org Name",
    "Commissioner Parent Org Code",
    "Commissioner Parent Name",
    "Commissioner Org Code",
    "Commissioner Org Name",
]
FUNCTION = ["Treatment Function Code", "Treatment Function Name"]
TOTALS = ["Total", "Patients with unknown clock start date", "Total All"]
EAST = ("QE1", "EAST SYSTEM", "00Q", "EAST PLACE")
WEST = ("QYG", "WEST SYSTEM", "27D", "WEST PLACE")
NATIONAL = ("", "", "13Q", "NATIONAL COMMISSIONING HUB 1")
OUTSIDE = ("", "", "NONC", "NON ENGLISH COMMISSIONER")
Commissioner = tuple[str, str, str, str]
Row = tuple[str, Commissioner, str, str, Mapping[int, int], int]


def bands(last: int, ending: str = "SUM 1") -> list[str]:
    closed = [f"Gt {week:02d} To {week + 1:02d} Weeks {ending}" for week in range(last)]
    return [*closed, f"Gt {last} Weeks {ending}"]


def header_2015() -> list[str]:
    parts = ["RTT Part Name", "RTT Part Description", *FUNCTION]
    return ["Year", "Period Name", *ORGANISATIONS, *parts, *bands(52), *TOTALS, "Status"]


def header_july_2016() -> list[str]:
    function = ["Treatment Function Name", "Treatment Function Description"]
    parts = ["RTT Part Name", "RTT Part Description", *function]
    start = ["Year", "Period Name", *ORGANISATIONS, *parts]
    return [*start, *bands(52, "SUM"), *TOTALS, "Status"]


def header_2018(last_band: int = 52) -> list[str]:
    parts = ["RTT Part Type", "RTT Part Description", *FUNCTION]
    return ["Period", *ORGANISATIONS, *parts, *bands(last_band), *TOTALS]


def row(
    provider: str,
    commissioner: Commissioner,
    waits: Mapping[int, int],
    function: str = "C_100",
    part: str = "Part_2",
    total: int | None = None,
) -> Row:
    """Pathways by band (0 is the first week); `total` is their sum unless a test says otherwise."""
    whole = sum(waits.values()) if total is None else total
    return provider, commissioner, function, part, waits, whole


def with_totals(rows: Sequence[Row], part: str = "Part_2") -> list[Row]:
    """The rows and, as in every file published so far, the C_999 rows over their functions."""
    whole: dict[tuple[str, Commissioner], Counter[int]] = {}
    for provider, commissioner, _, _, waits, _ in rows:
        whole.setdefault((provider, commissioner), Counter()).update(waits)
    return [*rows, *(row(*pair, waits, "C_999", part) for pair, waits in whole.items())]


def cells(period: list[str], one: Row, last_band: int) -> list[str]:
    provider, commissioner, function, part, waits, total = one
    start = [*period, "QE1", "A REGION", provider, f"TRUST {provider}", *commissioner]
    weeks = [str(waits.get(week, 0)) for week in range(last_band + 1)]
    return [*start, part, "A part", function, "A function", *weeks, "", "", str(total)]


def extract_2021(rows: Iterable[Row], period: str = "RTT-April-2021") -> list[list[str]]:
    return [header_2018(104), *(cells([period], one, 104) for one in rows)]


def extract_2018(rows: Iterable[Row], period: str) -> list[list[str]]:
    return [header_2018(), *(cells([period], one, 52) for one in rows)]


def as_csv(lines: Iterable[Iterable[str]], quoting: int = csv.QUOTE_MINIMAL) -> bytes:
    text = io.StringIO(newline="")
    csv.writer(text, quoting=quoting, lineterminator="\r\n").writerows(lines)
    return text.getvalue().encode()


def snapshot(folder: Path, name: str, content: bytes) -> Snapshot:
    path = folder / name
    path.write_bytes(content)
    return Snapshot("rtt-0", "rtt", path, name, "0", len(content))


def zipped(folder: Path, name: str, members: Mapping[str, bytes]) -> Snapshot:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as archive:
        for member, text in members.items():
            archive.writestr(member, text)
    return snapshot(folder, name, content.getvalue())


def extract(folder: Path, lines: Iterable[Iterable[str]], name: str = "extract.zip") -> Snapshot:
    return zipped(folder, name, {"full-extract.csv": as_csv(lines)})


def figures_of(file: Snapshot) -> dict[tuple[str, str, str], str]:
    frame = rtt.parse(file).tables["figures"]
    keys = zip(frame["level"], frame["org_code"], frame["measure"], strict=True)
    return dict(zip(keys, frame["value"], strict=True))


def refusal_of(file: Snapshot) -> str:
    with pytest.raises(SourceError) as refused:
        rtt.parse(file)
    return str(refused.value)


TITLE = "18wksRTT - Monthly PUBLIC EXTRACTS\r\n-> Public data - Provider,\r\n05-OCT-17, 15.44.20"


def extract_2015(header: list[str], year: str, month: str, rows: Sequence[Row]) -> list[list[str]]:
    titles = [[TITLE] + [""] * 70, [""] * 71]
    return [*titles, header, *([*cells([year, month], one, 52), "REVISED PUBLIC"] for one in rows)]


def with_cell(lines: list[list[str]], line: int, column: int, text: str) -> list[list[str]]:
    lines[line][column] = text
    return lines


SMALL = as_csv(extract_2021([row("RAA", EAST, {0: 1})]))


SHEET_HEADER = [
    "Region Code",
    "Provider Code",
    "Provider Name",
    "Treatment Function Code",
    "Treatment Function",
    *(f">{week}-{week + 1}" for week in range(104)),
    "104 plus",
    "Total number of incomplete pathways",
    "Total within 18 weeks",
    "% within 18 weeks",
    "Average (median) waiting time (in weeks)",
    "92nd percentile waiting time (in weeks)",
    "Total 52 plus weeks",
    "Total 78 plus weeks",
    "Total 65 plus weeks",
]
SHEET_NAME = "Incomplete-Provider-Apr24-XLSX-8M-revised.csv"


def weekly(*totals: str) -> list[str]:
    """Bands of the first 104 weeks that add up to these totals, each in the first band it can be in."""
    whole, within_18, *over = (int(text.replace("-", "0").replace(",", "")) for text in totals)
    starts = (0, 18, 52, 65, 78)
    parts = (within_18, whole - within_18 - over[0], *(a - b for a, b in pairwise(over)))
    weeks = dict(zip(starts, parts, strict=True))
    return [f"{weeks[week]:,}" if weeks.get(week) else "-" for week in range(104)]


def sheet_row(code: str, function: str, totals: Iterable[str]) -> list[str]:
    over_104, incomplete, within_18, over_52, over_78, over_65 = totals
    weeks = weekly(incomplete, within_18, over_52, over_65, over_78, over_104)
    rates = ["55.60%", "15.5", "45.1"]
    start = ["Y56", code, f"TRUST {code}", function, "A function"]
    return [*start, *weeks, over_104, incomplete, within_18, *rates, over_52, over_78, over_65]


BARTS = ("1", "126,675", "70,453", "4,869", "72", "583")
SHEET = [
    SHEET_HEADER,
    sheet_row("R1H", "C_100", ("-", "3,704", "2,179", "217", "4", "32")),
    sheet_row("R1H", "C_999", BARTS),
    sheet_row("TAD", "C_999", ("-", "585", "373", "21", "-", "1")),
]


def sheet(folder: Path, lines: Iterable[Iterable[str]], name: str = SHEET_NAME) -> Snapshot:
    return snapshot(folder, name, as_csv(lines))
