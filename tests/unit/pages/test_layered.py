"""Layers laid over each other are what Altair's own layering makes of them."""

import json
import re
from typing import Any

import altair as alt
import pandas as pd

from pages.charts.layers.layered import Layered, laid_over

ROWS = pd.DataFrame({"month": [1, 2, 3], "value": [2.0, 3.5, 1.0]})
OTHERS = pd.DataFrame({"month": [1, 3], "value": [1.0, 2.0]})


def line(rows: Any = alt.Undefined) -> alt.Chart:
    return alt.Chart(rows).mark_line().encode(x=alt.X("month:Q"), y=alt.Y("value:Q"))


def points(rows: Any = alt.Undefined) -> alt.Chart:
    chosen = alt.selection_point(name="chosen", fields=["month"])
    return line(rows).mark_point().add_params(chosen)


def drawn(chart: alt.LayerChart) -> dict[str, Any]:
    """The specification, checked, with views named in order: Altair's names are of no account."""
    text = json.dumps(chart.to_dict())
    for place, name in enumerate(dict.fromkeys(re.findall(r"view_\w+", text))):
        text = text.replace(f'"{name}"', f'"view {place}"')
    return json.loads(text)


def test_layers_with_data_of_their_own() -> None:
    layers = line(ROWS), line(OTHERS)
    assert drawn(laid_over(*layers)) == drawn(alt.layer(*layers))


def test_data_that_every_layer_has_belong_to_the_whole() -> None:
    made = drawn(laid_over(line(ROWS), line(ROWS)))
    assert made == drawn(alt.layer(line(ROWS), line(ROWS)))
    assert "data" in made
    assert not any("data" in layer for layer in made["layer"])


def test_data_given_to_the_whole() -> None:
    assert drawn(laid_over(line(), line(), data=ROWS)) == drawn(
        alt.layer(line(), line(), data=ROWS)
    )


def test_what_can_be_chosen_belongs_to_the_whole_and_names_its_layer() -> None:
    made = drawn(laid_over(line(ROWS), points(OTHERS)))
    assert made == drawn(alt.layer(line(ROWS), points(OTHERS)))
    (param,) = made["params"]
    assert param["views"] == [made["layer"][1]["name"]]


def test_a_chart_within_a_chart_hands_up_what_can_be_chosen() -> None:
    inner = laid_over(points(), line(), data=ROWS)
    theirs = alt.layer(points(), line(), data=ROWS)
    assert drawn(laid_over(line(OTHERS), inner)) == drawn(alt.layer(line(OTHERS), theirs))


def test_layers_given_are_not_altered() -> None:
    layers = points(ROWS), points(ROWS)
    before = [layer.to_dict() for layer in layers]
    laid_over(laid_over(*layers[:1]), layers[1]).to_dict()
    assert [layer.to_dict() for layer in layers] == before


def test_layers_are_not_copied() -> None:
    under, over = line(ROWS), line(OTHERS)
    whole = laid_over(under, over).properties(width=300)
    assert isinstance(whole, Layered)
    assert whole.layer[0] is under
    assert whole.layer[1] is over
