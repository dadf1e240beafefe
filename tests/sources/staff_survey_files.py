"""Staff Survey workbooks, written small: detailed (one year) and benchmark (several years)."""

from pathlib import Path

from data_sources._staff_survey_benchmark import SHEETS
from data_sources._staff_survey_detailed import TRUST_GROUPS
from data_sources.source import Snapshot
from tests.sources.files import Book, snapshot_of, write_xlsx

DETAILED_NAME = "NSS24 detailed spreadsheets organisational results.xlsx"
BENCHMARK_NAME = "Benchmark-report-Excel-data-for-2023-2024.xlsx"
BASE = "Base (number of responses)"
LABELS = ["ODS code", "Organisation name", "Benchmarking group", "Region", "ICS", "Weighting"]
PROMISE = [
    *("PP1", "PP1_1", "PP1_2", "PP1_3", "PP1_4", "PP2", "PP3", "PP3_1", "PP3_2"),
    *("PP4", "PP4_1", "PP4_2", "PP4_3", "PP5", "PP5_1", "PP5_2"),
    *("PP6", "PP6_1", "PP6_2", "PP7", "PP7_1", "PP7_2"),
]
THEMES = ["Staff Engagement", "E_1", "E_2", "E_3", "Morale", "M_1", "M_2", "M_3"]
WEIGHTED = "Occupation Group"
BODIES = [
    ["0AR", "A support unit", "CSUs", "-", "-", "Unweighted"],
    ["RXX", "Acacia Trust", TRUST_GROUPS[0], "London", "North London", WEIGHTED],
    ["RYY", "Beech Trust", TRUST_GROUPS[4], "London", "-", WEIGHTED],
]
STEMS = ("PP1", "PP3_2", "PP4_2", "theme_engagement", "theme_morale")


def detailed_sheet(scores: list[str], title: str) -> list[list[object]]:
    """Organisation n has for its k-th score n.k (k in hundredths) and 100n + k responses."""
    header: list[object] = [*LABELS]
    for score in scores:
        header += [f"{score} - score", BASE]
    rows: list[list[object]] = [[title], ["PEOPLE"], ["\nNote: fewer than 10"], [""], header]
    for number, body in enumerate(BODIES, start=1):
        figures: list[object] = []
        for place in range(1, len(scores) + 1):
            figures += [number + place / 100, 100 * number + place]
        rows.append([*body, *figures])
    return rows


def detailed_book(year: int = 2024) -> dict[str, list[list[object]]]:
    title = f"NHS Staff Survey {year} - WEIGHTED Results"
    return {
        "Notes": [["About"]],
        "PEOPLE PROMISE ELEMENTS": detailed_sheet(PROMISE, title),
        "THEMES": detailed_sheet(THEMES, title),
    }


def benchmark_book() -> dict[str, list[list[object]]]:
    """One trust per group: in 2023 it took no part; of 2024 the k-th score is n.k and the base 100n + k."""
    header: list[object] = ["org_id", "org_name", "org_type_reporting_name"]
    for stem in STEMS:
        header += [f"{stem}_2023", f"{stem}_2024", f"{stem}_n_2023", f"{stem}_n_2024"]
    header += ["PP1_1_2024", "q25c_2024"]
    book: dict[str, list[list[object]]] = {"Notes": [["About"]]}
    for number, name in enumerate(SHEETS, start=1):
        figures: list[object] = []
        for place in range(1, len(STEMS) + 1):
            figures += ["", number + place / 100, "", 100 * number + place]
        body = [f"RX{number}", f"Trust {number}", TRUST_GROUPS[number - 1]]
        book[name] = [list(header), [*body, *figures, 5.5, 61.25]]
    book["ICBs"] = [list(header), ["QAA", "A board", "ICBs"]]
    return book


def snapshot(folder: Path, book: Book, name: str) -> Snapshot:
    return snapshot_of(write_xlsx(folder / name, book), "staff_survey")
