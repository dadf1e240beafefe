"""One number for a change since entry: in the trajectory, among the small charts and in the profile."""

import re

import pytest
from streamlit.testing.v1 import AppTest

from indicators.registry import load_all
from tests.app.conftest import ROOT, Open, text_of
from tests.app.test_profile import rows_of

CASES = [
    ("RXW", "ae_4h_all"),
    ("RYD", "amb_c2_mean"),
    ("QMM", "rtt_wl"),
    ("RX1", "beds_occ_kh03"),
    ("RTX", "rtt_18w"),
]
"""A share, seconds, a count of a board, quarters, an entry after the 15th."""


def changes_table(app: AppTest, indicator: str):
    app.session_state[f"table.since-entry-{indicator}"] = True
    app.run()
    return next(
        element.value for element in app.dataframe if "Median change of peers" in element.value
    ).set_index("Code")


@pytest.mark.parametrize(("org", "indicator"), CASES)
def test_every_page_prints_the_same_change(open_page: Open, org: str, indicator: str) -> None:
    title = load_all(ROOT / "indicators" / "catalogue")[indicator].short_title
    cell = rows_of(open_page("organisation", org=org))[title][3].replace(" †", "")
    own, _, peers = cell.partition(" | peers ")
    own = re.sub(", (better|worse)$", "", own)
    told = text_of(open_page("explorer", view="trajectory", org=org, indicator=indicator))
    among = changes_table(open_page("explorer", view="multiples", indicator=indicator), indicator)
    assert among.loc[org, "Change since entry"] == own
    assert among.loc[org, "Median change of peers"] == peers
    assert re.search(rf"Since it entered RSP in [^:]+: {re.escape(own)}, from ", told)
    assert f"never in a programme on record is {peers}" in told


def test_where_months_are_missing_no_page_gives_a_change(open_page: Open) -> None:
    """Two of the months around August 2021 were published of Morecambe Bay's diagnostics."""
    cells = rows_of(open_page("organisation", org="RTX"))["Diagnostics: 6 weeks or more"]
    assert cells[3] == "not all figures are known"
    link = {"indicator": "dm01_6w"}
    told = text_of(open_page("explorer", view="trajectory", org="RTX", **link))
    assert "no change is given, as not all months of Jun to Aug 2021 and May to Jul 2025" in told
    among = changes_table(open_page("explorer", view="multiples", **link), "dm01_6w")
    assert among.loc["RTX", "Change since entry"] == "not known"


def test_a_shorter_period_shown_does_not_change_it(open_page: Open) -> None:
    whole = text_of(open_page("explorer", view="trajectory", org="RXW"))
    part = text_of(open_page("explorer", view="trajectory", org="RXW", to="2024-03"))
    sentence = re.search(r"Since it entered RSP in Jul 2021.*? on record is [^;]*? points", whole)
    assert sentence is not None
    assert sentence.group() in part
