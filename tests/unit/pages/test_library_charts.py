"""Charts of the library: coverage, values by segment, reliability."""

from itertools import pairwise

import pytest

from pages.charts.coverage import describe_coverage, draw_coverage
from pages.charts.reliability import (
    describe_reliability,
    draw_reliability,
    lead_of_reliability,
    reliability_rows,
)
from pages.charts.theme import DARK, LIGHT, Tokens
from tests.unit.pages.chart_picture import compile_chart
from tests.unit.pages.chart_reading import all_rows, colours, marked, rows, texts, token_colours
from tests.unit.pages.made_library import RTT, made_coverage, made_reliability


def test_a_row_per_organisation_a_bar_per_stretch_a_heading_per_type() -> None:
    spec = draw_coverage(made_coverage(), RTT, LIGHT).to_dict()
    (bars,) = marked(spec, "rect")
    told = [(bar["org_name"], bar["told"], bar["stretch"], bar["reason"]) for bar in rows(bars)]
    assert told[:3] == [
        ("acute 000 NHS Trust", "a figure", "Jan 2024", "published"),
        ("acute 000 NHS Trust", "no figure", "Feb 2024", "not published"),
        ("acute 000 NHS Trust", "a figure", "Mar 2024 to Apr 2024 (2)", "published"),
    ]
    assert texts(spec)[:2] == ["Acute trusts (2)", "Ambulance trusts (1)"]


def test_organisations_do_not_overlap_and_stand_in_order_of_type_and_name() -> None:
    (bars,) = marked(draw_coverage(made_coverage(), RTT, LIGHT).to_dict(), "rect")
    published = [
        bar for bar in rows(bars) if bar["told"] == "a figure" and bar["stretch"] != "Jan 2024"
    ]
    assert [bar["org_name"][:9] for bar in published] == ["acute 000", "acute 001", "ambulance"]
    for upper, lower in pairwise(published):
        assert upper["below"] < lower["above"]


def test_a_gap_is_told_by_thickness_too_where_rows_have_room() -> None:
    (bars,) = marked(draw_coverage(made_coverage(), RTT, LIGHT).to_dict(), "rect")
    thick = {bar["told"]: bar["below"] - bar["above"] for bar in rows(bars)}
    assert thick["no figure"] < 0.6 * thick["a figure"]


def test_many_organisations_have_thin_rows_without_names_and_few_marks() -> None:
    spec = draw_coverage(made_coverage(acute=250), RTT, LIGHT).to_dict()
    assert "acute 100" not in texts(spec)
    assert "acute 001" in texts(draw_coverage(made_coverage(), RTT, LIGHT).to_dict())
    assert 420 <= spec["height"] <= 560
    assert all_rows(spec) < 5_000
    (bars,) = marked(spec, "rect")
    assert min(bar["below"] - bar["above"] for bar in rows(bars)) > 1


def test_coverage_in_words_counts_and_gives_the_commonest_reason() -> None:
    assert describe_coverage(made_coverage()) == (
        "11 of 12 expected figures (91.7 %) of 3 organisations are there. The commonest reason for a gap: "
        "not published (1)."
    )
    assert "(100.0 %)" in describe_coverage(made_coverage(acute=0))
    assert "gap" not in describe_coverage(made_coverage(acute=0))


def test_a_gap_among_thousands_is_never_rounded_to_all() -> None:
    assert "(99.9 %)" in describe_coverage(made_coverage(acute=600))


FOUND = {"ambulance": made_reliability(0.2, 10), "acute": made_reliability()}


def test_reliability_of_one_three_six_and_twelve_for_each_type_in_order() -> None:
    table = reliability_rows(FOUND, RTT)
    acute = table[table["kind"] == "Acute trusts (40)"]
    assert table["kind"].tolist()[0] == "Acute trusts (40)"
    assert acute["mean_of"].unique().tolist() == ["1 month", "3 months", "6 months", "12 months"]
    free = acute[acute["counted"].str.startswith("periods")].set_index("k")["estimate"]
    assert free.tolist() == pytest.approx([0.5, 0.75, 6 / 7, 12 / 13])
    # Alike at 0.5, each month is worth a third: three are worth one, twelve are worth four.
    alike = acute[acute["counted"].str.startswith("allowing")].set_index("k")
    assert alike["estimate"].tolist() == pytest.approx([0.5, 0.5, 2 / 3, 0.8])
    assert alike.loc[12, "within"] == "0.73 to 0.86"


def test_every_dot_has_its_interval() -> None:
    spec = draw_reliability(FOUND, RTT, LIGHT).to_dict()
    (intervals,) = [unit for unit in marked(spec, "rule") if "x2" in unit["encoding"]]
    rings, dots = marked(spec, "point")
    assert len(rows(intervals)) == len(rows(dots)) == len(rows(rings)) == 8
    for line, dot in zip(rows(intervals), rows(dots), strict=True):
        assert line["middle"] == dot["middle"]
        assert line["low"] < dot["estimate"] < line["high"]


def test_reliability_in_words() -> None:
    assert describe_reliability({"acute": made_reliability()}, RTT) == (
        "One month tells apart acute trusts with reliability 0.50 (0.40 to 0.60), the mean of three months "
        "0.50."
    )
    assert lead_of_reliability(FOUND, RTT) == (
        "One month tells acute trusts apart with reliability 0.50 (0.40 to 0.60); the mean of three months "
        "0.50, allowing for neighbouring months being alike (0.75 if they were independent). One month of "
        "the other types: 0.20."
    )


@pytest.mark.parametrize("tokens", [LIGHT, DARK], ids=["light", "dark"])
def test_both_use_the_colours_of_their_theme_alone_and_compile_without_complaint(
    tokens: Tokens, capfd: pytest.CaptureFixture[str]
) -> None:
    charts = [
        draw_coverage(made_coverage(), RTT, tokens),
        draw_reliability(FOUND, RTT, tokens),
    ]
    for chart in charts:
        spec = chart.to_dict()
        assert colours(spec) <= token_colours(tokens)
        compile_chart(spec)
    assert capfd.readouterr().err == ""
