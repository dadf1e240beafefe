"""The page of pooled evidence: its sentences, charts and tables are those of the command, or say why not."""

from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from indicators.analyses.running import analyse
from tests.app.conftest import Open, all_rows, lead, specs, text_of

DOCUMENT = {"analysis": "pooled", "indicator": "ae_4h_all"}
CAUSAL = ("because of", "thanks to", "caused by", "impact", "worked", "significant", "treated")


@pytest.fixture
def entry(warehouse: Path, monkeypatch: pytest.MonkeyPatch) -> dict[str, Any]:
    monkeypatch.setenv("DATA_DIR", str(warehouse))
    return analyse(DOCUMENT | {"event": "entry"})


def points(change: float) -> str:
    told = f"{abs(change):.1f} points"
    return told if told == "0.0 points" else ("−" if change < 0 else "+") + told


def table(app: AppTest, name: str, label: str) -> Any:
    """A folded table of the page, opened."""
    app.session_state[f"table.pooled-ae_4h_all-entry-{name}"] = True
    return next(one.value for one in app.run().dataframe if label in one.value.columns)


def test_the_lead_tells_how_many_the_mean_and_the_excess_each_with_its_interval(
    open_page: Open, entry: dict[str, Any]
) -> None:
    app = open_page("pooled")
    assert [error.message for error in app.exception] == []
    assert app.title[0].value == "What did organisations do after entering, beside others?"
    told, excess = lead(app), entry["rebound"]["regression"]
    mean = {**entry["pooled"], **entry["shared_controls"]}
    every = len(entry["units"]) + len(entry["left_out"])
    assert f"{len(entry['units'])} of {every} entries on record can be judged" in told
    assert f"moved on average by {points(mean['estimate'])} against those beside them" in told
    interval = f"95 % interval {points(mean['ci_low'])} to {points(mean['ci_high'])}"
    assert f"uncertain, {interval}" in told
    assert f"rebound to be expected anyway lie {points(excess['excess'])}: uncertain" in told
    assert not [word for word in CAUSAL if word in text_of(app).lower()]


def test_the_forest_has_every_effect_and_a_diamond_as_wide_as_the_interval(
    open_page: Open, entry: dict[str, Any]
) -> None:
    drawn = all_rows(specs(open_page("pooled"))[0])
    effects = [row["estimate"] for row in drawn if "shown_low" in row]
    assert sorted(set(effects)) == pytest.approx(sorted(one["effect"] for one in entry["units"]))
    mean = {**entry["pooled"], **entry["shared_controls"]}
    corners = [row["at"] for row in drawn if "thick" in row]
    assert corners == pytest.approx([mean["ci_low"], mean["estimate"], mean["ci_high"]])
    (further,) = [
        row for row in drawn if row.get("label") == "Where one more would lie" and "low" in row
    ]
    assert further["low"] == pytest.approx(mean["prediction_low"])


def test_the_event_study_has_its_band_and_the_number_of_organisations(
    open_page: Open, entry: dict[str, Any]
) -> None:
    drawn = all_rows(specs(open_page("pooled"))[1])
    bands = {row["event_time"]: row["band_low"] for row in drawn if "band_low" in row}
    expected = {one["event_time"]: one["band_low"] for one in entry["event_study"]}
    assert bands == pytest.approx(expected)
    numbers = [row["words"] for row in drawn if str(row.get("words", "")).isdigit()]
    assert numbers == [str(one["n_units"]) for one in entry["event_study"]]


def test_who_is_left_out_and_why_is_counted_and_named(
    open_page: Open, entry: dict[str, Any]
) -> None:
    app = open_page("pooled")
    counted = next(one.value for one in app.table if one.value.index.name == "Why left out")
    reasons = Counter(one["reason"] for one in entry["left_out"])
    assert counted["How many"].to_dict() == dict(reasons)
    assert len(table(app, "left-out", "Reason")) == len(entry["left_out"])


def test_checks_and_other_controls_are_those_of_the_command(
    open_page: Open, entry: dict[str, Any]
) -> None:
    app = open_page("pooled")
    text = text_of(app)
    assert f"with p {entry['randomisation_p']:.3f} (the least possible is 0.001)" in text
    without = [one["pooled_without"] for one in entry["units"]]
    assert f"lies between {points(min(without))} and {points(max(without))}" in text
    checks = next(one.value for one in app.dataframe if "Estimate" in one.value.columns)
    cross = checks.set_index("Estimate").loc["Cross-check by Callaway and Sant’Anna"]
    found = entry["callaway_santanna"]
    assert cross["Mean effect"] == points(found["att"])
    assert cross["95 % from"] == points(found["att"] - 1.959964 * found["se"])
    beside = table(app, "controls", "Beside")
    assert beside["Mean effect"].tolist() == [points(one["estimate"]) for one in entry["compared"]]
    assert "Read what was to be expected anyway before the effect." in text


def test_exits_are_called_descriptive_and_have_no_mean_below_the_minima(open_page: Open) -> None:
    result = analyse(DOCUMENT | {"event": "exit"})
    app = open_page("pooled", view="exit")
    assert result["pooled"] is None
    assert "Descriptive only: who leaves is chosen by how it did" in lead(app)
    numbers = f"there are {result['n_entrants']} and {result['n_controls']}"
    assert f"it needs 8 organisations with an exit and 20 beside them, and {numbers}" in lead(app)
    known = len(result["units"]) + sum(bool(one["left"]) for one in result["left_out"])
    assert f"{len(result['units'])} of {known} exits known to the month" in lead(app)
    (forest,) = specs(app)
    assert not [row for row in all_rows(forest) if "thick" in row]


def test_spillover_says_why_it_cannot_be_judged(open_page: Open) -> None:
    app = open_page("pooled", view="spillover")
    assert [error.message for error in app.exception] == []
    assert "None of 34 exposures on record can be judged" in lead(app)
    assert "no source gives the entry of its neighbour to the month" in lead(app)
    assert specs(app) == []
    counted = next(one.value for one in app.table if one.value.index.name == "Why left out")
    assert counted["How many"].sum() == 34


def test_figures_that_share_data_are_refused_in_a_sentence(open_page: Open) -> None:
    app = open_page("pooled", indicator="fte_change")
    assert [error.message for error in app.exception] == []
    assert "share data with the ones before" in lead(app)
    assert specs(app) == []


def test_the_address_is_the_state_and_unknown_values_are_dropped(open_page: Open) -> None:
    app = open_page("pooled", controls="never", base="early", view="sideways")
    assert "sideways" in " ".join(note.value for note in app.info)
    result = analyse(DOCUMENT | {"controls": "never", "base": [-12, -7]})
    told = lead(app)
    assert "From months 12 to 7 before to the year after" in told
    assert f"moved on average by {points(result['pooled']['estimate'])}" in told
    assert "organisations never in a programme nor in segment 4" in told


def test_the_lead_says_which_programme_they_entered_whatever_is_asked_for(
    open_page: Open, entry: dict[str, Any]
) -> None:
    told = entry["programmes"]
    counted = f"Of these {told['special-measures']} entered special measures and {told['rsp']} the"
    assert counted in lead(open_page("pooled"))
    early = open_page("pooled", programme="special-measures")
    assert [error.message for error in early.exception] == []
    alone = "All entered special measures: nothing is said of the Recovery Support Programme."
    assert alone in lead(early)
    late = lead(open_page("pooled", programme="rsp"))
    assert "All entered the Recovery Support Programme or what followed it." in late
    assert f"and there are {told['rsp']} and" in late
    exits = open_page("pooled", view="exit")
    assert "All left special measures" in lead(exits)
    assert "how much of it was to be expected anyway is not defined" in lead(exits)


def test_all_months_inside_are_a_choice(open_page: Open) -> None:
    app = open_page("pooled", over="inside", indicator="beds_occ_kh03")
    assert [error.message for error in app.exception] == []
    result = analyse(DOCUMENT | {"event": "programme", "indicator": "beds_occ_kh03"})
    told = lead(app)
    assert app.title[0].value == "What did organisations do while inside, beside others?"
    assert "From the year before to all months inside" in told
    assert f"moved on average by {points(result['pooled']['estimate'])}" in told
    assert "short stays flatter" in text_of(app)
    app.session_state["table.pooled-beds_occ_kh03-programme-effects"] = True
    effects = next(one.value for one in app.run().dataframe if "Months inside" in one.value.columns)
    assert effects["Months inside"].tolist() == [one["months"] for one in result["units"]]


def test_what_the_mean_withstands_is_said_under_the_checks(
    open_page: Open, entry: dict[str, Any]
) -> None:
    found, text = entry["honest"], text_of(open_page("pooled"))
    line = f"the first year’s mean would be {points(found['line']['estimate'])}, 95 % interval"
    assert line in text
    assert found["breakdown"] is None
    assert "so the mean would not survive even a steady drift" in text


def test_spillover_tells_the_direct_effect_with_and_without_exposed_neighbours(
    open_page: Open, entry: dict[str, Any]
) -> None:
    app = open_page("pooled", view="spillover")
    shown = next(one.value for one in app.table if one.value.index.name == "Beside entrants")
    compared = {one["controls"]: one["estimate"] for one in entry["compared"]}
    expected = [points(compared[name]) for name in ("segment_3", "unexposed")]
    assert shown["Mean effect"].tolist() == expected
    text = text_of(app)
    move = points(compared["unexposed"] - compared["segment_3"])
    assert f"moves the mean effect of entering by {move}" in text
    assert "(the dose) is not told" in text


def test_fewer_than_ten_exposed_or_twenty_beside_have_no_mean(open_page: Open) -> None:
    app = open_page("pooled", view="spillover", indicator="beds_occ_kh03")
    assert [error.message for error in app.exception] == []
    result = analyse(DOCUMENT | {"event": "exposure", "indicator": "beds_occ_kh03"})
    numbers = f"there are {result['n_entrants']} and {result['n_controls']}"
    assert f"it needs 10 systems with an exposure and 20 beside them, and {numbers}" in lead(app)
