"""The part of the explorer on limits frozen before entry, as Streamlit runs it on the published bundle."""

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from tests.app.conftest import all_rows, specs, text_of

MOST_MARKS = 5000
Show = Callable[..., AppTest]


def _page() -> None:
    import streamlit as st

    from pages.parts.control.frozen_view import show_frozen
    from pages.parts.indicators import with_data
    from pages.parts.store import begin_run

    begin_run()
    asked = st.session_state
    show_frozen(with_data()[asked["indicator"]], asked["lineage"], asked["org"])


@pytest.fixture
def show(warehouse: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Show]:
    """`show("ae_4h_all", org="RXW")`: the part by itself."""
    monkeypatch.setenv("DATA_DIR", str(warehouse))

    def visit(indicator: str, lineage: str = "as_was", org: str | None = None) -> AppTest:
        app = AppTest.from_function(_page, default_timeout=60)
        for name, value in (("indicator", indicator), ("lineage", lineage), ("org", org)):
            app.session_state[name] = value
        return app.run()

    yield visit


def dots(app: AppTest) -> dict[str, Any]:
    return specs(app)[0]


def test_the_lead_has_the_entrants_the_others_and_the_caution(show: Show) -> None:
    told = text_of(show("ae_4h_all"))
    assert (
        "Within 24 months of entry 5 of 11 spells of support signalled lasting improvement" in told
    )
    assert "54.8 % did (95 % interval 48.5 to 61.4 %)" in told
    assert "even this comparison understates how many signals would have come anyway" in told
    assert "75.0 % of these shadows signalled improvement" in told
    assert "11 of 99 spells on record have a time" in told


def test_the_alternative_text_is_the_takeaway(show: Show) -> None:
    app = show("ae_4h_all")
    alt = app.get("vega_lite_chart")[0].proto.alt
    assert alt.startswith("Within 24 months of entry 5 of 11")


def test_the_chosen_organisation_is_in_bold(show: Show) -> None:
    words = json.dumps(dots(show("ae_4h_all", org="RXW")))
    assert "indexof(['Shrewsbury and Telford Hospital" in words


@pytest.mark.parametrize("indicator", ["beds_occ_kh03", "rtt_18w", "sickness", "amb_c2_mean"])
def test_other_indicators_are_drawn_within_the_limit_of_marks(show: Show, indicator: str) -> None:
    app = show(indicator)
    assert not app.exception
    assert all(len(all_rows(spec)) < MOST_MARKS for spec in specs(app))


@pytest.mark.parametrize("indicator", ["ss_morale", "fte_change", "nof_score"])
def test_where_no_time_can_be_told_there_is_no_chart_but_reasons(
    show: Show, indicator: str
) -> None:
    app = show(indicator)
    assert not app.exception
    assert not specs(app)
    assert "no spell on record can be given a time" in text_of(app)


@pytest.mark.parametrize("lineage", ["current", "break"])
def test_the_other_lineages_are_drawn(show: Show, lineage: str) -> None:
    app = show("rtt_18w", lineage)
    assert not app.exception
    assert "spells of support" in text_of(app)


def test_what_the_pointer_tells_of_the_curve_is_in_a_table(show: Show) -> None:
    app = show("ae_4h_all")
    app.session_state["table.time-to-signal-curve-ae_4h_all"] = True
    app.run()
    table = next(d.value for d in app.dataframe if "whose" in d.value)
    own = table[table["whose"] == "entrants"]
    told = [row for row in all_rows(specs(app)[1]) if "within" in row]
    assert [(row["told"], row["within"], row["at_risk"]) for row in told] == list(
        own[["share with a lasting improvement", "95 % interval", "watched"]].itertuples(
            index=False, name=None
        )
    )
    assert len(told) > 5
