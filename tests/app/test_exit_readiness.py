"""Exit readiness: an organisation on record inside beside earlier exits, with no score and no verdict."""

import re

import pandas as pd
import pytest
from streamlit.testing.v1 import AppTest

from tests.app.conftest import Open, all_rows, charts_of, lead, specs, text_of

VERDICTS = (
    "ready to",
    "ready for",
    "score of",
    "ranked",
    "passes",
    "fails",
    "criteria met",
    "treated",
)
CAUSAL = ("because of", "thanks to", "caused by", "impact", "worked", "significant")


@pytest.fixture
def page(open_page: Open) -> AppTest:
    return open_page("pooled", view="readiness", org="RVV")


def table(app: AppTest, name: str, column: str) -> pd.DataFrame:
    """A folded table of the page, opened."""
    app.session_state[f"table.{name}"] = True
    return next(one.value for one in app.run().dataframe if column in one.value.columns)


def test_the_lead_tells_how_many_exits_have_figures_and_judges_nobody(page: AppTest) -> None:
    assert [error.message for error in page.exception] == []
    assert page.title[0].value.startswith("At which levels did others leave")
    told = lead(page)
    numbers = re.match(
        r".*There are (\d+) exits of acute trusts on record, (\d+) dated to the month, (\d+) of them "
        r"\(from \w+ 20\d\d to \w+ 20\d\d\) with figures just before\.",
        told,
    )
    assert numbers is not None
    every, dated, seen = map(int, numbers.groups())
    assert every >= dated >= seen >= 20
    assert "does not judge" in told
    assert not [word for word in VERDICTS + CAUSAL if word in text_of(page).lower()]


def test_the_chart_has_every_exit_of_the_table_and_the_organisation_now(page: AppTest) -> None:
    drawn = all_rows(specs(page)[0])
    circles = [row for row in drawn if "level_words" in row]
    own = [row for row in drawn if row.get("organisation", "").startswith("East Kent")]
    rows = table(page, "exit-readiness-RVV-exits", "Place at exit (number)")
    at_exit = rows["Place at exit (number)"].dropna()
    assert sorted(row["place"] for row in circles) == pytest.approx(
        sorted(at_exit[rows["Place at exit"].str.startswith("better")])
    )
    assert len({row["label"] for row in own}) >= 10


def test_a_range_is_told_of_five_exits_or_more_alone(page: AppTest) -> None:
    rows = table(page, "exit-readiness-RVV", "Own figure now").set_index("Indicator")
    few = rows["Exits with figures"] < 5
    assert few.any()
    assert rows.loc[few, "Place at exit"].str.contains("no range|no exit|count").all()
    assert not rows.loc[few, "Figure at exit"].str.contains("median").any()
    enough = rows["Exits with a change"] >= 5
    assert enough.any()
    assert rows.loc[enough, "Change in the next 12 months"].str.startswith("median").all()
    assert rows["Came back within 12 months"].str.fullmatch(r"\d+ of \d+ followed").all()


def test_what_may_not_be_read_is_said(page: AppTest) -> None:
    told = text_of(page)
    for words in (
        "Only those that left are seen",
        "Who leaves is chosen",
        "Levels of different years",
    ):
        assert words in told
    assert "does not mean that it is still inside" in told
    assert "no criteria of exit" in told.replace("\n", " ")


def test_only_those_on_record_inside_can_be_chosen(open_page: Open) -> None:
    app = open_page("pooled", view="readiness", org="RXW")
    assert "RXW" not in app.query_params.get("org", [])
    assert not any("RXW" in one for one in app.selectbox[0].options)
    assert len(app.selectbox) == 1


@pytest.mark.parametrize("org", ["RW1", "QRL", "RYE"])
def test_with_few_exits_there_are_points_and_no_range(open_page: Open, org: str) -> None:
    app = open_page("pooled", view="readiness", org=org)
    assert [error.message for error in app.exception] == []
    assert "no range is told, only the points" in lead(app)
    assert len(charts_of(app)) == 1
    assert not [row for row in all_rows(specs(app)[0]) if row.get("median") is not None]


def test_the_page_of_who_is_inside_leads_here_and_no_other(open_page: Open) -> None:
    link = "pooled?view=readiness&org="
    assert f"{link}RVV" in text_of(open_page("organisation", org="RVV")).replace("&amp;", "&")
    assert link not in text_of(open_page("organisation", org="RXW")).replace("&amp;", "&")
