"""The workbench page as an analyst meets it: power first, then a fixed specification, then the result."""

import json
from io import BytesIO
from pathlib import Path

import pytest
from docx import Document
from streamlit.testing.v1 import AppTest

from indicators.analyses.refusal import Refusal
from indicators.analyses.running import analyse
from indicators.runs.record import load_run
from indicators.runs.replay import replay
from tests.app.conftest import Open, all_rows, lead, specs, text_of

SERIES = {"org": "RXL", "indicator": "ae_4h_all"}
BUTTON = "Fix this specification and run it"
REPORT = "Prepare report (Word, HTML)"
FILES = ["Run record (JSON)", "Series (CSV)"]
REPORTS = ["Report (Word)", "Report (HTML)"]


@pytest.fixture
def runs(warehouse: Path) -> Path:
    return warehouse / "runs"


def labels(app: AppTest) -> list[str]:
    return [button.label for button in app.button]


def run_now(app: AppTest) -> str:
    next(button for button in app.button if button.label == BUTTON).click().run()
    assert not app.exception
    (run_id,) = (
        app.query_params["run"]
        if isinstance(app.query_params["run"], list)
        else [app.query_params["run"]]
    )
    return run_id


def test_before_any_result_the_page_says_what_the_series_could_show(open_page: Open) -> None:
    app = open_page("its", **SERIES)
    assert not app.exception
    assert (
        app.title[0].value
        == "Blackpool Teaching Hospitals: did A&E within 4 hours change after entry?"
    )
    assert lead(app).startswith('<p class="ot-lead">A change in level smaller than ')
    assert "could not have been told from chance" in lead(app)
    assert "91 months before entry and 16 after: a standard run." in lead(app)
    assert labels(app) == [BUTTON]
    drawn = all_rows(specs(app)[0])
    assert "entered Feb 2025; first exposed from Feb 2025" in [row.get("words") for row in drawn]
    assert {row["line"] for row in drawn if "line" in row} == {"not fitted"}


def test_the_least_effect_is_the_standard_error_times_both_quantiles(open_page: Open) -> None:
    document = {"analysis": "its", "interruptions": ["2025-02-06"], "anticipation": 2, **SERIES}
    effects = analyse(document)["effects"] if open_page("its", **SERIES) else []
    level, _, year = ((1.959964 + 0.841621) * one["se"] for one in effects)
    told = lead(open_page("its", **SERIES))
    assert f"smaller than {level:.1f} points" in told
    assert f"12 months after entry under {year:.1f} points" in told


def test_a_refusal_stands_in_place_of_the_button(open_page: Open) -> None:
    app = open_page("its", org="RXW", indicator="ae_4h_all")
    assert labels(app) == []
    assert "Reading through the pandemic takes 6 points" in app.warning[0].value
    assert "at least 8 before and 3 after each are needed" in app.warning[0].value
    assert len(specs(app)) == 1


def test_a_fixed_run_is_saved_and_its_numbers_are_those_of_the_command(
    open_page: Open, runs: Path
) -> None:
    app = open_page("its", org="RXR", indicator="ae_4h_all")
    run = load_run(runs / f"{run_now(app)}.json")
    assert run.document["interruptions"] == ["2025-02-06"]
    assert run.document["anticipation"] == 2
    assert run.parent is None
    assert run.specified_at <= run.ran_at
    assert replay(run).agrees
    year = next(one for one in run.result["effects"] if one["horizon"] == 12)
    assert f"{abs(year['estimate']):.1f} points" in lead(app)
    assert "91 months before entry and 16 after" in lead(app)
    assert f"φ = {run.result['phi']:.2f}" in lead(app)
    assert "Specified before results on " in text_of(app)
    assert f"run {run.run_id}." in text_of(app)


def test_a_link_of_the_run_alone_opens_it_with_its_own_choices(open_page: Open) -> None:
    app = open_page("its", org="RXN", indicator="ae_4h_all", anticipation="3")
    run_id = run_now(app)
    told = lead(app)
    again = open_page("its", run=run_id)
    assert lead(again) == told
    assert again.selectbox(key="link.org").value == "RXN"
    assert again.number_input(key="link.anticipation").value == 3
    assert again.query_params["run"] in (run_id, [run_id])


def test_a_changed_control_leaves_the_run_and_the_next_is_marked(
    open_page: Open, runs: Path
) -> None:
    app = open_page("its", **SERIES)
    first = run_now(app)
    app.selectbox(key="link.covid").set_value("none").run()
    assert "run" not in app.query_params
    assert labels(app) == [BUTTON]
    assert f"You have seen the result of run {first}" in text_of(app)
    second = run_now(app)
    assert load_run(runs / f"{second}.json").parent == first
    assert f"changed after results were seen; the run it alters is {first}" in text_of(app)


def test_a_result_seen_marks_later_runs_of_its_own_series_alone(
    open_page: Open, runs: Path
) -> None:
    app = open_page("its", **SERIES)
    first = run_now(app)
    app.selectbox(key="link.org").set_value("RXR").run()
    assert "You have seen the result" not in text_of(app)
    other = run_now(app)
    assert load_run(runs / f"{other}.json").parent is None
    app.switch_page("pages/explore/signals.py").run()
    app.switch_page("pages/analysis/its.py")
    for name, value in SERIES.items():
        app.query_params[name] = value
    app.run()
    assert labels(app) == [BUTTON]
    assert f"You have seen the result of run {first}" in text_of(app)


@pytest.mark.parametrize("asked", ["000000000000", "../current", "x"])
def test_an_unknown_run_is_dropped_with_a_note(open_page: Open, asked: str) -> None:
    app = open_page("its", run=asked, **SERIES)
    assert not app.exception
    assert "run" not in app.query_params
    assert "which is not among the choices here" in app.info[0].value
    assert labels(app) == [BUTTON]


def test_dates_known_less_exactly_than_to_the_month_are_said_and_not_offered(
    open_page: Open,
) -> None:
    app = open_page("its", org="RJL", indicator="ae_4h_all")
    offered = app.selectbox(key="link.interruptions").options
    assert "RSP: entry Jul 2021 only" in offered
    assert not [one for one in offered if "RSP" in one and "exit" in one]
    assert "RSP exit (2023)" in text_of(app)


def test_an_entry_late_in_a_month_is_first_felt_in_the_next(open_page: Open) -> None:
    drawn = all_rows(specs(open_page("its", org="RTX", indicator="ae_4h_all"))[0])
    assert "entered Aug 2021; first exposed from Sep 2021" in [row.get("words") for row in drawn]


def test_own_months_are_asked_for_and_go_into_the_document(open_page: Open, runs: Path) -> None:
    app = open_page("its", interruptions="own", **SERIES)
    assert "Choose the month of entry" in lead(app)
    app.selectbox(key="link.entry").set_value("2024-03").run()
    assert app.query_params["entry"] in ("2024-03", ["2024-03"])
    run = load_run(runs / f"{run_now(app)}.json")
    assert run.document["interruptions"] == ["2024-03"]
    assert "no entry of it on record is first felt in this period" in text_of(app)


def test_the_rebound_of_others_stands_beside_the_change(open_page: Open) -> None:
    app = open_page("its", **SERIES)
    run_now(app)
    table = app.table[0].value
    assert table.loc["Observed change", "Figure"] == "−2.3 points"
    assert table.loc["Expected rebound without the programme", "Figure"] == "+0.9 points"
    assert table.loc["Excess", "Figure"].startswith("−3.2 points (95 % interval −12.2 points to ")
    assert "Placebo in time: of 68 made-up entries" in text_of(app)


def test_a_line_carried_on_far_beyond_all_figures_is_called_extrapolation(open_page: Open) -> None:
    """Isle of Wight: six points between the pandemic and the exit, carried on down to next to nothing."""
    app = open_page("its", org="R1F", indicator="ae_4h_all", interruptions="qsm-R1F-1")
    run_now(app)
    assert "far from every value of this series" in text_of(app)
    usual = open_page("its", **SERIES)
    run_now(usual)
    assert "far from every value of this series" not in text_of(usual)


def test_the_record_to_take_away_is_the_saved_one(open_page: Open, runs: Path) -> None:
    app = open_page("its", **SERIES)
    run_id = run_now(app)
    saved = json.loads((runs / f"{run_id}.json").read_text())
    assert saved["document"] == load_run(runs / f"{run_id}.json").document
    assert f"replay run-{run_id}.json" in text_of(app)


def files_of(app: AppTest) -> list[str]:
    """The files of the run that are offered, besides those of tables."""
    found = [one.proto.label for one in app.get("download_button")]
    return [one for one in found if one != "Download as CSV"]


def report_of(app: AppTest) -> dict[str, bytes]:
    next(button for button in app.button if button.label == REPORT).click().run()
    assert not app.exception
    assert files_of(app) == [*FILES, *REPORTS]
    found: dict[str, bytes] = app.session_state["its.report"][1]
    return found


def test_a_report_is_written_when_asked_for_and_kept_for_its_run_alone(open_page: Open) -> None:
    app = open_page("its", **SERIES)
    run_id = run_now(app)
    assert files_of(app) == FILES
    assert "its.report" not in app.session_state
    found = report_of(app)
    document = Document(BytesIO(found[".docx"]))
    assert document.sections[0].footer.paragraphs[0].text.startswith(f"Run {run_id} · ")
    assert b"Blackpool Teaching Hospitals" in found[".html"]
    app.run()
    assert files_of(app) == [*FILES, *REPORTS]
    app.selectbox(key="link.covid").set_value("none").run()
    run_now(app)
    assert files_of(app) == FILES


def test_a_report_that_is_refused_is_told_in_its_place(
    open_page: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> None:
        raise Refusal("NEEDS_DATA", "The figures are gone.")

    app = open_page("its", **SERIES)
    run_now(app)
    monkeypatch.setattr("pages.parts.its.files.gather", refuse)
    next(button for button in app.button if button.label == REPORT).click().run()
    assert app.warning[0].value == "No report can be written. The figures are gone."
    assert files_of(app) == FILES


def opened(app: AppTest, name: str) -> AppTest:
    app.session_state[f"table.{name}"] = True
    return app.run()


def test_every_estimator_stands_beside_the_one_fixed_beforehand(open_page: Open) -> None:
    app = open_page("its", org="RXR", indicator="ae_4h_all")
    run_now(app)
    drawn = [row for row in all_rows(specs(app)[1]) if "is_fixed" in row]
    assert [row["label"] for row in drawn if row["is_fixed"]] == ["REML with AR(1) errors"]
    assert len(drawn) == 5
    document = {"analysis": "its", "org": "RXR", "indicator": "ae_4h_all", "anticipation": 2}
    document |= {"interruptions": ["2025-02-06"], "method": "prais_winsten"}
    other = analyse(document)["effects"][2]
    found = next(row for row in drawn if row["label"] == "Prais–Winsten")
    assert found["estimate"] == pytest.approx(other["estimate"])
    assert found["ci_low"] == pytest.approx(other["ci_low"])


def test_a_year_is_four_quarters(open_page: Open, runs: Path) -> None:
    app = open_page("its", org="RMY", indicator="beds_occ_mh", covid="none")
    assert lead(app).count("4 quarters after entry") == 1
    run = load_run(runs / f"{run_now(app)}.json")
    assert (run.document["horizons"], run.document["anticipation"]) == ([0, 2, 4], 1)
    assert "4 quarters after entry (" in lead(app)
    assert "anticipation 0, 1 or 2 quarters" in text_of(app)


def test_a_fixed_specification_beside_the_curve_is_added_to_it(open_page: Open) -> None:
    app = open_page("its", org="RXR", indicator="ae_4h_all", anticipation="5")
    run_now(app)
    table = opened(app, "its-ae_4h_all-RXR-curve").dataframe[-1].value
    assert len(table) == 33
    fixed = table[table["Fixed beforehand"] == "yes"]["How"].to_list()
    assert fixed == ["anticipation 5, pandemic left out, seasons"]


def test_the_curve_marks_the_fixed_specification_and_counts_those_refused(
    open_page: Open,
) -> None:
    own = {"interruptions": "own", "entry": "2021-12"}
    app = open_page("its", org="RXR", indicator="ae_4h_all", **own)
    run_now(app)
    table = opened(app, "its-ae_4h_all-RXR-curve").dataframe[-1].value
    assert len(table) == 32
    fixed = table[table["Fixed beforehand"] == "yes"]["How"].to_list()
    assert fixed == ["anticipation 2, pandemic left out, seasons"]
    late = table[table["How"].str.contains("begun in July 2021")]
    assert set(late["Refused by"]) == {"TOO_FEW_POINTS"}
    refused = int((table["Refused by"] != "not refused").sum())
    assert f"{refused} were refused" in text_of(app)
    drawn = [row for row in all_rows(specs(app)[2]) if "place" in row]
    assert [row["estimate"] for row in drawn] == sorted(row["estimate"] for row in drawn)
    assert len(drawn) == 32 - refused


def own_csv(rows: int = 48) -> bytes:
    """Months from January 2021: 60 or 62 in turn, ten more from July 2022 on."""
    lines = ["period,value"]
    for place in range(rows):
        year, month = divmod(place, 12)
        value = 60 + 2 * (place % 2) + 10 * (place >= 18)
        lines.append(f"{2021 + year}-{month + 1:02d},{value}")
    return "\n".join(lines).encode()


def with_file(app: AppTest, content: bytes) -> AppTest:
    return app.file_uploader(key="its.file").set_value(("mine.csv", content, "text/csv")).run()


def test_a_file_of_ones_own_is_run_and_not_stored(open_page: Open, runs: Path) -> None:
    app = with_file(open_page("its", **SERIES), own_csv())
    assert app.title[0].value == "mine.csv: did the series change after entry?"
    app.selectbox(key="link.entry").set_value("2022-07").run()
    assert "10 months before entry and 30 after: an exploratory run" in lead(app)
    app.number_input(key="link.anticipation").set_value(0).run()
    assert "12 months before entry and 30 after: a standard run." in lead(app)
    run_id = run_now(app)
    assert "clear rise" in lead(app)
    assert not (runs / f"{run_id}.json").exists()
    assert "the series is your own" in text_of(app)
    assert b"mine.csv" in report_of(app)[".html"]
    elsewhere = open_page("its", run=run_id, **SERIES)
    assert "run" not in elsewhere.query_params


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"period,value\n2021-01,5\n2021-02,many\n", "row 3, column value: 'many' is not a number"),
        (b"month,value\n2021-01,5\n", "no column 'period'"),
        (b"period,value\n2021-01-07,5\n2021-01-08,6\n", "periods have to be months"),
        (b"period,value\n" + b"2021-01,5\n" * 5001, "has 5,001 rows, and at most 5,000 are read"),
    ],
)
def test_a_file_that_cannot_be_read_is_told_by_row_and_column(
    open_page: Open, content: bytes, told: str
) -> None:
    app = with_file(open_page("its", **SERIES), content)
    assert not app.exception
    assert told in app.warning[0].value.replace("\\", "")
    assert labels(app) == []
