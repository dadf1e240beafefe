"""A chart as the browser draws it."""

from typing import Any

import altair as alt
from altair.utils import schemapi

# Tests check every chart against the schema as they write it out; checking each axis and scale of it as it
# is made, and the whole again at every draw, would take more time than all the rest.
schemapi.disable_debug_mode()


def spec_of(chart: alt.TopLevelMixin) -> dict[str, Any]:
    """The specification of a chart, not checked against the schema of Vega-Lite."""
    spec: dict[str, Any] = chart.to_dict(validate=False)
    return spec
