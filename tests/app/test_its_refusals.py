"""Refusals of the workbench page: one sentence of what is wrong, one of what to do, and nothing lost."""

import re
from collections.abc import Sequence
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from indicators.runs.record import load_run
from pages.charts.interrupted import HEIGHT
from tests.app.conftest import Open, all_rows, lead, specs, text_of

BUTTON = "Fix this specification and run it"
RAW = re.compile(r"[12][0-9]{3}-(0[1-9]|1[0-2]|Q[1-4])\b|newey_west|reml_ar1|prais_winsten")
"""Months and methods as documents have them, which no sentence has."""


def told(app: AppTest) -> str:
    """The refusal, without the marks that keep it from being read as Markdown."""
    (warning,) = app.warning
    return warning.value.replace("\\", "")


def rules(app: AppTest) -> list[str]:
    """The words of the chart's rules."""
    found = [str(row["words"]) for row in all_rows(specs(app)[0]) if "first exposed" in str(row)]
    return list(dict.fromkeys(found))


def months(values: Sequence[object], year: int = 2022) -> bytes:
    """A file of months from January on."""
    lines = [f"{year + at // 12}-{at % 12 + 1:02},{value}" for at, value in enumerate(values)]
    return "\n".join(["period,value", *lines]).encode()


def uploaded(app: AppTest, content: bytes) -> AppTest:
    return app.file_uploader(key="its.file").set_value(("mine.csv", content, "text/csv")).run()


def test_a_merger_inside_the_series_leaves_its_figures_and_the_entry_drawn(open_page: Open) -> None:
    app = open_page("its", org="RW1", indicator="beds_occ_mh", interruptions="own", entry="2023-01")
    assert told(app).startswith("The organisation took in Solent on 1 October 2024, inside this ")
    assert "“only since the last merger”" in told(app)
    assert rules(app) == ["entered Jan 2023; first exposed from Jan 2023"]
    assert [button.label for button in app.button] == []
    app.selectbox(key="link.lineage").set_value("current").run()
    assert [button.label for button in app.button] == [BUTTON]
    assert app.selectbox(key="link.entry").value == "2023-01"
    assert "and the figures before are those of all added up" in text_of(app)


def test_entry_in_the_pandemic_is_refused_and_its_month_stays_chosen(open_page: Open) -> None:
    own = {"interruptions": "own", "entry": "2020-04", "method": "ols"}
    app = open_page("its", org="RXR", indicator="ae_4h_all", **own)
    assert told(app).startswith("Entry falls inside the pandemic window (Mar 2020–Mar 2021).")
    assert rules(app) == ["entered Apr 2020; first exposed from Apr 2020"]
    assert app.selectbox(key="link.entry").value == "2020-04"
    assert app.selectbox(key="link.method").value == "ols"


def test_entry_and_exit_four_months_apart_are_both_drawn_and_told_to_be_one(
    open_page: Open, warehouse: Path
) -> None:
    own = {"interruptions": "own", "entry": "2024-01", "exit": "2024-05"}
    app = open_page("its", org="RXR", indicator="ae_4h_all", **own)
    close = "The interruptions of Jan 2024 and May 2024 are 4 months apart, too few to tell two"
    both = [
        "entered Jan 2024; first exposed from Jan 2024",
        "left May 2024; first exposed from May 2024",
    ]
    assert close in text_of(app)
    assert rules(app) == both
    next(button for button in app.button if button.label == BUTTON).click().run()
    assert close in text_of(app)
    assert "read as one change, so it is the effect of neither alone." in lead(app)
    assert rules(app) == both
    (run_id,) = (
        [app.query_params["run"]]
        if isinstance(app.query_params["run"], str)
        else (app.query_params["run"])
    )
    result = load_run(warehouse / "runs" / f"{run_id}.json").result
    assert [one["first_exposed"] for one in result["interruptions"]] == ["2024-01"]
    assert not [one["message"] for one in result["warnings"] if RAW.search(one["message"])]


@pytest.mark.parametrize(
    ("values", "said"),
    [
        (
            [60, 62, 61, 63, 60],
            "There are no months with a value before entry (without the 2 left out",
        ),
        ([60] * 36, "All 36 values are the same (60), so there is no change to measure."),
        (
            [60, 61] * 6 + [""] * 12 + [61, 60] * 6,
            "12 of the 34 months have no value, more than a fifth, so what is missing may be what",
        ),
        ([""] * 36, "mine.csv: no row has a value, so all are missing or suppressed."),
        (
            [60, 61, "*", 62],
            "mine.csv, row 4, column value: '*' is not a number. Write digits alone",
        ),
    ],
    ids=["five points", "constant", "gaps", "all missing", "text"],
)
def test_a_file_that_cannot_be_run_says_why_and_keeps_what_was_chosen(
    open_page: Open, values: list[object], said: str
) -> None:
    app = open_page("its", covid="none", method="newey_west", entry="2022-03")
    uploaded(app, months(values))
    assert not app.exception
    assert told(app).startswith(said)
    assert len(re.findall(r"[.;](?: |$)", told(app))) <= 3
    assert not RAW.search(told(app))
    assert [button.label for button in app.button] == []
    assert app.query_params["method"] in ("newey_west", ["newey_west"])
    assert app.query_params["entry"] in ("2022-03", ["2022-03"])
    uploaded(app, months([60, 61, 63] * 12, 2021))
    assert app.selectbox(key="link.entry").value == "2022-03"
    assert lead(app).startswith('<p class="ot-lead">A change in level smaller than ')


def test_no_line_of_a_refused_series_joins_the_two_sides_of_a_gap(open_page: Open) -> None:
    app = open_page("its", covid="none", entry="2024-03")
    uploaded(app, months([60, 61] * 6 + [""] * 12 + [61, 60] * 6))
    drawn = {row["month"]: row["shown"] for row in all_rows(specs(app)[0]) if "month" in row}
    assert len(drawn) == 36
    assert drawn["Jan 2023"] == "no figure"


def test_the_chart_is_lower_by_what_stands_above_it(open_page: Open) -> None:
    series = {"org": "RXL", "indicator": "ae_4h_all"}
    own = {"interruptions": "own", "entry": "2024-01"}
    usual = specs(open_page("its", **series))[0]["height"]
    with_row = specs(open_page("its", **series, **own))[0]["height"]
    both = specs(open_page("its", **series, **own | {"entry": "2020-04"}))[0]["height"]
    refused = specs(open_page("its", org="RXW", indicator="ae_4h_all"))[0]["height"]
    assert (usual, with_row, refused, both) == (HEIGHT, HEIGHT - 80, HEIGHT - 40, HEIGHT - 120)
