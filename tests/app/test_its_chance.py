"""“Was it more than chance?” as an analyst meets it: others with a year like this one, and what is chance."""

from pages.charts.shadows import HEIGHT
from tests.app.conftest import Open, charts_of, specs, text_of
from tests.app.test_its import opened, run_now

FEW = {"org": "RXR", "indicator": "ae_4h_all"}
SOME = {"org": "RXR", "indicator": "cancer_62d"}
CARRIED = {"org": "RWD", "indicator": "ae_4h_all", "covid": "none"}


def shadow_charts(page) -> list[int]:
    """Places of the charts as high as that of the shadows."""
    return [place for place, spec in enumerate(specs(page)) if spec.get("height") == HEIGHT]


def test_shadows_are_drawn_told_and_stand_in_a_table(open_page: Open) -> None:
    app = open_page("its", **SOME)
    run_now(app)
    told = (
        "3 organisations never in a programme had a year like this one before Feb 2025; over the first year "
        "from entry they changed by −2.8 points on average (range −4.7 points to −0.2 points), East "
        "Lancashire Hospitals by −3.0 points."
    )
    assert told in text_of(app)
    (place,) = shadow_charts(app)
    assert told in charts_of(app)[place].proto.alt
    # The same change as in the table of the rebound.
    assert app.table[0].value.loc["Observed change", "Figure"] == "−3.0 points"
    table = opened(app, "its-cancer_62d-RXR-shadows").dataframe[0].value
    assert table["Organisation"].iloc[0] == "East Lancashire Hospitals (RXR)"
    assert table["Organisation"].iloc[-1] == "Mean of the others"
    assert table["Change"].iloc[[0, -1]].to_list() == ["−3.0 points", "−2.8 points"]
    assert len(table) == 5
    assert {"Feb 2024", "Feb 2025"} <= set(table.columns)


def test_fewer_than_three_are_said_and_not_drawn(open_page: Open) -> None:
    app = open_page("its", **FEW)
    run_now(app)
    assert (
        "Of 69 organisations of its type never in a programme only 2 had a year like this one before "
        "Feb 2025: too few to show beside it."
    ) in text_of(app)
    assert not shadow_charts(app)


def test_the_formula_and_the_share_that_is_chance_stand_beside_the_rebound(
    open_page: Open,
) -> None:
    app = open_page("its", **FEW)
    run_now(app)
    told = text_of(app)
    assert "expects −0.5 points: a difference of −1.0 points." in told
    assert "Of the distance of three months from the mean of acute trusts, 28.7 % (95 %" in told


def test_a_reason_is_said_once(open_page: Open) -> None:
    app = open_page("its", **CARRIED)
    run_now(app)
    assert text_of(app).count("it was carried over from special measures") == 1
    assert "before entry are not shown, for the same reason." in text_of(app)
    assert not shadow_charts(app)


def test_quarters_say_why_there_are_none(open_page: Open) -> None:
    app = open_page("its", org="RXR", indicator="beds_occ_kh03")
    run_now(app)
    assert "before entry are not shown: its figures are not by month" in text_of(app)


def test_the_other_views_have_them_too(open_page: Open) -> None:
    for view in ("controlled", "synthetic"):
        app = open_page("its", view=view, **SOME)
        run_now(app)
        assert "3 organisations never in a programme had a year like this one" in text_of(app)
        assert shadow_charts(app)
