"""The Variation page: both views answer in a sentence, keep to small numbers, and restore from links."""

import json

import pytest

from tests.app.conftest import all_rows, charts_of, specs, text_of, titles


def test_the_breakdown_answers_and_says_what_may_be_chance(open_page) -> None:
    app = open_page("variation")
    assert len(app.exception) == 0
    text = text_of(app)
    assert "Of the 263 organisations open while it ran, 36 are on record" in text
    assert "South East differs from the figure of all" in text
    assert "Whole systems entered together" in text
    assert titles(app) == ["Ever inside, by region"]
    assert "South East: 11 of 38" in charts_of(app)[0].proto.alt


@pytest.mark.parametrize("by", ["region", "icb", "org_type", "pathway", "route", "era"])
@pytest.mark.parametrize("measure", ["inside", "share", "time", "left", "returned"])
def test_every_measure_by_everything_is_drawn_or_refused_with_a_reason(
    open_page, by: str, measure: str
) -> None:
    app = open_page("variation", by=by, measure=measure)
    assert [error.message for error in app.exception] == []
    assert len(charts_of(app)) + len(app.info) == 1


@pytest.mark.parametrize("programme", ["special-measures", "successors"])
def test_each_group_of_programmes_stands_by_itself(open_page, programme: str) -> None:
    app = open_page("variation", programme=programme, measure="left")
    assert len(app.exception) == 0
    spells = {"special-measures": "55 spells", "successors": "6 spells"}[programme]
    assert spells in text_of(app)


def test_no_rate_is_drawn_under_five(open_page) -> None:
    app = open_page("variation", measure="left")
    drawn = [row for row in all_rows(specs(app)[0]) if row.get("estimate") is not None]
    assert {row["label"] for row in drawn} == {"Midlands", "North West", "South East", "All"}
    assert all(row["n"] >= 5 for row in drawn)
    assert "London: 2 of 3: too few for a rate" in charts_of(app)[0].proto.alt


def test_rates_by_pathway_are_refused_because_they_repeat_the_groups(open_page) -> None:
    app = open_page("variation", by="pathway", measure="left")
    assert charts_of(app) == []
    assert "only repeat how the groups were made" in app.info[0].value


def test_eras_and_programmes_have_rows_of_their_own(open_page) -> None:
    app = open_page("variation", by="era", measure="returned")
    alt = charts_of(app)[0].proto.alt
    assert "Special measures, entered before Oct 2016: 14.3 % (3 of 21)" in alt
    assert "All:" not in alt


def test_the_protocols_design_is_what_the_sampler_starts_from(open_page) -> None:
    app = open_page("variation", view="sampling")
    assert len(app.exception) == 0
    text = text_of(app)
    assert (
        "These 9 sites cover 3 of 3 pathways, 7 of 7 regions, 4 of 4 types and 5 of 5 known years of entry."
        in text
    )
    assert "Every quota is kept." in text
    assert "9 sites cover 19 of 19 kinds. Missed: none." in charts_of(app)[0].proto.alt
    assert "confidential" in text
    assert "Norfolk and Waveney ICB, Solent" in text


def test_the_table_gives_reasons_comparators_and_segments(open_page) -> None:
    table = open_page("variation", view="sampling").dataframe[0].value
    assert len(table) == 9
    assert table["Why it is in"].str.len().min() > 0
    assert table["Comparator's code"].is_unique
    assert table["Match"].str.contains("times the size").all()
    assert (table["Comparator's segment last stated"] != "").all()
    assert table["Size"].str.contains(r"staff \(Jan to Mar 2025\)|waiting \(Apr 2026\)").all()


def test_must_and_left_out_come_from_the_link(open_page) -> None:
    app = open_page("variation", view="sampling", must=["RHA"], exclude=["RVV"])
    codes = set(app.dataframe[0].value["Code"])
    assert "RHA" in codes
    assert "RVV" not in codes


def test_a_quota_that_cannot_be_kept_is_told_not_refused(open_page) -> None:
    app = open_page("variation", view="sampling", exclude=["RVV"])
    assert "wanted 2 to 3, in the set 1, because only 1 candidate is of this kind" in (
        app.warning[0].value
    )
    assert "Not every quota is kept" in text_of(app)
    assert len(app.dataframe[0].value) == 9


def test_the_same_link_gives_the_same_set_and_another_seed_another(open_page) -> None:
    first, again, other = (
        set(open_page("variation", view="sampling", seed=seed).dataframe[0].value["Code"])
        for seed in ("7", "7", "8")
    )
    assert first == again
    assert first != other


def test_the_settings_can_be_taken_away(open_page) -> None:
    app = open_page("variation", view="sampling", n="7", seed="3")
    (button,) = [box for box in app.get("download_button") if "JSON" in box.proto.label]
    assert button.proto.label == "Download the settings as JSON"


@pytest.mark.parametrize("link", [{"n": "0"}, {"n": "many"}, {"seed": "-1"}])
def test_a_number_that_cannot_be_is_dropped_with_a_note(open_page, link: dict[str, str]) -> None:
    app = open_page("variation", view="sampling", **link)
    assert "which is not among the choices here" in app.info[0].value
    assert not set(link) & set(app.query_params)
    assert "These 9 sites" in text_of(app)


def test_an_unknown_view_is_dropped_with_a_note(open_page) -> None:
    app = open_page("variation", view="league")
    assert "“league”" in app.info[0].value
    assert json.loads(charts_of(app)[0].proto.spec)["title"]["text"] == ["Ever inside, by region"]
