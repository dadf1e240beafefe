"""The library: the list searched and filtered, and the card of an indicator."""

import pandas as pd
import pytest
from streamlit.testing.v1 import AppTest

from tests.app.conftest import Open, all_rows, charts_of, lead, specs, text_of

TITLE = "Which indicators are there, and what can they carry?"


def listed(app: AppTest) -> pd.DataFrame:
    (frame,) = app.dataframe
    return frame.value


def test_the_page_counts_the_catalogue_and_lists_all_of_it(open_page: Open) -> None:
    app = open_page("library")
    assert not app.exception
    assert app.title[0].value == TITLE
    rows = listed(app)
    filled = rows["organisations"].notna().sum()
    assert filled >= 35
    assert f"{len(rows)} indicators are in the catalogue; {filled} of them have figures" in lead(
        app
    )
    assert f"For the other {len(rows) - filled} no public file is read yet." in lead(app)
    assert set(rows.loc[rows["organisations"].isna(), "figures"]) == {"No public file read yet"}


def test_england_and_regions_are_not_counted_as_organisations(open_page: Open) -> None:
    rows = listed(open_page("library")).set_index("title")
    assert rows.loc["Category 2 mean response", "organisations"] == 11


def test_an_overdue_indicator_says_since_when(open_page: Open) -> None:
    rows = listed(open_page("library")).set_index("title")
    # August 2025 is the last month: September ends on 1 October, twelve days later is the 13th.
    assert rows.loc["Category 2 mean response", "due"] == "due since 13 October 2025, not read yet"
    assert rows.loc["Hospital mortality (SHMI)", "due"] == "not known"


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("CANCER 62", ["Cancer treated within 62 days", "Cancer treated after 104 days"]),
        ("OF0023", ["RTT within 18 weeks"]),
        ("ambsys telephone", ["Hear and treat"]),
    ],
)
def test_a_search_in_the_link_finds_indicators_with_all_its_words(
    open_page: Open, words: str, found: list[str]
) -> None:
    app = open_page("library", q=words)
    assert sorted(listed(app)["title"]) == sorted(found)
    assert f"{len(found)} of " in text_of(app)


def test_a_search_is_kept_in_the_address_and_leaves_it_when_emptied(open_page: Open) -> None:
    app = open_page("library")
    app.text_input[0].set_value("sickness").run()
    assert app.query_params["q"] == "sickness"
    assert "Sickness absence" in listed(app)["title"].tolist()
    app.text_input[0].set_value("").run()
    assert "q" not in app.query_params


@pytest.mark.parametrize(
    ("name", "value", "column", "shown"),
    [
        ("group", "ambulance", "group_words", "Ambulance"),
        ("source", "rtt", "source_words", "Consultant-led Referral to Treatment Waiting Times"),
        ("cadence", "quarter", "every", "quarter"),
        ("status", "awaiting_data", "figures", "No public file read yet"),
    ],
)
def test_a_filter_in_the_link_leaves_what_fits(
    open_page: Open, name: str, value: str, column: str, shown: str
) -> None:
    app = open_page("library", **{name: value})
    rows = listed(app)
    assert set(rows[column]) == {shown}
    assert 0 < len(rows) < len(listed(open_page("library")))
    assert app.multiselect(key=f"link.{name}").value == [value]


def test_filters_and_words_go_together(open_page: Open) -> None:
    app = open_page("library", q="response", group="ambulance", better="lower")
    assert set(listed(app)["group_words"]) == {"Ambulance"}
    assert "Hear and treat" not in " ".join(listed(app)["title"])


def test_nothing_found_says_what_to_do(open_page: Open) -> None:
    app = open_page("library", q="xyzzy")
    assert "No indicator fits these choices." in app.info[0].value


def test_a_card_has_definition_standard_freshness_and_frameworks(open_page: Open) -> None:
    app = open_page("library", indicator="rtt_18w")
    assert not app.exception
    assert app.title[0].value == "RTT within 18 weeks"
    text = text_of(app)
    for words in (
        "Patients waiting 18 weeks or less for treatment.",
        "Incomplete pathways at 18 weeks or less",
        "All incomplete pathways",
        "Per cent. Higher is better.",
        "Standard 92.0 % from Apr 2012",
        "Monthly, usually 42 days after the period.",
        "Oct 2015 – May 2026, 250 organisations.",
        "Next figures: due since 12 August 2026, not read yet.",
        "Feeds the rule that makes the segment in NOF 2025/26.",
        "The constitutional standard for planned care",
        "Apr 2021: Waiting-time bands to 104 weeks",
        "next review due",
    ):
        assert words in text
    frameworks = app.table[0].value
    row = frameworks.set_index("Framework").loc["NOF 2025/26"]
    assert row["Metric"].startswith("OF0023: ")
    assert row["Feeds the segment rule"] == "yes"
    assert set(frameworks["Framework"]) >= {"SOF 2021/22 and NOF 2022/23", "NOF 2026/27"}


def test_coverage_says_what_is_there_and_why_the_rest_is_not(open_page: Open) -> None:
    app = open_page("library", indicator="rtt_18w")
    assert "22,670 of 26,325 expected figures (86.1 %) of 250 organisations are there." in lead(app)
    assert "no file of this period is read (2,280)" in lead(app)
    assert charts_of(app)[0].proto.alt.startswith("RTT within 18 weeks: 22,670 of 26,325")
    assert len(all_rows(specs(app)[0])) < 5_000


def test_values_by_segment_are_of_one_framework_and_marked_as_circular(open_page: Open) -> None:
    app = open_page("library", indicator="rtt_18w", view="segments")
    assert "decides segments partly by this very indicator" in lead(app)
    assert app.selectbox(key="link.quarter").value == "R2-2025Q4"
    earlier = open_page("library", indicator="rtt_18w", view="segments", quarter="R1-2023Q4")
    assert "by this very indicator" not in lead(earlier)
    assert charts_of(app)[0].proto.alt.startswith("RTT within 18 weeks. ")


def test_medians_of_a_few_have_no_interval_and_say_so(open_page: Open) -> None:
    app = open_page("library", indicator="amb_c2_mean", view="segments")
    assert "(too few for an interval), n = " in lead(app)
    assert len(charts_of(app)) == 1


def test_reliability_has_its_interval_and_its_warnings(open_page: Open) -> None:
    app = open_page("library", indicator="rtt_18w", view="reliability")
    assert "One month tells acute trusts apart with reliability 0.72 (0." in lead(app)
    assert "Organisations drift in different directions" in text_of(app)
    count = open_page("library", indicator="rtt_wl", view="reliability")
    assert "its reliability says little about performance" in text_of(count)


def test_reliability_of_one_survey_is_not_estimated(open_page: Open) -> None:
    app = open_page("library", indicator="ss_morale", view="reliability")
    assert "cannot be estimated" in lead(app)
    assert "periods with values: 1, at least 6 are needed" in app.info[0].value


def test_a_card_that_awaits_data_says_why_and_has_no_picture(open_page: Open) -> None:
    app = open_page("library", indicator="shmi")
    assert app.title[0].value == "Hospital mortality (SHMI)"
    assert "No public file of this is read yet." in lead(app)
    assert "do not say which twelve months they are about" in lead(app)
    assert "Its files can be read" in text_of(app)
    assert charts_of(app) == []


def test_every_indicator_has_a_card(open_page: Open) -> None:
    app = open_page("library")
    options = app.selectbox(key="link.indicator").options
    assert len(options) == len(listed(app))
    for place in range(0, len(options), 8):
        app.selectbox(key="link.indicator").select_index(place).run()
        assert not app.exception
        assert app.title[0].value == options[place]


def test_choosing_an_indicator_opens_its_card_and_clearing_it_leads_back(open_page: Open) -> None:
    app = open_page("library", q="rtt")
    app.selectbox(key="link.indicator").set_value("rtt_wl").run()
    assert app.query_params["indicator"] == "rtt_wl"
    assert app.title[0].value == "RTT waiting list"
    app.selectbox(key="link.indicator").set_value(None).run()
    assert app.title[0].value == TITLE
    assert app.text_input[0].value == "rtt"


@pytest.mark.parametrize("link", [{"indicator": "nope"}, {"group": "nope"}, {"status": "nope"}])
def test_an_unknown_value_is_dropped_with_a_note(open_page: Open, link: dict[str, str]) -> None:
    app = open_page("library", **link)
    assert app.title[0].value == TITLE
    assert "“nope”, which is not among the choices here" in app.info[0].value
    assert set(link).isdisjoint(app.query_params)
