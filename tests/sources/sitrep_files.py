"""Writing small situation report files: beds as CSV and workbook, discharges as CSV and time series."""

from collections.abc import Iterator, Mapping

from tests.sources.files import Book

BEDS_HEADER = [
    *("Period", "Level", "Region", "ICB", "Org Code", "Org Name", "Metric", "Type", "Value")
]
BEDS = {
    "G&A beds available": "beds_available",
    "G&A beds occupied": "beds_occupied",
    "Adult G&A beds available": "adult_beds_available",
    "Adult G&A beds occupied": "adult_beds_occupied",
}
LONG_STAY = "Number of G&A beds occupied by patients with a length of stay of - 21 or more days"
LEEDS = ("Provider", "NORTH EAST AND YORKSHIRE", "QWO", "RR8", "LEEDS TEACHING HOSPITALS")
KENT = ("Provider", "SOUTH EAST", "QKS", "RVV", "EAST KENT HOSPITALS")
YORKSHIRE = ("ICB", "NORTH EAST AND YORKSHIRE", "QWO", "QWO", "NHS WEST YORKSHIRE ICB")
MEDWAY = ("ICB", "SOUTH EAST", "QKS", "QKS", "NHS KENT AND MEDWAY ICB")
NORTH = ("Region", "NORTH EAST AND YORKSHIRE", "-", "Y63", "NORTH EAST AND YORKSHIRE")
SOUTH = ("Region", "SOUTH EAST", "-", "Y59", "SOUTH EAST")
ENGLAND = ("National", "-", "-", "-", "ENGLAND")
BEDS_OF = {
    LEEDS: (1700, 1650, 1500, 1480, 310),
    KENT: (1100, 1050, 1000, 960, 205),
    YORKSHIRE: (1700, 1650, 1500, 1480, 310),
    MEDWAY: (1100, 1050, 1000, 960, 205),
    NORTH: (1700, 1650, 1500, 1480, 310),
    SOUTH: (1100, 1050, 1000, 960, 205),
    ENGLAND: (2801, 2700, 2500, 2440, 515),
}
"""Beds of each organisation by metric, in the order of BEDS and then LONG_STAY."""


def beds_csv(period: str = "01/04/2024") -> list[list[object]]:
    """The CSV of beds in long form, with rows by type and of a metric that is not read."""
    rows: list[list[object]] = [list(BEDS_HEADER)]
    for body, beds in BEDS_OF.items():
        for metric, value in zip([*BEDS, LONG_STAY], beds, strict=True):
            rows.append([period, *body, metric, "All Type", value])
            rows.append([period, *body, metric, "Type 1", value - 1])
        rows.append([period, *body, "G&A occupancy rate", "All Type", 0.97])
    return rows


def beds_workbook(period: str = "April 2022") -> Book:
    """The workbook of beds: title block, England, then the table of all acute trusts."""
    headings = [*BEDS, "Adult critical care beds available"]

    def beds_row(*labels: str, beds: tuple[int, ...]) -> list[object]:
        return ["", *labels, *beds[:4], 9]

    trusts = [
        beds_row(body[1], body[4], body[3], beds=beds)
        for body, beds in BEDS_OF.items()
        if body[0] == "Provider"
    ]
    rows: list[list[object]] = [
        [],
        ["", "Title:", "Urgent and Emergency Care Daily Situation Reports"],
        ["", "Period:", period],
        [],
        ["", "Region", "Name", "", *headings],
        beds_row("", "ENGLAND (All Acute Trusts)", "", beds=BEDS_OF[ENGLAND]),
        [],
        ["", "Region", "Name", "Code", *headings],
        *trusts,
        [],
        ["", "", "Means of the days of a month."],
    ]
    return {"Type 1 trusts": [["nothing that is read"]], "All acute trusts": rows}


NCTR = "Number of patients who no longer meet the criteria to reside"
DISCHARGED = "Number of patients discharged"
REMAINING = "Number of patients remaining in hospital who no longer meet the criteria to reside"
DISCHARGE_HEADER = [
    *("Period", "Level", "Region", "ICB", "Org Code", "Org Name"),
    *("Metric", "Metric Type", "Metric Group", "Value"),
]
Days = Mapping[tuple[str, ...], list[tuple[object, object]]]
"""Patients ready and patients discharged on each of the first days of a month, by organisation."""

TWO_DAYS: Days = {
    LEEDS: [(100, 40), (120, 30)],
    KENT: [(60, 20), ("-", "-")],
    YORKSHIRE: [(100, 40), (120, 30)],
    MEDWAY: [(60, 20), (0, 0)],
    NORTH: [(100, 40), (120, 30)],
    SOUTH: [(60, 20), (0, 0)],
    ENGLAND: [(160, 60), (120, 30)],
}


def discharge_csv(days: Days = TWO_DAYS, month: str = "04/2024") -> list[list[object]]:
    """The CSV of discharges in long form, days as rows, with a metric that is not read."""
    rows: list[list[object]] = [list(DISCHARGE_HEADER)]
    for body, values in days.items():
        for day, (ready, left) in enumerate(values, start=1):
            for metric, value in _metrics(ready, left):
                label = f"{day:02}/{month}"
                rows.append([label, *body, metric, "Daily metric", "NCTR", value])
        other = ["Pathway 0: home", "Weekly metric", "Discharge destination", 7]
        rows.append([f"01/{month}", *body, *other])
    return rows


def _metrics(ready: object, left: object) -> Iterator[tuple[str, object]]:
    yield NCTR, ready
    yield DISCHARGED, left
    is_known = isinstance(ready, int) and isinstance(left, int)
    yield REMAINING, int(str(ready)) - int(str(left)) if is_known else "-"
