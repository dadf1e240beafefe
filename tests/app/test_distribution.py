"""The distribution as a reader meets it: five displays, each answered from the data or refused."""

import json
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from indicators.__main__ import main
from pages.parts.distribution.funnel import funnel_analysis
from sql.reads import read
from tests.app.conftest import all_rows, charts_of, lead, specs, text_of


def opened(open_page, display: str, **link):
    app = open_page("explorer", view="distribution", display=display, **link)
    assert not app.exception
    return app


def values(marts, indicator: str, period: str, org_type: str) -> pd.DataFrame:
    found = read(marts, "period_values", indicator=indicator, period=period)
    return found[found["org_type"] == org_type]


def test_the_spread_is_the_first_display_and_tells_quarters_and_tenths(open_page, marts) -> None:
    app = open_page("explorer", view="distribution")
    assert not app.exception
    assert app.title[0].value == "How far apart are organisations?"
    own = values(marts, "ae_4h_all", "2026-05-01", "acute")["value"]
    low, high = (f"{own.quantile(share):.1f} %" for share in (0.25, 0.75))
    assert f"May 2026: half of {len(own)} acute trusts lay between {low} and {high}" in lead(app)
    assert "known to be inside the RSP in May 2024 (the last period with five)" in lead(app)


def test_chosen_organisations_are_named_or_said_not_to_be_in_the_picture(open_page) -> None:
    app = opened(open_page, "band", orgs=["RXW", "RWP"])
    names = {row.get("text", "").replace("\n", " ") for row in all_rows(specs(app)[0])}
    assert {"Shrewsbury and Telford Hospital", "Worcestershire Acute Hospitals"} <= names
    other = opened(open_page, "funnel", orgs="RXW", org_type="community")
    assert "Not in this picture: Shrewsbury and Telford Hospital." in lead(other)


def test_segments_are_of_one_framework_and_say_where_they_are_circular(open_page, marts) -> None:
    app = opened(open_page, "segments")
    assert app.title[0].value == "Do the segments differ?"
    assert "Acute trusts, Oct to Dec 2025, NOF 2025/26 (118)." in lead(app)
    assert "Circular: this framework decides segments partly by this very indicator" in lead(app)
    rows = read(marts, "segment_values", indicator="ae_4h_all")
    is_shown = (rows["quarter_start"] == "2025-10-01") & (rows["org_type"] == "acute")
    worst = rows.loc[is_shown & (rows["segment"] == 4), "value"]
    assert f"segment 4: {worst.median():.1f} %" in lead(app)
    assert f"n = {len(worst)}." in lead(app)


def test_segments_of_an_earlier_framework_stand_alone(open_page) -> None:
    app = opened(open_page, "segments", org_type="icb", quarter="R1-2023Q4")
    assert "ICBs, Oct to Dec 2023, SOF 2021/22 and NOF 2022/23 (36)." in lead(app)
    assert "Circular" not in lead(app)
    assert "public pages named" in text_of(app)


def test_a_funnel_marks_who_is_outside_and_in_a_programme(open_page, marts) -> None:
    app = opened(open_page, "funnel", month="2023-05")
    assert "May 2023: 4 of 106 acute trusts lie outside the 99.8 % limits" in lead(app)
    assert "0.2 expected by chance" in lead(app)
    own = values(marts, "ae_4h_all", "2023-05-01", "acute")
    points = {row["org_code"]: row for row in all_rows(specs(app)[0]) if "where" in row}
    assert set(points) == set(own["org_code"])
    inside = {code for code, row in points.items() if row["is_inside"]}
    assert inside == set(own.loc[own["inside"].notna(), "org_code"])
    assert "RXW" in inside


@pytest.fixture
def run(tmp_path: Path, capsys):
    """Runs an analysis and its rows as the command line does, and gives its result."""

    def analysed(document: dict, rows: pd.DataFrame) -> dict:
        spec, data = tmp_path / "spec.json", tmp_path / "rows.csv"
        spec.write_text(json.dumps(document))
        rows.to_csv(data, index=False)
        assert main(["analyse", str(spec), "--data", str(data)]) == 0
        return json.loads(capsys.readouterr().out)

    return analysed


def test_the_analysis_of_a_funnel_gives_the_numbers_of_the_page(open_page, marts, run) -> None:
    result = run(*funnel_analysis(values(marts, "ae_4h_all", "2023-05-01", "acute")))
    assert (result["n"], result["outside"]) == (106, 4)
    words = lead(opened(open_page, "funnel", month="2023-05"))
    assert f"Overall {100 * result['target']:.1f} %" in words
    assert f"{result['phi']:,.1f} times" in words
    assert f"τ² = {result['tau2']:.2g}" in words


@pytest.mark.parametrize(
    ("indicator", "reason"),
    [
        ("rtt_wl", "it is no share of people or events"),
        ("sickness", "days or parts of posts added up"),
        ("beds_occ_sitrep", "averages of beds over days"),
    ],
)
def test_without_a_denominator_of_people_there_is_no_funnel(open_page, indicator, reason) -> None:
    app = opened(open_page, "funnel", indicator=indicator)
    assert charts_of(app) == []
    assert "No funnel can be drawn of" in lead(app)
    assert reason in lead(app)


def test_ranks_are_intervals_and_say_what_their_error_leaves_out(open_page) -> None:
    app = opened(open_page, "ranking", indicator="cancer_62d", orgs="RXW", month="2026-04")
    assert "Shrewsbury and Telford Hospital could lie anywhere from 34 to 80 of 116" in lead(app)
    assert "rankability" in lead(app)
    assert "leaves out that values truly change from month to month" in text_of(app)


def test_ranks_of_counts_rest_on_their_own_past(open_page) -> None:
    app = opened(open_page, "ranking", indicator="rtt_wl")
    assert "a straight line through the last 12 to 24 periods ends" in text_of(app)
    assert "That is because it is no share of people or events." in text_of(app)


def test_the_order_of_numbers_of_cases_is_said_to_be_one_of_size(open_page) -> None:
    note = "This is a number of cases"
    assert note in lead(opened(open_page, "ranking", indicator="rtt_wl"))
    assert note in lead(opened(open_page, "map", indicator="rtt_wl"))
    assert note not in lead(opened(open_page, "ranking", indicator="amb_c2_mean"))
    assert note not in lead(opened(open_page, "map", indicator="nof_segment"))


def test_figures_that_share_data_have_no_rank(open_page) -> None:
    """Growth over twelve months, given monthly: residuals of neighbours are alike by construction."""
    app = opened(open_page, "ranking", indicator="fte_change")
    assert charts_of(app) == []
    assert "neighbouring figures share data" in lead(app)


def test_organisations_in_no_tile_are_counted(open_page) -> None:
    """Of Bradford District Care (TAD) and Black Country Healthcare (TAJ) no region is on record."""
    app = opened(open_page, "map", indicator="ss_morale", org_type="mental_health")
    assert "In no tile, as no region of theirs is on record: 2." in text_of(app)


def test_the_segment_by_segment_says_that_it_is_the_same_thing(open_page) -> None:
    assert "the segment itself" in lead(opened(open_page, "segments", indicator="nof_segment"))


def test_a_rank_without_an_interval_is_not_shown(open_page) -> None:
    app = opened(open_page, "ranking", indicator="ss_morale")
    assert charts_of(app) == []
    assert "can be given an interval, so none is shown" in lead(app)


def test_the_map_shows_the_boards_of_its_month(open_page) -> None:
    assert "May 2026, own figures of 36 boards" in lead(opened(open_page, "map"))
    before = opened(open_page, "map", month="2026-03")
    assert "Mar 2026, own figures of 42 boards" in lead(before)
    names = {row.get("label") for row in all_rows(specs(before)[0])}
    assert {"Norfolk & Wav", "NW London"} <= names
    assert not {"Norfolk & Suffolk", "W & N London"} & names


def test_regions_have_the_median_of_their_trusts(open_page, marts) -> None:
    app = opened(open_page, "map", tiles="region")
    own = values(marts, "ae_4h_all", "2026-05-01", "acute")
    medians = own.groupby("region")["value"].median()
    assert f"from {medians.min():.1f} % in {medians.idxmin()}" in lead(app)
    assert f"to {medians.max():.1f} % in {medians.idxmax()}" in lead(app)
    assert len(medians) == 7


def test_without_figures_of_boards_there_are_regions_only(open_page) -> None:
    app = opened(open_page, "map", indicator="sickness")
    assert "medians of acute trusts of 7 regions" in lead(app)
    assert "Tiles" not in [box.label for box in app.selectbox]
    thin = opened(open_page, "map", indicator="amb_c2_mean")
    assert "Fewer than 5 organisations:" in text_of(thin)


@pytest.mark.parametrize("display", ["band", "segments", "funnel", "ranking", "map"])
def test_every_display_says_where_it_is_from_and_what_to_bear_in_mind(open_page, display) -> None:
    app = opened(open_page, display)
    assert "Source: NHS England" in text_of(app)
    boxes = [box.label for box in app.expander]
    assert {"How to read this", "The data behind this chart", "Method and caveats"} <= set(boxes)
    assert len(all_rows(specs(app)[0])) < 5000
    assert charts_of(app)[0].proto.alt


@pytest.mark.parametrize("display", ["band", "segments", "funnel", "ranking", "map"])
@pytest.mark.parametrize(
    "indicator",
    ["nof_segment", "ss_morale", "canc_28d", "community_52w", "amb_ho_15", "fte_change"],
)
def test_no_indicator_breaks_a_display(open_page, display, indicator) -> None:
    app = opened(open_page, display, indicator=indicator)
    assert np.isfinite(len(lead(app)))


def test_unknown_choices_are_dropped_with_a_note(open_page) -> None:
    app = open_page("explorer", view="distribution", display="violin")
    assert "“violin”, which is not among the choices here" in app.info[0].value
    assert app.title[0].value == "How far apart are organisations?"
    month = opened(open_page, "funnel", month="1999-01")
    assert "“1999-01”, which is not among the choices here" in month.info[0].value
