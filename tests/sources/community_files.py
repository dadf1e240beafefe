"""Small workbooks of community waiting lists, in both published layouts."""

from data_sources._community_layouts import SERVICES

AUDIOLOGY, PODIATRY = "(A) Audiology", "(A) Podiatry and podiatric surgery"
SAFEGUARDING = "(CYP) Safeguarding"
HEADER = ["Organisation Type", "Organisation Code", "Organisation Name", *SERVICES]

TITLES = {
    "Table 4": "Total waiting list by service",
    "Table 4a": "Number waiting 0-1 weeks (0-7 days) by service",
    "Table 4b": "Number waiting >1-2 weeks (8-14 days) by service",
    "Table 4c": "Number waiting >2-4 weeks (15-28 days) by service",
    "Table 4d": "Number waiting >4-12 weeks (29-84 days) by service",
    "Table 4e": "Number waiting >12-18 weeks (85-126 days) by service",
    "Table 4f": "Number waiting >18-52 weeks (127-364 days) by service",
    "Table 4g": "Number waiting >52-104 weeks (365-728 days) by service",
    "Table 4h": "Number waiting over 104 weeks (over 2 years) by service",
}
OVER_52 = "Number waiting over 52 weeks (over 365 days) by service"

SHEETS = tuple(TITLES)
MID_YORKSHIRE = dict(zip(SHEETS, (10, 1, 1, 2, 1, 0, 1, 3, 1), strict=True))
"""Audiology at RXF by table: of ten people waiting four have waited over 52 weeks, one of them over 104."""
CUMBRIA = {"Table 4": 7, "Table 4d": 6, "Table 4g": 1}
"""Podiatry at RNN, whose audiology list of five people came without lengths of wait: zeros in every band."""

EXPECTED = {
    ("england", "ENG"): ["22", "17", "5"],
    ("region", "Y63"): ["22", "17", "5"],
    ("system", "QWO"): ["22", "17", "5"],
    ("system", "QHG"): ["", "", ""],
    ("provider", "RXF"): ["10", "10", "4"],
    ("provider", "RNN"): ["12", "7", "1"],
    ("provider", "RWA"): ["0", "0", "0"],
    ("provider", "NAY"): ["", "", ""],
}
"""Waiting, waiting by weeks, over 52 weeks, added up by hand; blanks are nobody's return."""

EXPECTED_TO_52 = {
    **EXPECTED,
    ("england", "ENG"): ["22", "16", "4"],
    ("region", "Y63"): ["22", "16", "4"],
    ("system", "QWO"): ["22", "16", "4"],
    ("provider", "RXF"): ["10", "9", "3"],
}
"""The same without the table over 104 weeks: its one person is lost with it."""


def table(sheet: str, title: str, month: str) -> list[list[object]]:
    """One table: England, a region, a system with and one without returns, and four providers."""
    only_total = sheet == "Table 4"
    leeds = {AUDIOLOGY: MID_YORKSHIRE[sheet]}
    cumbria = {AUDIOLOGY: 5 if only_total else 0, PODIATRY: CUMBRIA.get(sheet, 0)}
    everybody = {
        AUDIOLOGY: leeds[AUDIOLOGY] + cumbria[AUDIOLOGY],
        PODIATRY: cumbria[PODIATRY],
    }
    return [
        [f"{title}, {month}"],
        ["Blanks indicate no organisation submitted for the service line."],
        ["Data is submitted at provider level."],
        ["* Some services are only published at national level."],
        list(HEADER),
        _row("National", "", "England", everybody | ({SAFEGUARDING: 9} if only_total else {})),
        _row("Region", "Y63", "NORTH EAST AND YORKSHIRE", everybody),
        _row("ICB", "QWO", "WEST YORKSHIRE", everybody),
        _row("ICB", "QHG", "BEDFORDSHIRE, LUTON AND MILTON KEYNES", {}),
        _row("Provider", "RXF", "MID YORKSHIRE TEACHING NHS TRUST", leeds),
        _row("Provider", "RNN", "NORTH CUMBRIA", cumbria),
        _row("Provider", "RWA", "HULL", {AUDIOLOGY: 0}),
        _row("Provider", "NAY", "ACCELERATE CIC", {}),
    ]


def _row(kind: str, code: str, name: str, counts: dict[str, int]) -> list[object]:
    return [kind, code, name, *(counts.get(service, "") for service in SERVICES)]


def workbook(
    month: str = "March 2025", *, to_104: bool = True, published: str = "15/05/2025"
) -> dict[str, list[list[object]]]:
    """The cover and the tables by length of wait, with or without the one over 104 weeks."""
    titles = dict(TITLES)
    if not to_104:
        del titles["Table 4h"]
        titles["Table 4g"] = OVER_52
    cover: list[list[object]] = [
        ["Title:", "Community Health Services Waiting Times"],
        ["Summary:", "-"],
        ["information."],
        ["Period:", "01 April 2024 - 31 March 2025"],
        ["Source:", "Community Health Services (CHS) SitRep"],
        ["Basis:", "Provider"],
        ["Published:", published],
        ["Revised:", "-"],
    ]
    return {
        "Cover page": cover,
        **{sheet: table(sheet, title, month) for sheet, title in titles.items()},
    }
