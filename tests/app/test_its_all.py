"""Run for all on its page: the sentence counts the rows drawn, refusals are told, choices are the address."""

from functools import partial
from typing import Any

import duckdb
import pandas as pd
import pytest
from streamlit.testing.v1 import AppTest

from indicators.its_all import Question, run_all
from indicators.its_all_rows import as_frame, estimated
from indicators.registry import load_all
from indicators.series import read_spells
from settings import Settings
from sql.reads import read
from tests.app.conftest import Open, all_rows, lead, specs, text_of

AE = load_all(Settings().catalogue_dir)["ae_4h_all"]


@pytest.fixture(scope="module")
def effects(marts: duckdb.DuckDBPyConnection) -> pd.DataFrame:
    question = Question((AE,), "entry")
    steps = run_all(question, read_spells(marts), partial(read, marts))
    return as_frame([step.row for step in steps])


def drawn(app: AppTest) -> list[dict[str, Any]]:
    """The rows of the forest plot."""
    return [row for row in all_rows(specs(app)[0]) if "shown_low" in row]


def test_the_sentence_and_the_chart_are_those_of_the_result(
    open_page: Open, effects: pd.DataFrame
) -> None:
    page, found = open_page("its", view="all"), estimated(effects)
    assert [error.message for error in page.exception] == []
    assert f"{len(found)} of {len(effects)} entries known to the month could be estimated." in lead(
        page
    )
    assert f"by chance alone about {0.025 * len(found):.1f} of each would" in lead(page)
    assert "they are not averaged here" in lead(page)
    estimates = {row["label"]: row["estimate"] for row in drawn(page)}
    assert sorted(estimates.values()) == pytest.approx(sorted(found["estimate"]))
    assert f"{len(effects) - len(found)} not estimated:" in text_of(page)


def test_all_indicators_of_one_organisation_are_on_one_scale(open_page: Open) -> None:
    page = open_page("its", view="all", by="organisation", org="RXN", event="entry")
    assert (
        page.title[0].value
        == "What changed after Lancashire Teaching Hospitals entered a programme?"
    )
    titles = {row["label"] for row in drawn(page)}
    assert {"A&E within 4 hours", "RTT within 18 weeks"} <= titles
    assert "standard deviations" in str(specs(page)[0]["title"])


def test_where_nothing_can_be_estimated_it_says_so_and_draws_nothing(open_page: Open) -> None:
    """Shropshire, Telford and Wrekin ICB entered in July 2021, just after the pandemic."""
    page = open_page("its", view="all", by="organisation", org="QOC")
    assert "None of" in lead(page)
    assert specs(page) == []
    assert "too few points before or after" in text_of(page)


def test_unknown_choices_are_dropped_with_a_note(open_page: Open) -> None:
    page = open_page("its", view="all", event="sideways", indicator="nothing")
    assert [error.message for error in page.exception] == []
    notes = " ".join(note.value for note in page.info)
    assert "sideways" in notes
    assert "nothing" in notes
    assert "A&E within 4 hours" in page.title[0].value
