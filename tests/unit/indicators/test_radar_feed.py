"""The radar in words, as an Atom feed that a parser can read, as JSON and as text."""

import json
from dataclasses import replace
from datetime import datetime
from xml.etree import ElementTree

import pandas as pd
import pytest

from indicators.radar import Radar
from indicators.radar_feed import Edition, as_atom, as_json, as_text, by_test, chart_link
from indicators.radar_words import direction_words, lead_sentence, sentences, told_together
from tests.unit.indicators.made_radar import CATALOGUE, QUIET, organisations, radar, values
from tests.unit.indicators.test_radar import HIGHER, LOWER, crowd, shifted

ATOM = "{http://www.w3.org/2005/Atom}"


def edition(base_url: str = "https://example.org/nhs/") -> Edition:
    series = {"A": [*QUIET, 70.0], "B": shifted(7), "C": QUIET}
    everyone = organisations(["A", "B", "C"]).set_index("org_code")
    found = radar({HIGHER: values(series)})
    return Edition(found, CATALOGUE, everyone, "v1", "2026-11-26T19:19:12+00:00", base_url)


@pytest.fixture
def feed() -> ElementTree.Element:
    return ElementTree.fromstring(as_atom(edition()))


def test_the_feed_has_what_atom_requires(feed: ElementTree.Element) -> None:
    assert feed.tag == f"{ATOM}feed"
    for part in (feed, *feed.iterfind(f"{ATOM}entry")):
        for name in ("id", "title", "updated"):
            assert len(part.findall(f"{ATOM}{name}")) == 1
        assert datetime.fromisoformat(part.findtext(f"{ATOM}updated") or "").tzinfo
        assert (part.findtext(f"{ATOM}id") or "").startswith("urn:uuid:")
        link = part.find(f"{ATOM}link")
        assert link is not None
        assert link.attrib["href"].startswith("https://example.org/nhs/")
    assert feed.findtext(f"{ATOM}author/{ATOM}name") == "Oversight Trajectories"


def test_an_entry_for_each_new_signal_each_with_a_name_of_its_own(
    feed: ElementTree.Element,
) -> None:
    new = edition().new
    assert len(new) == len(feed.findall(f"{ATOM}entry")) > 1
    names = [entry.findtext(f"{ATOM}id") for entry in feed.iterfind(f"{ATOM}entry")]
    assert len(set(names)) == len(new)
    contents = [entry.findtext(f"{ATOM}content") for entry in feed.iterfind(f"{ATOM}entry")]
    assert contents == new["says"].tolist()


def test_names_stay_when_host_and_version_change(feed: ElementTree.Element) -> None:
    later = replace(edition("http://other"), version="v2", built_at="2026-12-26T00:00:00+00:00")
    again = ElementTree.fromstring(as_atom(later))
    names = [[found.text for found in part.iter(f"{ATOM}id")] for part in (feed, again)]
    assert names[0] == names[1]


def test_what_an_organisation_is_called_cannot_break_the_feed(feed: ElementTree.Element) -> None:
    titles = [entry.findtext(f"{ATOM}title") or "" for entry in feed.iterfind(f"{ATOM}entry")]
    assert any(title.startswith("A & Sons, A&E within 4 hours: ") for title in titles)
    assert "A &amp; Sons" in as_atom(edition())


def test_json_has_signals_tests_and_what_is_left_out() -> None:
    told = json.loads(as_json(edition()))
    assert told["series_tested"] == 3
    assert told["version"] == "v1"
    assert {row["test"]: row["series"] for row in told["tests"]} == {
        "chart": 3,
        "cusum": 0,
        "worst_decile": 0,
    }
    assert {row["since"] for row in told["signals"]} == {"2025-11-01", "2026-05-01"}
    assert told["indicators_left_out"]["shmi"].startswith("Each figure covers twelve months")


def test_text_begins_with_the_lead_and_names_who_and_what() -> None:
    lines = as_text(edition()).splitlines()
    assert lines[0] == lead_sentence(edition().radar)
    assert any(line.startswith("  B & Sons (B), got better: Since Nov 2025") for line in lines)
    assert lines[-1] == "Data version v1."


def test_the_lead_counts_series_once_and_chance_over_all_tests() -> None:
    found = edition().radar
    expected = found.tested["chance_new"].sum()
    assert lead_sentence(found) == (
        "In the latest figures 2 of 3 organisation × indicator series gave a new signal; "
        f"about {expected:.1f} would by chance if periods were independent."
    )
    assert by_test(found)["new_signals"].tolist() == [2, 0, 0]


def said(found: Radar, kind: str, org: str = "A") -> str:
    rows = found.signals[(found.signals["kind"] == kind) & (found.signals["org_code"] == org)]
    types = pd.Series("acute", sorted({*found.tested["org_code"]}))
    return str(sentences(rows, CATALOGUE, types).iloc[0])


def test_sentences_in_plain_words() -> None:
    assert said(radar({HIGHER: values({"A": [*QUIET, 70.0]})}), "outside") == (
        "In May 2026, A&E within 4 hours moved from a mean of 51.3 % to 70.0 %: beyond the limits."
    )
    assert said(radar({HIGHER: values({"A": shifted(7)})}), "shift") == (
        "Since Nov 2025, A&E within 4 hours moved from a mean of 50.6 % to 51.0 % in May 2026: 7 or "
        "more on one side."
    )
    worst = radar({LOWER: values(crowd(19, A=[0.0] * 21 + [18.5] * 3))})
    assert said(worst, "worst_decile") == (
        "Since Mar 2026, 12-hour waits for a bed has been in the worst tenth of 20 acute trusts: 18.5 % in "
        "May 2026, their median 10.5 %."
    )
    drift = radar({LOWER: values(crowd(39, A=[3.5, 2.5] * 11 + [3.5, 90.0]))})
    assert said(drift, "cusum") == (
        "In May 2026, 12-hour waits for a bed moved from percentile 8 to 99 of 40 acute trusts (100 is "
        "worst); the figure from 3.0 % to 90.0 %."
    )


def test_a_quarter_is_called_a_quarter() -> None:
    rows = values({"A": [*QUIET, 70.0]})
    starts = pd.date_range("2020-04-01", periods=len(rows), freq="QS")
    found = radar({"sickness": rows.assign(period_start=starts)})
    assert said(found, "outside").startswith("In Apr to Jun 2026, sickness absence moved from")


def test_rules_of_one_chart_are_told_together() -> None:
    found = edition()
    told = told_together(found.new[found.new["org_code"] == "A"])
    assert len(told) == told["test"].nunique()
    one = told[told["test"] == "chart"].iloc[0]
    assert one["kind"] == "outside"
    rules = found.new[(found.new["org_code"] == "A") & (found.new["test"] == "chart")]
    assert one["says"].count("; ") == len(rules) - 1


def test_links_and_directions() -> None:
    assert chart_link("RXW", HIGHER) == "explorer?view=control-chart&indicator=ae_4h_all&org=RXW"
    assert direction_words("worse", "cusum") == "got worse among peers"
    assert direction_words("neutral", "chart") == "neither side is better"
