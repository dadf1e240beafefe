"""Boundaries of ICBs: every board once, closed and in England, or refused."""

import json
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from data_sources import icb_geography as geography
from data_sources.http import Answer
from data_sources.registry import recognise
from data_sources.source import Parsed, SourceError
from tests.sources.files import snapshot_of

NAME = "query"
RING = [[-1.5, 52.0], [-1.4, 52.0], [-1.4, 52.1], [-1.5, 52.0]]


def board(number: int, year: int = 23) -> dict[str, Any]:
    """One feature; every other one is of several parts."""
    parts: dict[str, Any] = {"type": "Polygon", "coordinates": [RING]}
    if number % 2:
        parts = {"type": "MultiPolygon", "coordinates": [[RING], [RING]]}
    names = {f"ICB{year}CD": f"E54{number:06d}", f"ICB{year}NM": f"NHS Board {number}"}
    return {"type": "Feature", "id": number, "geometry": parts, "properties": names}


def collection(year: int = 23, count: int = 42) -> dict[str, Any]:
    features = [board(number, year) for number in range(1, count + 1)]
    return {"type": "FeatureCollection", "features": features}


def write(folder: Path, content: object) -> Path:
    path = folder / NAME
    text = content if isinstance(content, str) else json.dumps(content)
    path.write_text(text, encoding="utf-8")
    return path


def read(folder: Path, content: object) -> Parsed:
    return geography.parse(snapshot_of(write(folder, content), "icb_geography"))


def refusal(folder: Path, content: object) -> str:
    with pytest.raises(SourceError) as refused:
        read(folder, content)
    return str(refused.value)


@pytest.mark.parametrize(("year", "count"), [(22, 42), (23, 42), (26, 36)])
def test_every_board_of_a_vintage_is_read(tmp_path, year, count):
    parsed = read(tmp_path, collection(year, count))
    shapes = parsed.tables["icb_shapes"]
    assert tuple(shapes.columns) == geography.SHAPE_COLUMNS
    assert (len(shapes), parsed.layout) == (count, f"boundaries_20{year}")
    assert parsed.layout in geography.SOURCE.layouts
    first = shapes.iloc[1]
    assert first[["vintage", "ons_code", "icb_name"]].tolist() == [
        *(f"20{year}", "E54000002", "NHS Board 2")
    ]
    assert json.loads(first["geojson"]) == {"type": "Polygon", "coordinates": [RING]}


def changed(change: Callable[[dict[str, Any]], object]) -> dict[str, Any]:
    content = collection()
    change(content["features"][1])
    return content


REFUSED = {
    "too few": (
        collection(23, 41),
        "features: expected 42 boards, each once, found '41 with 41 codes'.",
    ),
    "too many for the year": (
        collection(26, 42),
        "features: expected 36 boards, each once, found '42 with 42 codes'.",
    ),
    "twice": (
        changed(lambda one: one["properties"].update(ICB23CD="E54000001")),
        "features: expected 42 boards, each once, found '42 with 41 codes'.",
    ),
    "two vintages": (
        changed(lambda one: one.update(board(2, 24))),
        "features: expected boards of one known vintage, found '2023, 2024'.",
    ),
    "unknown vintage": (
        collection(21),
        "features: expected boards of one known vintage, found '2021'.",
    ),
    "another code": (
        changed(lambda one: one["properties"].update(ICB23CD="E38000001")),
        "feature 2: expected an ONS code E54… and a name, found ('E38000001', 'NHS Board 2').",
    ),
    "no name": (
        changed(lambda one: one["properties"].pop("ICB23NM")),
        "feature 2: expected an ONS code E54… and a name, found ('E54000002', '').",
    ),
    "no code": (
        changed(lambda one: one.update(properties={"CCG": "x"})),
        "feature 2: expected one ONS code of an ICB, found {'CCG': 'x'}.",
    ),
    "national grid": (
        changed(lambda one: one["geometry"].update(coordinates=[[[4e5, 3e5]] * 4])),
        "feature 2: expected closed rings within England for E54000002, found 'others'.",
    ),
    "open ring": (
        changed(lambda one: one["geometry"].update(coordinates=[[*RING[:3], [-1.5, 52.05]]])),
        "feature 2: expected closed rings within England for E54000002, found 'others'.",
    ),
    "no geometry": (
        changed(lambda one: one.update(geometry=None)),
        "feature 2: expected closed rings within England for E54000002, found 'others'.",
    ),
    "a point": (
        changed(lambda one: one.update(geometry={"type": "Point", "coordinates": [-1.5, 52]})),
        "feature 2: expected closed rings within England for E54000002, found 'others'.",
    ),
    "no features": (
        {"type": "FeatureCollection", "features": []},
        "file: expected a collection of features, found 'list'.",
    ),
    "no collection": ("[]", "file: expected a collection of features, found 'NoneType'."),
}


@pytest.mark.parametrize("case", REFUSED)
def test_what_is_not_england_whole_is_refused(tmp_path, case):
    content, sentence = REFUSED[case]
    assert refusal(tmp_path, content) == f"{NAME}, {sentence}"


@pytest.mark.parametrize(
    "said", [{"exceededTransferLimit": True}, {"properties": {"exceededTransferLimit": True}}]
)
def test_an_answer_that_the_service_cut_is_refused(tmp_path, said):
    assert refusal(tmp_path, collection() | said) == (
        f"{NAME}: the service gave only part of the boards."
    )


WHOLE = json.dumps(collection())


@given(kept=st.integers(0, len(WHOLE) - 1))
def test_a_file_cut_anywhere_is_refused(tmp_path_factory, kept):
    assert refusal(tmp_path_factory.mktemp("cut"), WHOLE[:kept]) == (
        f"{NAME}: not readable as GeoJSON: it may be cut short."
    )


def test_a_file_nested_without_end_is_refused(tmp_path):
    assert refusal(tmp_path, "[" * 100_000) == (
        f"{NAME}: not readable as GeoJSON: it may be cut short."
    )


@given(data=st.data())
def test_a_lost_or_doubled_board_is_refused(tmp_path_factory, data):
    content = collection()
    at = data.draw(st.integers(0, 41))
    if data.draw(st.booleans()):
        del content["features"][at]
    else:
        content["features"].insert(at, content["features"][at])
    assert "expected 42 boards, each once" in refusal(tmp_path_factory.mktemp("lost"), content)


def test_boundaries_are_recognised_by_their_codes_and_by_nobody_else(tmp_path):
    publication = recognise(write(tmp_path, collection()), "anything.bin")
    assert publication is not None
    assert publication.SOURCE.id == "icb_geography"


@pytest.mark.parametrize(
    "content",
    ["", "{}", '{"ICB23CD": 1}', '{"type": "FeatureCollection", "features": [{"LAD23CD": 1}]}'],
)
def test_other_files_are_not_recognised(tmp_path, content):
    assert not geography.recognises(write(tmp_path, content), NAME)


class Service:
    """A service that gives this list."""

    def __init__(self, content: object) -> None:
        self.content = content

    def get(self, url: str) -> Answer:
        assert url == geography.SOURCE.landing_page
        content = json.dumps(self.content).encode()
        return Answer(url, content, "application/json", None, None, is_unchanged=False)


def listed(*names: str) -> Service:
    return Service({"services": [{"name": one, "url": f"https://x/{one}"} for one in names]})


def test_the_simplest_boundaries_of_each_vintage_are_found_latest_first():
    service = listed(
        "Integrated_Care_Boards_April_2023_EN_BGC",
        "Integrated_Care_Boards_April_2023_EN_BSC",
        "Integrated_Care_Boards_April_2023_EN_BFE",
        "Integrated_Care_Boards_April_2026_EN_BGC_V2",
        "Integrated_Care_Boards_April_2023_Names_and_Codes_in_England",
        "Local_Authority_Districts_May_2023_UK_BUC",
    )
    releases = geography.discover(service)  # type: ignore[arg-type]
    query = "/0/query?where=1%3D1&outFields=*&f=geojson"
    assert [(one.url, one.period_start) for one in releases] == [
        (f"https://x/Integrated_Care_Boards_April_2026_EN_BGC_V2{query}", date(2026, 4, 1)),
        (f"https://x/Integrated_Care_Boards_April_2023_EN_BSC{query}", date(2023, 4, 1)),
    ]


@pytest.mark.parametrize("content", [[], {}, {"services": [{"name": "x"}]}, {"services": None}])
def test_an_answer_that_lists_no_services_is_an_error(content):
    with pytest.raises(SourceError, match=r"not a list of services\.$"):
        geography.discover(Service(content))  # type: ignore[arg-type]


def test_a_list_without_boundaries_is_an_error():
    with pytest.raises(SourceError, match=r"no service of integrated care boards\.$"):
        geography.discover(listed("Wards"))  # type: ignore[arg-type]
