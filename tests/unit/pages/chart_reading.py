"""Reading a chart's specification the way its tests need it."""

import json
import re
from dataclasses import asdict
from typing import Any

from pages.charts.theme import Tokens

_HEX = re.compile(r"#[0-9A-Fa-f]{6}")


def units(spec: dict[str, Any]) -> list[dict[str, Any]]:
    """Every single layer, however deep it lies, with the data it inherits."""
    if "layer" not in spec:
        return [spec]
    data = {"data": spec["data"]} if "data" in spec else {}
    return [unit for layer in spec["layer"] for unit in units(data | layer)]


def marked(spec: dict[str, Any], mark: str, **properties: Any) -> list[dict[str, Any]]:
    """The layers with this mark and these mark properties."""
    return [
        unit
        for unit in units(spec)
        if unit["mark"]["type"] == mark
        and all(unit["mark"].get(name) == value for name, value in properties.items())
    ]


def rows(unit: dict[str, Any]) -> list[dict[str, Any]]:
    """The data of one layer."""
    return unit["data"]["values"]


def all_rows(spec: dict[str, Any]) -> int:
    """How many rows of data the chart carries."""
    own = len(spec.get("data", {}).get("values", []))
    return own + sum(all_rows(layer) for layer in spec.get("layer", []))


def texts(spec: dict[str, Any]) -> list[str]:
    """Every word written on the chart by a text layer, each once."""
    found = []
    for unit in marked(spec, "text"):
        field = unit["encoding"]["text"]["field"]
        found += [row[field] for row in rows(unit)]
    return list(dict.fromkeys(found))


def colours(spec: dict[str, Any]) -> set[str]:
    """Every colour written anywhere in the chart, opacity left out."""
    return set(_HEX.findall(json.dumps(spec)))


def token_colours(tokens: Tokens) -> set[str]:
    """Every colour of a theme."""
    return set(_HEX.findall(json.dumps(asdict(tokens))))
