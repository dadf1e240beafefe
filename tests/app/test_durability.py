"""Durability as a reader meets it: sentences, charts, who is behind them, and the same numbers elsewhere."""

import json
from datetime import date
from pathlib import Path

import pandas as pd
import pytest

from indicators.__main__ import main
from indicators.durations import leaving_only, time_to_exit
from indicators.returns import returned_by, time_to_return
from indicators.series import read_spells
from indicators.stats.survival import kaplan_meier
from indicators.stats.transitions import count_transitions
from pages.parts.durability.relapse import return_analysis
from pages.parts.durability.time_to_exit import exit_analysis
from pages.parts.durability.transitions import transition_analysis
from sql.reads import read
from tests.app.conftest import charts_of, lead, specs, text_of, titles

TODAY = date(2026, 11, 26)
BIASED = "openly announced exits are over-represented"


@pytest.fixture(autouse=True)
def _one_day(monkeypatch: pytest.MonkeyPatch) -> None:
    """Time counts up to a day of its own, or the figures would change with the calendar."""
    for view in ("time_to_exit", "relapse"):
        monkeypatch.setattr(f"pages.parts.durability.{view}.today", lambda: TODAY)


def boxes(app) -> list[str]:
    return [box.label for box in app.expander]


def test_the_time_to_exit_is_answered_with_interval_bounds_and_numbers(open_page) -> None:
    app = open_page("durability")
    assert not app.exception
    assert "Half had left within 36 months of first entering intensive support" in lead(app)
    assert "(95 % interval 24 to 60); 25 spells, 12 exits, 1 other end set aside." in lead(app)
    assert "between 13 and 75 months" in lead(app)
    assert "Only 4 were still followed when half had left" in lead(app)
    assert titles(app) == ["RSP: share still inside"]
    assert "The 25 spells behind this chart, each with its bounds and sources" in boxes(app)
    assert "The 13 spells left out, each with the reason" in boxes(app)
    assert "25 of 38 spells on record used, 13 left out" in text_of(app)


@pytest.mark.parametrize("show", ["inside", "endings"])
@pytest.mark.parametrize("programme", ["rsp", "special-measures"])
def test_the_note_on_the_register_stands_on_every_chart(open_page, show, programme) -> None:
    app = open_page("durability", show=show, programme=programme)
    assert BIASED in text_of(app)
    assert "Register incomplete: lengths are biased." in specs(app)[0]["title"]["subtitle"]


def test_special_measures_count_from_their_own_entry(open_page) -> None:
    app = open_page("durability", programme="special-measures", show="endings")
    assert "Half had left within 30 months of entry" in lead(app)
    assert "48 spells, 36 exits, 12 other ends set aside." in lead(app)
    assert titles(app) == ["Special measures: how spells ended"]


def test_few_spells_are_refused_in_a_plain_sentence(open_page) -> None:
    app = open_page("durability", programme="successors")
    assert charts_of(app) == []
    assert "Of no spell chosen here is the length known well enough" in lead(app)
    assert "The 6 spells left out, each with the reason" in boxes(app)
    some = open_page("durability", org_type="ambulance")
    assert "Of 3 spells chosen here" in lead(some) and "too few for a curve" in lead(some)
    assert charts_of(some) == []


def test_a_region_is_a_filter(open_page) -> None:
    app = open_page("durability", region="South East")
    assert "9 spells and 1 exit are too few to say when half had left." in lead(app)
    assert titles(app) == ["RSP: share still inside"]
    few = open_page("durability", region="Midlands")
    assert "Of 6 spells chosen here the length is known well enough, but never of five" in lead(few)


def test_returns_are_told_at_12_and_24_months(open_page) -> None:
    app = open_page("durability", view="relapse", programme="special-measures")
    assert not app.exception
    assert "Of 33 exits from special measures, 7 are known to have been followed" in lead(app)
    assert "3.0 % (0.2 to 13.4) within 12 months (30 followed that long)" in lead(app)
    assert "12.9 % (4.1 to 27.0) within 24 (22)" in lead(app)
    assert "Who came back (7)" in boxes(app)
    assert "Back under a later framework, listed and not counted (4)" in boxes(app)
    assert "not proof that there was none" in text_of(app)


def test_returns_after_the_rsp_rest_on_few_and_say_so(open_page) -> None:
    app = open_page("durability", view="relapse")
    assert "Of 15 exits from the RSP, 1 is known" in lead(app)
    assert "0.0 % (0.0 to 25.9) within 12 months (11 followed that long)" in lead(app)
    assert BIASED in text_of(app)


def test_returns_of_a_programme_nobody_left_are_not_drawn(open_page) -> None:
    app = open_page("durability", view="relapse", programme="successors")
    assert not app.exception
    assert charts_of(app) == []
    assert "nothing can be said of returns" in lead(app)


def test_moves_say_how_little_is_known_and_warn_of_noise(open_page) -> None:
    app = open_page("durability", view="transitions")
    assert not app.exception
    assert "6 pairs of neighbouring quarters are known, none of them a move" in lead(app)
    assert "38 trusts changed segment" in text_of(app)
    assert "24 of them within its own threshold of noise" in text_of(app)
    assert titles(app) == ["Segments by quarter", "Moves from quarter to quarter"]
    assert "Within this framework only" in text_of(app)


def test_moves_of_another_framework_carry_no_warning_of_this_one(open_page) -> None:
    app = open_page("durability", view="transitions", era="R1")
    assert "2 pairs of neighbouring quarters are known, 2 of them a move" in lead(app)
    assert "38 trusts" not in text_of(app)
    assert "27 organisations are on record in segment 3; 2 of them are stated again" in text_of(app)


def test_a_framework_without_statements_says_so(open_page) -> None:
    app = open_page("durability", view="transitions", era="R0")
    assert not app.exception
    assert charts_of(app) == []
    assert "nothing can be said of moves" in lead(app)


def test_an_unknown_view_is_dropped_with_a_note(open_page) -> None:
    app = open_page("durability", view="sankey")
    assert "“sankey”, which is not among the choices here" in app.info[0].value
    assert titles(app) == ["RSP: share still inside"]


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


def test_the_analysis_of_times_to_exit_gives_the_numbers_of_the_page(marts, run) -> None:
    times = time_to_exit(read_spells(marts), "Recovery Support Programme", "best", TODAY).times
    result = run(*exit_analysis(times, "inside"))
    curve = kaplan_meier(leaving_only(times))
    assert result["n"] == 25
    assert result["median"] == pytest.approx(curve.median.estimate)
    assert round(result["median"]) == 36
    assert [row["survival"] for row in result["survival"]] == pytest.approx(
        curve.table["survival"].tolist()
    )
    endings = run(*exit_analysis(times, "endings"))["cumulative_incidence"]
    assert set(endings) == {
        "left",
        "merged or dissolved",
        "moved into the RSP at its launch, or programme closed",
    }


def test_the_analysis_of_returns_gives_the_numbers_of_the_page(marts, run) -> None:
    spells, statements = read_spells(marts), read(marts, "segment_statements")
    times = time_to_return(spells, statements, read(marts, "eras"), "best", TODAY).times
    own = times[times["programme_group"] == "special measures"]
    document, rows = return_analysis(own)
    result = run(document | {"times": [12, 24]}, rows)
    found = [row["probability"] for row in result["cumulative_incidence"]["returned"]]
    assert found == pytest.approx([returned_by(own, months).share for months in (12, 24)])
    assert [round(100 * share, 1) for share in found] == [3.0, 12.9]


def test_the_analysis_of_moves_gives_the_counts_of_the_page(marts, run) -> None:
    panel = read(marts, "segment_panel", era="R2")
    result = run(*transition_analysis(panel))
    counts = count_transitions(panel[["unit", "period", "state"]]).counts
    assert result["counts"] == counts.to_numpy().tolist()
    assert sum(map(sum, result["counts"])) == 6
