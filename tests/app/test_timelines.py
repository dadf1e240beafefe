"""The Timelines page: what its bars show, how a link narrows them, and what it says where nothing fits."""

import json

import pytest

from tests.app.conftest import charts_of


def test_timelines_draws_every_spell_and_names_its_sources(open_page) -> None:
    app = open_page("timelines")
    spec = json.loads(charts_of(app)[0].proto.spec)
    assert "99 spells" in charts_of(app)[0].proto.alt
    assert spec["title"]["text"]
    assert any("99 spells as a table" in box.label for box in app.expander)


@pytest.mark.parametrize(
    ("link", "words"),
    [
        ({"org_type": "ambulance"}, "6 spells of intensive support at 4 organisations"),
        ({"programme": "pip"}, "3 spells"),
        (
            {"region": "London", "programme": "rsp"},
            "spells of intensive support at 2 organisations",
        ),
    ],
)
def test_timelines_filters_by_link(open_page, link: dict[str, str], words: str) -> None:
    assert words in charts_of(open_page("timelines", **link))[0].proto.alt


def test_timelines_without_a_match_says_so(open_page) -> None:
    app = open_page("timelines", region="London", programme="irp")
    assert charts_of(app) == []
    assert "No spell on record fits" in app.info[0].value
