"""The view beside others: who is compared, a fixed specification, and what changed against them."""

from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from indicators.analyses.running import analyse
from indicators.runs.record import load_run
from indicators.runs.replay import replay
from pages.parts.its.controlled_words import in_words
from tests.app.conftest import Open, all_rows, lead, specs, text_of
from tests.app.test_its import BUTTON, labels, opened, run_now

SERIES = {"view": "controlled", "org": "RXL", "indicator": "ae_4h_all"}
DOCUMENT = {
    "analysis": "controlled_its",
    "indicator": "ae_4h_all",
    "org": "RXL",
    "interruptions": ["2025-02-06"],
    "anticipation": 2,
}


@pytest.fixture
def runs(warehouse: Path) -> Path:
    return warehouse / "runs"


def test_before_any_result_it_says_who_would_be_compared(open_page: Open) -> None:
    app = open_page("its", **SERIES)
    assert not app.exception
    assert app.title[0].value == (
        "Blackpool Teaching Hospitals: did A&E within 4 hours change more than elsewhere?"
    )
    result = analyse(DOCUMENT)
    pool, chosen = result["estimates"][0]["comparators"], len(result["comparators"])
    assert (
        f"{pool} organisations can be compared with Blackpool Teaching Hospitals, and the {chosen} nearest "
        "in level, slope and size before entry are."
    ) in lead(app)
    assert "could not have been told from chance" in lead(app)
    assert labels(app) == [BUTTON]
    (spec,) = specs(app)
    assert {row["without"] for row in all_rows(spec) if "without" in row} == {"not drawn here"}
    assert "Matching on the level before entry" in text_of(app)
    assert len(app.get("file_uploader")) == 0


def test_every_candidate_stands_in_the_table_with_its_reason(open_page: Open) -> None:
    app = opened(open_page("its", **SERIES), "controlled_its-ae_4h_all-RXL-candidates")
    table = app.dataframe[0].value.set_index("Code")
    judged = {one["org_code"]: one for one in analyse(DOCUMENT)["organisations"]}
    assert set(table.index) == set(judged)
    assert table.loc["RXL", "Reason"] == "is the one that entered"
    assert {code for code, told in table["Compared"].items() if told == "in"} == {
        code for code, one in judged.items() if one["is_in"]
    }


def test_too_few_comparators_is_a_sentence_and_says_who_is_out(open_page: Open) -> None:
    app = open_page("its", **SERIES | {"org": "RBS", "interruptions": "own", "entry": "2021-07"})
    assert not app.exception
    assert "This specification cannot be run." in lead(app)
    assert "can be compared with RBS, and 5 are the fewest" in app.warning[0].value
    assert labels(app) == []
    table = opened(app, "controlled_its-ae_4h_all-RBS-candidates").dataframe[0].value
    assert "is another type of organisation" in table["Reason"].to_list()


def test_a_fixed_run_is_saved_told_and_can_be_replayed(open_page: Open, runs: Path) -> None:
    app = open_page("its", **SERIES)
    run = load_run(runs / f"{run_now(app)}.json")
    assert run.document["analysis"] == "controlled_its"
    assert (run.document["matching"], run.document["nearest"]) == ("level_slope", 10)
    assert (run.document["form"], run.document["covid"]) == ("difference", "none")
    assert run.parent is None
    assert replay(run).agrees
    year = next(one for one in run.result["effects"] if one["horizon"] == 12)
    number = len(run.result["comparators"])
    assert f"{abs(year['estimate']):.1f} points lower against the mean of {number} " in lead(app)
    assert year["evidence"] in lead(app)
    assert "Was it more than chance?" in [one.value for one in app.header]
    test = run.result["placebo_in_space"]["tests"][0]
    assert f"rank {test['rank']} of {test['number'] + 1}, p {test['p']:.3f}" in text_of(app)
    for warning in run.result["warnings"]:
        assert in_words(warning["message"])[:60] in text_of(app)


def test_the_chart_has_both_lines_and_the_line_without_entry(open_page: Open, runs: Path) -> None:
    app = open_page("its", **SERIES)
    result = load_run(runs / f"{run_now(app)}.json").result
    drawn = {row["month"]: row for row in all_rows(specs(app)[0]) if "without" in row}
    one = next(row for row in result["series"] if row["period"] == "2026-02")
    assert drawn["Feb 2026"]["value"] == pytest.approx(one["entered"])
    assert drawn["Feb 2026"]["comparators"] == pytest.approx(one["comparators"])
    assert drawn["Feb 2026"]["expected"] == pytest.approx(
        one["comparators"] + one["counterfactual"]
    )


def test_three_sets_of_comparators_stand_side_by_side(open_page: Open, runs: Path) -> None:
    app = open_page("its", **SERIES)
    result = load_run(runs / f"{run_now(app)}.json").result
    drawn = [row for row in all_rows(specs(app)[1]) if "is_fixed" in row]
    found = [one["effects"][2]["estimate"] for one in result["estimates"]]
    assert [row["estimate"] for row in drawn] == pytest.approx(found)
    assert [row["is_fixed"] for row in drawn] == [False, False, True]


def test_a_link_of_the_run_opens_it_with_its_own_choices(open_page: Open) -> None:
    app = open_page("its", **SERIES, matching="slope", nearest="7", form="stacked")
    run_id, told = run_now(app), lead(app)
    again = open_page("its", view="controlled", run=run_id)
    assert lead(again) == told
    assert again.selectbox(key="link.matching").value == "slope"
    assert again.number_input(key="link.nearest").value == 7
    assert again.selectbox(key="link.form").value == "stacked"


def test_a_run_opens_only_in_the_view_of_its_analysis(open_page: Open) -> None:
    run_id = run_now(open_page("its", **SERIES))
    elsewhere = open_page("its", org="RXL", indicator="ae_4h_all", run=run_id)
    assert not elsewhere.exception
    assert "run" not in elsewhere.query_params
    assert "which is not among the choices here" in elsewhere.info[0].value
    assert labels(elsewhere) == [BUTTON]


def change_view(app: AppTest, view: str) -> AppTest:
    return app.segmented_control(key="link.view").set_value(view).run()


def test_another_view_leaves_the_run_and_the_next_is_marked_as_after_its_result(
    open_page: Open, runs: Path
) -> None:
    app = open_page("its", org="RXL", indicator="ae_4h_all")
    first = run_now(app)
    change_view(app, "controlled")
    assert "run" not in app.query_params
    assert not app.info
    assert f"You have seen the result of run {first}" in text_of(app)
    second = load_run(runs / f"{run_now(app)}.json")
    assert (second.document["analysis"], second.parent) == ("controlled_its", first)
