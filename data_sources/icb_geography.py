"""Boundaries of integrated care boards, from the open geography service of the national statistics office.

Each file is one vintage and gives the table `icb_shapes`: ONS code, name and geometry (GeoJSON text,
longitude and latitude) of every board of England. Written to a description: no file has been at hand, and
the name of the 2026 layer (36 boards) is not confirmed, so that layers are found by listing the service.
"""

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pandas as pd

from data_sources.periods import find_month
from data_sources.source import LayoutChanged, Parsed, Release, Snapshot, Source, SourceError

if TYPE_CHECKING:
    from data_sources.http import Http

BOARDS = {22: 42, 23: 42, 24: 42, 25: 42, 26: 36}
"""Boards that England has in each vintage (two-digit year): a file with fewer is cut."""

_LAYOUTS = tuple(f"boundaries_20{year}" for year in sorted(BOARDS, reverse=True))

SOURCE = Source(
    id="icb_geography",
    title="Integrated care board boundaries",
    publisher="Office for National Statistics",
    cadence="yearly",
    landing_page="https://services1.arcgis.com/ESMARspQHYMw9BZ9/arcgis/rest/services?f=json",
    layouts=_LAYOUTS,
    unconfirmed=_LAYOUTS,
)

SHAPE_COLUMNS = ("vintage", "ons_code", "icb_name", "geojson")

_SERVICE = re.compile(r"Integrated_Care_Boards_([A-Za-z]+_20\d\d)_EN_(BGC|BSC|BUC)(?:_V\d+)?")
_COARSEST_FIRST = ("BUC", "BSC", "BGC")
"""How far a boundary is simplified; the simplest is enough for a map of England, and by far the smallest."""

_QUERY = "/0/query?where=1%3D1&outFields=*&f=geojson"
_CODE_KEY = re.compile(r"ICB(\d\d)CD")
_CODE_KEY_BYTES = re.compile(rb'"ICB\d\dCD"\s*:')
_CODE = re.compile(r"E54\d{6}")
_WEST, _EAST, _SOUTH, _NORTH = -7.0, 2.5, 49.5, 56.0
"""Bounds of England in degrees, generously: metres of the national grid are far outside."""


def recognises(path: Path, file_name: str) -> bool:  # noqa: ARG001 - only the content decides
    """Whether a file is a GeoJSON collection whose features have an ICB's ONS code."""
    with path.open("rb") as file:
        start = file.read(500)
        is_collection = start.lstrip().startswith(b"{") and b'"FeatureCollection"' in start
        return is_collection and bool(_CODE_KEY_BYTES.search(start + file.read()))


def discover(http: "Http") -> list[Release]:
    """Of each vintage that the service lists, the most simplified boundaries, latest vintage first."""
    content = http.get(SOURCE.landing_page).content
    try:
        services = json.loads(content)["services"]
        named = [(str(service["name"]), str(service["url"])) for service in services]
    except (ValueError, KeyError, TypeError) as error:
        raise SourceError(f"{SOURCE.landing_page}: not a list of services.") from error
    found = [(match, url) for name, url in named if (match := _SERVICE.fullmatch(name))]
    if not found:
        raise SourceError(f"{SOURCE.landing_page}: no service of integrated care boards.")
    coarsest: dict[str, tuple[re.Match[str], str]] = {}
    for match, url in sorted(found, key=lambda one: _COARSEST_FIRST.index(one[0][2])):
        coarsest.setdefault(match[1], (match, url))
    releases = [
        Release(SOURCE.id, match[0].replace("_", " "), url + _QUERY, find_month(match[1]))
        for match, url in coarsest.values()
    ]
    return sorted(releases, key=lambda one: str(one.period_start), reverse=True)


def parse(snapshot: Snapshot) -> Parsed:
    """Every board's shape, as `icb_shapes`.

    A SourceError: no whole collection, boards of two vintages or a number of them other than England has,
    a board twice or without code or name, a shape that is open or outside England.
    """
    name = snapshot.file_name
    features = _features(snapshot.path.read_bytes(), name)
    rows = [_shape(feature, f"feature {at}", name) for at, feature in enumerate(features, start=1)]
    shapes = pd.DataFrame(rows, columns=list(SHAPE_COLUMNS), dtype="str")
    vintages = sorted(set(shapes["vintage"]))
    if len(vintages) != 1 or int(vintages[0]) % 100 not in BOARDS:
        raise LayoutChanged(name, "features", "boards of one known vintage", ", ".join(vintages))
    expected = BOARDS[int(vintages[0]) % 100]
    if len(shapes) != expected or shapes["ons_code"].nunique() != expected:
        found = f"{len(shapes)} with {shapes['ons_code'].nunique()} codes"
        raise LayoutChanged(name, "features", f"{expected} boards, each once", found)
    return Parsed(f"boundaries_{vintages[0]}", {"icb_shapes": shapes})


def _features(content: bytes, file_name: str) -> list[Any]:
    try:
        collection = json.loads(content)
    except (ValueError, RecursionError) as error:
        raise SourceError(f"{file_name}: not readable as GeoJSON: it may be cut short.") from error
    found = collection.get("features") if isinstance(collection, dict) else None
    if not isinstance(found, list) or not found:
        raise LayoutChanged(file_name, "file", "a collection of features", type(found).__name__)
    more = collection.get("exceededTransferLimit") or (collection.get("properties") or {}).get(
        "exceededTransferLimit"
    )
    if more:
        raise SourceError(f"{file_name}: the service gave only part of the boards.")
    return found


def _shape(feature: Any, place: str, file_name: str) -> tuple[str, str, str, str]:
    """Vintage, ONS code, name and geometry of one board."""
    said = feature.get("properties") if isinstance(feature, dict) else None
    keys = [match for key in said or {} if (match := _CODE_KEY.fullmatch(str(key)))]
    if said is None or len(keys) != 1:
        raise LayoutChanged(file_name, place, "one ONS code of an ICB", said)
    code, name = str(said[keys[0][0]]), str(said.get(f"ICB{keys[0][1]}NM") or "").strip()
    if not _CODE.fullmatch(code) or not name:
        raise LayoutChanged(file_name, place, "an ONS code E54… and a name", (code, name))
    geometry = feature.get("geometry")
    if not _is_in_england(geometry):
        raise LayoutChanged(file_name, place, f"closed rings within England for {code}", "others")
    return f"20{keys[0][1]}", code, name, json.dumps(geometry, separators=(",", ":"))


def _is_in_england(geometry: Any) -> bool:
    """Whether a geometry is one or more polygons of closed rings of four or more points within England."""
    try:
        rings = list(_rings(geometry))
        return bool(rings) and all(_is_ring(ring) for ring in rings)
    except (TypeError, KeyError, ValueError):
        return False


def _rings(geometry: Any) -> Iterator[list[Any]]:
    kinds = {"Polygon": [geometry["coordinates"]], "MultiPolygon": geometry["coordinates"]}
    for polygon in kinds[geometry["type"]]:
        yield from polygon


def _is_ring(ring: list[Any]) -> bool:
    is_closed = len(ring) >= 4 and ring[0] == ring[-1]
    return is_closed and all(_WEST < x < _EAST and _SOUTH < y < _NORTH for x, y, *_ in ring)
