"""The specification that a page draws is the one that the tests of charts check."""

import altair as alt
import pandas as pd
import pytest
from altair.utils.schemapi import SchemaValidationError

from pages.charts.layers.layered import laid_over
from pages.parts.specs import spec_of

CHART = alt.Chart(pd.DataFrame({"a": [1, 2], "b": ["x", "y"]})).mark_bar().encode(x="a:Q", y="b:N")


@pytest.mark.parametrize("chart", [CHART, laid_over(CHART, CHART)])
def test_it_is_the_checked_one(chart: alt.Chart | alt.LayerChart) -> None:
    assert spec_of(chart) == chart.to_dict()


def test_writing_out_a_chart_elsewhere_still_checks_all_of_it() -> None:
    wrong = CHART.mark_bar(opacity="half")
    with pytest.raises(SchemaValidationError):
        laid_over(CHART, wrong).to_dict()
