"""The strip of Timelines: whose rows, in which order, what its sentence says, what its tables hold."""

import json
from typing import Any

import pandas as pd
import pytest
from streamlit.testing.v1 import AppTest

from pages.parts.timelines.strip_ledger import UNSEGMENTED
from settings import Settings
from tests.app.conftest import all_rows, charts_of, specs, text_of, titles

SIGNS = "Number: segment stated for that quarter."


def strip_of(app: AppTest) -> dict[str, Any]:
    """What the strip draws; there is none where no row fits."""
    (spec,) = [spec for spec, title in zip(specs(app), titles(app), strict=True) if SIGNS in title]
    return spec


def names(app: AppTest) -> list[str]:
    """The organisations of the rows, from the top."""
    spec = strip_of(app)
    areas = [row for row in all_rows(spec) if "below" in row and "org_code" in row]
    return [row["org_code"] for row in sorted(areas, key=lambda row: row["slot"])]


def cells(app: AppTest) -> list[dict[str, Any]]:
    return [row for row in all_rows(strip_of(app)) if "before_override" in row]


def test_the_strip_answers_from_the_data(open_page) -> None:
    text = text_of(open_page("timelines", view="strip"))
    assert "In 2025/26 Q3, 179 of 205 trusts have a published segment on record" in text
    assert "44 of them in segment 4" in text
    assert (
        "the ledger holds 82 statements: most cells are empty because no source was found" in text
    )
    assert "not a league" in text


def test_it_shows_first_those_in_a_programme_since_2021_most_months_first(open_page) -> None:
    app = open_page("timelines", view="strip")
    assert len(names(app)) == 39
    assert names(app)[0] == "RVV"
    assert "39 organisations" in charts_of(app)[0].proto.alt
    assert [error.message for error in app.exception] == []


def test_every_segment_on_record_since_2021_is_drawn(open_page) -> None:
    app = open_page("timelines", view="strip", rows="all")
    statements = pd.read_csv(Settings().reference_dir / "segment_snapshots.csv")
    assert {cell["org_code"] for cell in cells(app)} == {*statements["org_code"]}
    assert len(names(app)) == 225
    assert len(charts_of(app)[0].proto.spec) < 700_000


def test_a_cell_tells_its_quarter_and_source(open_page) -> None:
    app = open_page("timelines", view="strip")
    (cell,) = [
        cell for cell in cells(app) if cell["org_code"] == "RXW" and "2024/25" in cell["quarter"]
    ]
    assert cell["quarter"] == "2024/25 Q2 (Jul 2024 to Sep 2024)"
    assert cell["segment"] == 4
    assert cell["stated_as"] == "2024-09-09"
    assert cell["source_url"]


def test_a_board_is_said_to_have_no_segment_in_2025_26(open_page) -> None:
    spec = strip_of(open_page("timelines", view="strip", org_type="icb"))
    assert "not segmented under this framework" in json.dumps(spec)
    who = pd.read_csv(Settings().reference_dir / "framework_eras.csv").set_index("era_id")["who"]
    unsegmented = {era for era, words in who.items() if "boards are not segmented" in words}
    assert unsegmented == {*UNSEGMENTED}


@pytest.mark.parametrize(
    ("sort", "first"),
    [("icb", "RVN"), ("type", "RCF"), ("move", "RWA")],
)
def test_a_link_sorts_the_rows(open_page, sort: str, first: str) -> None:
    app = open_page("timelines", view="strip", rows="all", sort=sort)
    assert names(app)[0] == first


def test_filters_of_the_link_hold_for_the_strip(open_page) -> None:
    app = open_page("timelines", view="strip", org_type="ambulance")
    assert len(names(app)) == 3
    assert "3 of 225 organisations" in text_of(app)


def test_without_a_match_it_says_so(open_page) -> None:
    app = open_page("timelines", view="strip", org_type="specialist")
    assert SIGNS not in str(titles(app))
    assert "No organisation on record fits" in app.info[0].value


def test_everything_a_row_and_a_cell_tell_is_in_the_tables(open_page) -> None:
    labels = [box.label for box in open_page("timelines", view="strip").expander]
    assert any(
        "statements of a segment as a table, each with its source" in label for label in labels
    )
    assert any("The 39 organisations in this order" in label for label in labels)


def test_months_that_are_not_known_are_said_to_be(open_page) -> None:
    spec = strip_of(open_page("timelines", view="strip"))
    told = {row["org_code"]: row for row in all_rows(spec) if "months_label" in row}
    assert told["RF4"]["months_label"] == "118 months"
    assert told["REM"]["months_label"] == (
        "not known (1 spell not counted: no source gives how long)"
    )
    assert told["RMY"]["move_label"] == "4 to 3, after 31 January 2025, by 28 February 2025"
    assert told["RVV"]["move_label"] == "none known within one framework"
