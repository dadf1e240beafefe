"""The profile of an organisation: icons and changes by theme, positions with intervals, events."""

import re
from html import unescape

import pandas as pd
import pytest
from streamlit.testing.v1 import AppTest

from indicators.charted import chart_indicator
from indicators.comparators import comparator_pool
from indicators.registry import load_all
from pages.charts.icons import VARIATION_WORDS
from sql.publish import read_current
from sql.reads import open_database, read
from tests.app.conftest import ROOT, Open, text_of

BEFORE_ENTRY = ("2021-04-01", "2021-05-01", "2021-06-01")
LATEST = ("2026-03-01", "2026-04-01", "2026-05-01")


def rows_of(app: AppTest) -> dict[str, list[str]]:
    """The cells of each line of the profile, by indicator, icons by their names."""
    (table,) = [body.proto.body for body in app.get("html") if "ot-profile" in body.proto.body]
    rows = re.findall(r'<tr><th scope="row">(.*?)</th>(.*?)</tr>', table)
    return {
        plain(name): [plain(cell) for cell in re.findall("<td>(.*?)</td>", cells)]
        for name, cells in rows
    }


def plain(html: str) -> str:
    named = re.sub(r'<img[^>]*alt="([^"]*)"[^>]*>', r"\1", html).replace("<small>", " | ")
    return unescape(re.sub(r"<[^>]+>", "", named)).strip(" |")


def saying(app: AppTest) -> str:
    return unescape(re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", text_of(app))))


@pytest.fixture
def warehouse_open(warehouse):
    with open_database(warehouse / read_current(warehouse).file) as connection:
        yield connection


def test_a_line_has_value_icons_changes_and_position(open_page: Open) -> None:
    rows = rows_of(open_page("organisation", org="RXW"))
    value, variation, assurance, since_entry, since_exit, quarter, position = rows[
        "A&E within 4 hours"
    ]
    assert value == "53.0 % | May 2026"
    assert variation in VARIATION_WORDS.values()
    assert assurance == "Standard consistently missed"
    assert since_entry == "−18.2 points, worse | peers −8.2 points"
    assert since_exit == quarter == "+2.4 points, better | peers +3.1 points"
    assert re.fullmatch(r"117 of 118 \| could be 11\d (to 11\d|only)", position)


def test_a_change_since_entry_is_that_of_the_published_figures(
    open_page: Open, warehouse_open
) -> None:
    values = read(warehouse_open, "lineage_values", indicator="ae_4h_all", lineage="as_was")
    wide = values.assign(start=values["period_start"].dt.strftime("%Y-%m-%d")).pivot_table(
        index="org_code", columns="start", values="value"
    )
    change = wide[list(LATEST)].mean(axis=1, skipna=False) - wide[list(BEFORE_ENTRY)].mean(
        axis=1, skipna=False
    )
    organisations = read(warehouse_open, "organisations").set_index("org_code")
    spells = read(warehouse_open, "spells")
    pool = comparator_pool(organisations.reset_index(), set(spells["org_code"].dropna()))
    never = change.index.intersection(pool.loc[pool["org_type"] == "acute", "org_code"])
    cell = rows_of(open_page("organisation", org="RXW"))["A&E within 4 hours"][3]
    assert cell.startswith(f"−{-change['RXW']:.1f} points")
    assert len(never) > 50
    assert cell.endswith(f"peers −{-change[never].median():.1f} points")


def test_the_icons_are_those_of_the_control_charts(open_page: Open, warehouse_open) -> None:
    catalogue = load_all(ROOT / "indicators" / "catalogue")
    for org in ("RXW", "RF4", "RYC"):
        rows = rows_of(open_page("organisation", org=org))
        for key in ("ae_4h_all", "rtt_18w", "amb_c2_mean", "beds_occ_kh03", "ss_engagement"):
            title = catalogue[key].short_title
            icons = chart_indicator(warehouse_open, catalogue[key]).icons.set_index("org_code")
            assert (title in rows) == (org in icons.index)
            if title in rows:
                assert rows[title][1] == VARIATION_WORDS[icons.loc[org, "variation"]]


def test_a_sentence_for_each_theme(open_page: Open) -> None:
    said = saying(open_page("organisation", org="RF4"))
    assert (
        "Urgent care : 2 of 3 indicators show special cause improvement and 1 special cause concern; "
        "A&E within 4 hours 80.8 % in May 2026, the mean of its latest three months 10.9 points above that "
        "of the three before the first month exposed, similar organisations −8.2 points."
    ) in said
    assert "Oversight framework : none of 2 indicators has an icon" in said


def test_what_moved_is_told_beside_what_peers_did_and_claims_nothing(open_page: Open) -> None:
    said = saying(open_page("organisation", org="RXW"))
    assert re.search(
        r"Since it entered the RSP in Jul 2021, \d+ of \d+ indicators moved to the better side; the median "
        r"of similar organisations did for \d+ of \d+\.",
        said,
    )
    assert "Since it left the RSP in Mar 2026" in said
    assert "Over the last quarter" in said
    assert "part of a change since entry is rebound that would have come without support" in said
    assert "significant" not in said


def test_an_exit_that_no_source_gives_is_told_and_has_no_column(open_page: Open) -> None:
    app = open_page("organisation", org="QOC")
    assert "No change since exit is told: no source gives an exit." in saying(app)
    assert "Since it left" not in saying(app)
    assert len(rows_of(app)["A&E within 4 hours"]) == 6


def test_an_organisation_never_inside_has_the_last_quarter_alone(open_page: Open) -> None:
    app = open_page("organisation", org="RCF")
    assert len(rows_of(app)["A&E within 4 hours"]) == 5
    assert "No change since" not in saying(app)
    assert "rebound" not in saying(app)


def test_a_change_over_a_new_definition_is_marked(open_page: Open) -> None:
    app = open_page("organisation", org="RXW")
    assert "†" in rows_of(app)["RTT within 18 weeks"][3]
    assert "RTT within 18 weeks: Community-service pathways removed" in saying(app)


def test_where_chance_has_no_known_size_there_is_no_interval(open_page: Open) -> None:
    rows = rows_of(open_page("organisation", org="RXW"))
    assert rows["RTT waiting list"][-1].endswith("| no interval")
    assert rows["Workforce growth"][-1] == "not ranked"


def test_every_position_lies_within_its_interval(open_page: Open) -> None:
    for cells in rows_of(open_page("organisation", org="RF4")).values():
        found = re.fullmatch(r"(\d+) of (\d+) \| could be (\d+) to (\d+)", cells[-1])
        if found:
            place, of, low, high = map(int, found.groups())
            assert 1 <= low < high <= of
            assert low - 1 <= place <= high + 1


def test_events_have_their_sources(open_page: Open) -> None:
    app = open_page("organisation", org="RXW")
    said = saying(app)
    assert "Mar 2026: left Recovery Support Programme" in said
    assert re.search(r"\d: Rated \w+ overall by the Care Quality Commission", said)
    assert "Documents that bear on it : 10 on record" in said
    (listed,) = [
        b.proto.body
        for b in app.get("html")
        if "left Recovery Support" in b.proto.body and "<li>" in b.proto.body
    ]
    assert listed.count("<li>") == listed.count('rel="noopener">source</a>')


def test_the_data_behind_the_table_say_the_same_and_what_is_compared(open_page: Open) -> None:
    app = open_page("organisation", org="RXW")
    app.session_state["table.profile-RXW"] = True
    app.run()
    frame: pd.DataFrame = next(
        element.value for element in app.dataframe if "Interval of the position" in element.value
    ).set_index("Indicator")
    rows = rows_of(app)
    assert set(frame.index) == set(rows)
    title = "Since it entered the RSP in Jul 2021"
    for name, cells in rows.items():
        assert cells[0].startswith(frame.loc[name, "Value"])
        assert cells[1] == frame.loc[name, "Variation"]
        assert cells[3].replace(" †", "").startswith(frame.loc[name, title])
    assert (
        frame.loc["A&E within 4 hours", f"{title}: compared"]
        == "Apr to Jun 2021 with Mar to May 2026"
    )
    assert (
        frame.loc["Sickness absence", f"{title}: compared"]
        == "Apr to Jun 2021 with Jan to Mar 2025"
    )


def test_figures_of_too_few_cases_are_not_said_to_be_missing(open_page: Open) -> None:
    """Greater Manchester Mental Health treated one patient for cancer in October 2024."""
    cells = rows_of(open_page("organisation", org="RXV"))["Cancer treated within 62 days"]
    assert cells[0] == "0.0 % | Oct 2024"
    assert cells[1] == "too few cases for a chart"


def test_a_small_charts_peers_are_in_its_table_too(open_page: Open) -> None:
    """Four-hour waits in May 2026: what the chart's pointer tells of 118 acute trusts."""
    app = open_page("organisation", org="RXW")
    app.session_state["table.ae_4h_all-RXW"] = True
    app.run()
    table = next(d.value for d in app.dataframe if "p90" in d.value).set_index("period_start")
    may = table.loc["2026-05-01"]
    assert may["n"] == 118
    assert [round(float(may[name]), 1) for name in ("p10", "median", "p90")] == [62.9, 73.4, 80.6]
