"""What is written on a chart once it is drawn at a width: which words fit is decided only then."""

import json
import re
from typing import Any

import vl_convert


def written(spec: dict[str, Any], width: int) -> list[str]:
    """The words on the chart at `width` pixels, axes and legends included."""
    svg = vl_convert.vegalite_to_svg(json.dumps(spec | {"width": width}))
    return [text for text in re.findall(r">([^<>]+)</text>", svg) if text.strip()]
