"""The view of the synthetic control as an analyst meets it: donors, a fixed run, its gap, or none."""

from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from indicators.analyses.running import analyse
from indicators.runs.record import RunRecord, load_run
from indicators.runs.replay import replay
from tests.app.conftest import Open, all_rows, lead, specs, text_of

SERIES = {"view": "synthetic", "org": "RXW", "indicator": "ae_4h_all"}
POOR = SERIES | {"org": "RXL"}
BUTTON = "Fix this specification and run it"
DOCUMENT = {
    "analysis": "synthetic_control",
    "indicator": "ae_4h_all",
    "org": "RXW",
    "interruption": "2021-07",
    "left": "2026-03",
}


@pytest.fixture
def runs(warehouse: Path) -> Path:
    return warehouse / "runs"


def run_now(app: AppTest, runs: Path) -> RunRecord:
    next(button for button in app.button if button.label == BUTTON).click().run()
    assert not app.exception
    asked = app.query_params["run"]
    return load_run(runs / f"{asked if isinstance(asked, str) else asked[0]}.json")


def table(app: AppTest, name: str):
    app.session_state[f"table.synthetic_control-{name}"] = True
    return app.run().dataframe


def test_before_any_result_the_page_tells_donors_and_the_smallest_p(open_page: Open) -> None:
    app = open_page("its", **SERIES)
    assert not app.exception
    assert app.title[0].value == (
        "Shrewsbury and Telford Hospital: A&E within 4 hours, had it not entered?"
    )
    result = analyse(DOCUMENT)
    donors = result["n_donors"]
    assert f"p cannot be below {1 / (donors + 1):.3f}, as there are {donors} others" in lead(app)
    assert f"{result['n_pre']} months before entry and {result['n_post']} from entry on" in lead(
        app
    )
    assert "already spent in a programme: QSM (8 November 2018 to Jul 2021)." in text_of(app)
    drawn = all_rows(specs(app)[0])
    assert "entered Jul 2021; first exposed from Jul 2021" in [row.get("words") for row in drawn]
    assert not [row for row in drawn if row.get("apart", "not read here") != "not read here"]


def test_a_fixed_run_is_saved_and_its_numbers_are_those_of_the_command(
    open_page: Open, runs: Path
) -> None:
    app = open_page("its", **SERIES)
    run = run_now(app, runs)
    result = analyse(DOCUMENT)
    assert {name: run.document[name] for name in DOCUMENT} == DOCUMENT
    assert run.result["att"] == result["att"]
    assert replay(run).agrees
    told = lead(app)
    assert f"on average {abs(result['att']):.1f} points below its synthetic control" in told
    assert f"the gap is {result['fit']['share']:.2f} of its own spread" in told
    usual = result["placebos"]["by_limit"][1]
    assert f"{usual['as_large']} of {usual['kept']} placebos are as large or larger" in told
    assert f"p {result['placebo_p']:.3f}; with {usual['kept']} others p cannot be below" in told
    assert "Specified before results on " in text_of(app)


def test_the_chart_has_the_gap_among_every_placebo_that_counts(open_page: Open, runs: Path) -> None:
    app = open_page("its", **SERIES)
    result = run_now(app, runs).result
    drawn = all_rows(specs(app)[0])
    placebos = {row["name"] for row in drawn if "name" in row}
    assert len(placebos) == result["placebos"]["by_limit"][1]["kept"]
    gaps = [row["gap"] for row in drawn if "apart" in row]
    assert gaps[-1] == pytest.approx(result["series"][-1]["gap"])
    assert len(drawn) < 5_000


def test_the_rebound_of_others_stands_beside_the_gap(open_page: Open, runs: Path) -> None:
    app = open_page("its", **(SERIES | {"org": "RXN"}))
    run_now(app, runs)
    assert "Observed change" in app.table[0].value.index
    assert "Placebos did not enter at a low point" in text_of(app)
    assert "Placebo in time: with an entry made up in Feb 2024" in text_of(app)


def test_where_the_fit_does_not_pass_no_effect_is_told_or_drawn(
    open_page: Open, runs: Path
) -> None:
    app = open_page("its", **POOR)
    result = run_now(app, runs).result
    assert not result["fit"]["passes"]
    share = f"{result['fit']['share']:.2f}"
    assert f"No effect is read, because the fit does not pass: before entry the gap is {share}" in (
        lead(app)
    )
    drawn = all_rows(specs(app)[0])
    after = [row for row in drawn if "apart" in row and row["period_start"] >= "2025-02"]
    assert {(row["gap"], row["other"]) for row in after} == {(None, None)}
    assert not [row for row in drawn if "name" in row]
    att = f"{abs(result['att']):.1f} points"
    assert att not in lead(app)
    assert "Without each of" not in text_of(app)
    shown = table(app, "ae_4h_all-RXL-series")[0].value
    assert set(shown["Gap"].tail(result["n_post"])) == {"not read"}
    assert set(table(app, "ae_4h_all-RXL-weights")[1].value["Mean gap without it"]) == {"not read"}


def test_the_forms_stand_side_by_side_each_with_its_fit(open_page: Open, runs: Path) -> None:
    app = open_page("its", **SERIES)
    run_now(app, runs)
    forms = app.dataframe[-1].value.set_index("Form")
    plain = analyse(DOCUMENT | {"form": "plain"})
    told = forms.loc["Plain: levels agree too"]
    assert told["Fit before entry"] == f"{plain['fit']['label']} {plain['fit']['share']:.2f}"
    assert told["Mean gap"] == "not read"
    did = analyse(DOCUMENT | {"form": "sdid"})
    assert (
        f"{did['ci_high']:+.1f} points".replace("-", "−")
        in (forms.loc["Synthetic difference in differences", "Interval"])
    )
    drawn = [row for row in all_rows(specs(app)[2]) if "is_fixed" in row]
    assert [row["label"].split(",")[0] for row in drawn if row["is_fixed"]] == ["Demeaned"]
    assert len(drawn) == sum(forms["Mean gap"] != "not read")


def test_a_form_is_chosen_in_the_address_and_kept_with_the_run(open_page: Open, runs: Path) -> None:
    app = open_page("its", form="sdid", **SERIES)
    run = run_now(app, runs)
    assert run.document["form"] == "sdid"
    assert "By the spread of the placebos: 95 % interval" in lead(app)
    again = open_page("its", view="synthetic", run=run.run_id)
    assert lead(again) == lead(app)
    assert again.selectbox(key="link.form").value == "sdid"
    assert again.selectbox(key="link.org").value == "RXW"


def test_a_changed_control_leaves_the_run_and_the_next_is_marked(
    open_page: Open, runs: Path
) -> None:
    app = open_page("its", **SERIES)
    first = run_now(app, runs)
    app.selectbox(key="link.form").set_value("plain").run()
    assert "run" not in app.query_params
    second = run_now(app, runs)
    assert second.parent == first.run_id


def test_a_day_of_entry_late_in_a_month_opens_with_the_same_spell(
    open_page: Open, runs: Path
) -> None:
    app = open_page("its", **(SERIES | {"org": "RTX"}))
    run = run_now(app, runs)
    assert (run.document["interruption"], run.document["left"]) == ("2021-08-18", None)
    assert run.result["first_exposed"] == "2021-09"
    again = open_page("its", view="synthetic", run=run.run_id)
    assert again.selectbox(key="link.interruptions").value.startswith("rsp-RTX")
    assert "From Sep 2021 to" in lead(again)
    # Its special measures ended in 2015, and figures begin in April 2016.
    assert "already spent in a programme" not in text_of(again)


def test_what_cannot_pass_is_known_before_and_what_cannot_be_run_is_refused(
    open_page: Open,
) -> None:
    short = open_page("its", **(SERIES | {"org": "QMM", "indicator": "rtt_18w"}))
    assert "No fit can pass here: 16 periods before entry (at least 24)." in lead(short)
    assert [button.label for button in short.button] == [BUTTON]
    gaps = open_page("its", **(SERIES | {"org": "RX1"}))
    assert "more than a fifth is too many" in gaps.warning[0].value
    assert [button.label for button in gaps.button] == []


def test_everyone_of_the_type_is_a_donor_or_told_not_to_be(open_page: Open) -> None:
    app = open_page("its", **SERIES)
    result = analyse(DOCUMENT)
    found = table(app, "ae_4h_all-RXW-donors")[-1].value
    assert (found["Donor"] == "yes").sum() == result["n_donors"]
    assert (found["Donor"] == "no: gaps").sum() == len(result["left_out"])
