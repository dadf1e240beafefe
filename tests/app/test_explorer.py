"""The views of the Explorer on the published bundle: their answers, choices and limits."""

from html import unescape

import pytest
from pyarrow.ipc import open_stream
from streamlit.testing.v1 import AppTest

from tests.app.conftest import all_rows, charts_of, specs, text_of


def words_of(app: AppTest) -> str:
    """The page's words and the takeaway of its chart."""
    return text_of(app) + charts_of(app)[0].proto.alt


@pytest.mark.parametrize("scale", ["difference", "percent"])
def test_the_aligned_view_has_other_scales_and_says_what_they_are(open_page, scale) -> None:
    app = open_page("explorer", indicator="rtt_18w", scale=scale)
    note = {
        "difference": "minus the median, in its period",
        "percent": "after a trough all is inflated",
    }[scale]
    assert note in text_of(app)
    assert "aligned at entry" in charts_of(app)[0].proto.alt
    assert len(app.exception) == 0


@pytest.mark.parametrize("indicator", ["fte_change", "ss_morale"])
def test_a_scale_that_means_nothing_is_not_offered(open_page, indicator: str) -> None:
    """Growth has no per cent of its mean; of the survey's one year each figure would be 100 %."""
    app = open_page("explorer", indicator=indicator, scale="percent")
    assert "“percent”, which is not among the choices here" in app.info[0].value
    assert charts_of(app)


def test_a_trajectory_tells_the_change_since_entry_beside_its_peers(open_page) -> None:
    """Shrewsbury and Telford (RXW), four-hour waits: means of April to June 2021 and March to May 2026."""
    app = open_page("explorer", view="trajectory", org="RXW")
    words = text_of(app)
    assert "53.0 % in May 2026" in words
    assert (
        "Since it entered RSP in Jul 2021 (moved over from special measures): −18.2 points, from 72.4 % "
        "(mean of Apr to Jun 2021, before the first month exposed) to 54.1 % (mean of Mar to May 2026); "
        in words
    )
    assert "This shows no effect of support." in words
    assert app.title[0].value.startswith("Shrewsbury and Telford Hospital")


def test_a_trajectorys_year_before_may_lie_outside_the_months_shown(open_page) -> None:
    """Four-hour waits at Shrewsbury and Telford in December: 44.7 % in 2022, 58.2 % in 2021."""
    app = open_page(
        "explorer", view="trajectory", org="RXW", **{"from": "2022-01", "to": "2022-12"}
    )
    assert "44.7 % in Dec 2022; 12 months earlier 58.2 %" in text_of(app)


def test_peers_of_a_trust_that_closed_are_those_of_its_last_month(open_page) -> None:
    """Heart of England (RR1) last reported its waiting list for May 2018."""
    words = text_of(open_page("explorer", view="trajectory", org="RR1", indicator="rtt_wl"))
    assert "acute trusts in May 2018, itself included" in words


def test_a_trajectorys_peers_may_be_of_its_region_and_a_few_give_no_band(open_page) -> None:
    near = open_page("explorer", view="trajectory", org="RXW", peers="region")
    assert "acute trusts in Midlands" in text_of(near)
    few = open_page(
        "explorer", view="trajectory", org="RYC", indicator="amb_c2_mean", peers="region"
    )
    assert "fewer than five, so no band is drawn" in text_of(few)
    assert not any("p10" in row for row in all_rows(specs(few)[0]))


def test_history_is_a_choice_only_where_others_were_taken_over(open_page) -> None:
    def labels(org: str) -> list[str]:
        app = open_page("explorer", view="trajectory", org=org, indicator="rtt_wl")
        return [box.label for box in app.selectbox]

    assert "History before mergers" in labels("RAL")
    assert "History before mergers" not in labels("RXW")


def test_events_can_be_switched_off(open_page) -> None:
    link = {"view": "trajectory", "org": "RXW"}
    marked = all_rows(specs(open_page("explorer", **link))[0])
    assert [row["letter"] for row in marked if row.get("kind") == "cqc"]
    plain = all_rows(specs(open_page("explorer", marks="none", **link))[0])
    assert not [row for row in plain if row.get("kind") == "cqc"]


def test_a_trajectory_shows_the_months_of_its_link(open_page) -> None:
    app = open_page(
        "explorer", view="trajectory", org="RXW", **{"from": "2022-01", "to": "2023-12"}
    )
    own = [row for row in all_rows(specs(app)[0]) if "shown" in row and "organisation" in row]
    assert {row["period_start"][:4] for row in own} == {"2022", "2023"}
    assert len(app.info) == 0


@pytest.mark.parametrize("view", ["trajectory", "compare", "multiples"])
def test_one_period_alone_is_no_course(open_page, view) -> None:
    app = open_page("explorer", view=view, indicator="ss_morale")
    assert "One period alone is published" in text_of(app)
    assert charts_of(app) == []
    assert len(app.exception) == 0


def test_comparing_tells_where_each_stands_and_how_it_moved_in_a_year(open_page) -> None:
    app = open_page("explorer", view="compare", orgs=["RXW", "RYR", "RWP"])
    words = text_of(app)
    assert (
        "May 2026, with the change over a year: Worcestershire Acute Hospitals 71.9 % (+6.8 points)"
        in words
    )
    assert "Shrewsbury and Telford Hospital 53.0 % (+3.5 points)" in words
    assert "Closest together" in words
    table = app.table[0].value
    assert table["Organisation"].iloc[0] == "Shrewsbury and Telford Hospital"
    assert table["Variation"].str.contains("pecial cause|ommon cause|Too few").all()


def test_months_shown_hide_no_figure_of_the_year_before(open_page) -> None:
    """Four-hour waits at Shrewsbury and Telford in December: 44.7 % in 2022, 58.2 % in 2021."""
    app = open_page(
        "explorer", view="compare", orgs=["RXW", "RQM"], **{"from": "2022-01", "to": "2022-12"}
    )
    row = app.table[0].value.iloc[0]
    assert (row["Latest"], row["A year before"], row["Periods"]) == ("44.7 %", "58.2 %", 12)
    assert "No figure in these months: Chelsea and Westminster Hospital." in text_of(app)


def test_organisations_of_several_types_can_be_indexed(open_page) -> None:
    app = open_page(
        "explorer", view="compare", indicator="sickness", orgs=["RXW", "RYC"], values="index"
    )
    assert len(app.exception) == 0
    assert "On the chart 100 is each one's figure in Apr to Jun 2009." in unescape(text_of(app))


def test_without_a_choice_those_that_entered_last_are_compared(open_page) -> None:
    table = open_page("explorer", view="compare").table[0].value
    assert len(table) == 4
    assert "Hull University Teaching Hospitals" in set(table["Organisation"])


def test_an_index_starts_at_100_and_keeps_the_published_figures_in_words(open_page) -> None:
    app = open_page("explorer", view="compare", orgs=["RXW", "RF4"], values="index")
    assert "On the chart 100 is each one's figure in Apr 2016." in unescape(text_of(app))
    first = [row for row in all_rows(specs(app)[0]) if row.get("when") == "Apr 2016"]
    assert [row["value"] for row in first] == [100, 100]
    assert {row["index"] for row in first} == {"100.0"}
    assert all(row["shown"].endswith(" %") for row in first)


def test_growth_cannot_be_indexed_and_different_types_share_no_peers(open_page) -> None:
    app = open_page("explorer", view="compare", indicator="fte_change", orgs=["RXW", "RYC"])
    assert [control.label for control in app.segmented_control] == ["View"]
    assert "not all of one type" in text_of(app)


def test_a_seventh_organisation_is_left_out_with_a_note(open_page) -> None:
    seven = ["RXW", "RYR", "RWP", "RF4", "RAL", "RDE", "RGR"]
    app = open_page("explorer", view="compare", orgs=seven)
    assert "“RGR” beyond the 6 that have room: left out" in app.info[0].value
    assert len(app.table[0].value) == 6


def test_small_charts_tell_how_many_rose_and_fell_beside_their_peers(open_page) -> None:
    app = open_page("explorer", view="multiples")
    alt = charts_of(app)[0].proto.alt
    assert "28 organisations on record in the Recovery Support Programme have figures" in alt
    assert (
        "to that of the latest three 8 rose and 5 fell; of their types' median changes over the same months, "
        "of organisations never in a programme, 4 rose and 9 fell" in alt
    )
    assert "for 14 no source gives the month of entry" in alt
    assert "no effect" in alt


def names_in_order(app: AppTest) -> list[str]:
    return list(next(box for box in app.selectbox if box.label == "Open a control chart").options)


def test_small_charts_are_in_order_of_entry_or_of_change(open_page) -> None:
    by_entry = names_in_order(open_page("explorer", view="multiples"))
    by_change = names_in_order(open_page("explorer", view="multiples", sort="change"))
    assert sorted(by_entry) == sorted(by_change)
    assert by_change[0].startswith("Barking, Havering and Redbridge")
    assert by_entry.index("Shrewsbury and Telford Hospital") < by_entry.index("Medway") + 6


def test_the_widget_twin_of_a_click_opens_the_control_chart(open_page) -> None:
    app = open_page("explorer", view="multiples", indicator="rtt_18w")
    box = next(box for box in app.selectbox if box.label == "Open a control chart")
    box.set_value("RXW").run()
    assert app.query_params["view"] in ("control-chart", ["control-chart"])
    assert app.query_params["org"] in ("RXW", ["RXW"])
    assert app.query_params["indicator"] in ("rtt_18w", ["rtt_18w"])


def rows_drawn(app: AppTest) -> int:
    """Rows of data of the page's chart, those that Streamlit sends apart included."""
    apart = charts_of(app)[0].proto.data.data
    return open_stream(apart).read_all().num_rows + len(all_rows(specs(app)[0]))


@pytest.mark.parametrize("indicator", ["fte_change", "rtt_wl", "ae_4h_all"])
def test_small_charts_stay_below_five_thousand_marks(open_page, indicator) -> None:
    """The indicator with the most figures, every programme and every month there is."""
    everything = ["qsm", "fsm", "rsp", "pip", "irp"]
    first = {"fte_change": "2010-09", "rtt_wl": "2015-10", "ae_4h_all": "2016-04"}[indicator]
    app = open_page(
        "explorer", view="multiples", indicator=indicator, programme=everything, **{"from": first}
    )
    assert len(app.info) == 0
    assert 4_000 < rows_drawn(app) <= 5_000
    assert "are left out: too many to draw" in text_of(app)
