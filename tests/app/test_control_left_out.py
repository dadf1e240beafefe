"""Control charts of awkward series: few cases, gaps, shared data. The page says why it judges nothing."""

import pytest

from tests.app.conftest import Open, charts_of, text_of


def view(open_page: Open, **link: str) -> str:
    app = open_page("explorer", view="control-chart", **link)
    assert not app.exception
    return text_of(app) + " ".join(chart.proto.alt for chart in charts_of(app))


def test_values_of_few_cases_are_counted_and_said_to_be_left_out(open_page: Open) -> None:
    """Clatterbridge Cancer Centre's diagnostics: fewer than 20 waited in 8 of 18 months."""
    told = view(open_page, org="REN", indicator="dm01_6w")
    assert "8 values of fewer than 20 cases are left out: chance alone moves them too far." in told


def test_all_of_few_cases_gives_no_chart_and_says_so(open_page: Open) -> None:
    told = view(open_page, org="RQ3", indicator="cancer_62d")
    assert "It has no value of 20 cases or more in these months." in told


@pytest.mark.parametrize("limits", ["all", "frozen"])
def test_figures_that_share_data_are_not_judged(open_page: Open, limits: str) -> None:
    told = view(open_page, org="RXW", indicator="fte_change", limits=limits)
    assert "Neighbouring figures share data: no rule is judged there, and there is no icon." in told
    assert "No icon: neighbouring figures share data" in told
    assert "Special cause" not in told


@pytest.mark.parametrize("link", [{}, {"season": "yes"}, {"chart": "p_prime"}])
def test_a_series_with_gaps_is_not_judged_whichever_the_chart(
    open_page: Open, link: dict[str, str]
) -> None:
    told = view(open_page, org="RXW", indicator="dm01_6w", **link)
    assert "Over a fifth of its periods are missing: no rule is judged there" in told
    assert "Fewer than 12 points" not in told
