"""What a chart holds, layer by layer, and what is written on it once it is drawn at a width."""

import json
import re
from typing import Any

import vl_convert


def layer_rows(unit: dict[str, Any]) -> list[dict[str, Any]]:
    """The rows of one layer, as they stand in the specification."""
    return unit["data"]["values"]


def written(spec: dict[str, Any], width: int) -> list[str]:
    """The words on the chart at `width` pixels, axes and legends included: which fit is decided only then."""
    svg = vl_convert.vegalite_to_svg(json.dumps(spec | {"width": width}))
    return [text for text in re.findall(r">([^<>]+)</t(?:ext|span)>", svg) if text.strip()]


def compile_chart(spec: dict[str, Any]) -> None:
    """Compile the chart as a browser would; what it has to complain of goes to standard error."""
    vl_convert.vegalite_to_vega(json.dumps(spec | {"width": 1000}), show_warnings=True)
