"""The views of the Explorer on the published bundle: their answers, choices and limits."""

import pytest
from streamlit.testing.v1 import AppTest

from tests.app.conftest import charts_of, text_of


def words_of(app: AppTest) -> str:
    """The page's words and the takeaway of its chart."""
    return text_of(app) + charts_of(app)[0].proto.alt


@pytest.mark.parametrize("scale", ["difference", "percent"])
def test_the_aligned_view_has_other_scales_and_says_what_they_are(open_page, scale) -> None:
    app = open_page("explorer", indicator="rtt_18w", scale=scale)
    note = {"difference": "minus the median", "percent": "inflates all that follows"}[scale]
    assert note in text_of(app)
    assert "aligned at entry" in charts_of(app)[0].proto.alt
    assert len(app.exception) == 0


def test_a_scale_that_means_nothing_for_the_unit_is_not_offered(open_page) -> None:
    app = open_page("explorer", indicator="fte_change", scale="percent")
    assert "“percent”, which is not known here" in app.info[0].value
    assert charts_of(app)
