"""The chart of documents: a mark only where a date is known, as wide as the date is open."""

from datetime import date
from typing import Any

import pandas as pd
import pytest

from pages.charts.documents import KIND_WORDS, describe_documents, draw_documents
from pages.charts.theme import DARK, LIGHT, Tokens
from tests.unit.pages.chart_picture import compile_chart, written
from tests.unit.pages.chart_reading import colours, marked, rows, token_colours
from tests.unit.pages.made_spells import spell

TODAY = date(2026, 11, 22)


def document(name: str, kind: str, first: str | None, last: str | None = None) -> dict[str, Any]:
    return {
        "name": name,
        "kind": kind,
        "publisher": "The Paper",
        "organisations": "Trust RXW",
        "supports": "segment 4",
        "url": "https://paper.example",
        "dated_label": "as written",
        "dated_earliest": first,
        "dated_latest": last or first,
    }


def frame(*documents: dict[str, Any]) -> pd.DataFrame:
    made = pd.DataFrame(documents)
    days = {name: pd.to_datetime(made[name]) for name in ("dated_earliest", "dated_latest")}
    return made.assign(**days)


DOCUMENTS = frame(
    document("a day", "news", "2022-03-16"),
    document("a month", "news", "2022-03-01", "2022-03-31"),
    document("a year", "cqc_report", "2019-01-01", "2019-12-31"),
    document("undated", "news", None),
    document("undated too", "scrutiny", None),
)
NO_SPELLS = (
    pd.DataFrame([spell()]).iloc[:0].assign(entered_earliest=pd.Series(dtype="datetime64[ns]"))
)


def spec_of(
    documents: pd.DataFrame = DOCUMENTS, spells: pd.DataFrame = NO_SPELLS, tokens: Tokens = LIGHT
) -> dict[str, Any]:
    return draw_documents(documents, spells, TODAY, tokens).to_dict()


def day(row: dict[str, Any], column: str) -> str:
    return str(row[column])[:10]


def test_a_day_is_a_point_and_a_longer_date_a_bar_over_all_it_can_mean() -> None:
    spec = spec_of()
    (points,) = marked(spec, "point")
    assert [(row["name"], day(row, "day")) for row in rows(points)] == [("a day", "2022-03-16")]
    (bars,) = marked(spec, "rect")
    assert [(row["name"], day(row, "dated_earliest"), day(row, "until")) for row in rows(bars)] == [
        ("a year", "2019-01-01", "2020-01-01"),
        ("a month", "2022-03-01", "2022-04-01"),
    ]
    (caps,) = marked(spec, "tick")
    assert sorted(day(row, "end") for row in rows(caps)) == [
        "2019-01-01",
        "2020-01-01",
        "2022-03-01",
        "2022-04-01",
    ]


def test_undated_documents_are_counted_beside_their_kind_and_nowhere_on_the_axis() -> None:
    words = written(spec_of(), 900)
    assert [
        words[words.index(kind) + 1]
        for kind in ("CQC report or release", "Council scrutiny", "News")
    ] == [
        "1 dated, 0 undated",
        "0 dated, 1 undated",
        "2 dated, 1 undated",
    ]
    assert "Data" not in words


def test_every_kind_has_its_name_when_all_are_shown() -> None:
    every = frame(*(document(kind, kind, "2022-03-16") for kind in KIND_WORDS))
    assert set(KIND_WORDS.values()) <= set(written(spec_of(every), 900))


def test_a_mark_lies_in_the_row_of_its_kind() -> None:
    many = frame(
        *(document(f"news {n}", "news", f"2022-03-{n:02}") for n in range(1, 20)),
        document("report", "cqc_report", "2022-03-01"),
    )
    (points,) = marked(spec_of(many), "point")
    for row in rows(points):
        top = 0 if row["name"] == "report" else 1
        assert top + 0.1 < row["down"] < top + 0.9


def test_the_axis_runs_from_the_first_year_to_the_end_of_this_one() -> None:
    (points,) = marked(spec_of(), "point")
    ends = [bound["expr"] for bound in points["encoding"]["x"]["scale"]["domain"]]
    assert ends == ["datetime(2019, 0, 1)", "datetime(2027, 0, 1)"]


def test_spells_of_the_organisation_are_bands_with_the_programmes_name() -> None:
    stay = pd.DataFrame([spell(entered=date(2016, 5, 2), left=date(2022, 3, 16))])
    days = ("entered_earliest", "entered_latest", "left_earliest", "left_latest", "last_known_in")
    spec = spec_of(spells=stay.assign(**{name: pd.to_datetime(stay[name]) for name in days}))
    band = marked(spec, "rect")[0]
    assert (day(rows(band)[0], "begins"), day(rows(band)[0], "ends")) == (
        "2016-05-02",
        "2022-03-16",
    )
    assert "RSP" in written(spec, 900)
    (points,) = marked(spec, "point")
    assert points["encoding"]["x"]["scale"]["domain"][0]["expr"] == "datetime(2016, 0, 1)"


def test_the_hover_says_what_the_table_says() -> None:
    (points,) = marked(spec_of(), "point")
    titles = [tip["title"] for tip in points["encoding"]["tooltip"]]
    assert titles == ["document", "date", "organisations", "publisher", "supports"]


@pytest.mark.parametrize("tokens", [LIGHT, DARK])
def test_colours_are_those_of_the_theme(tokens: Tokens) -> None:
    assert colours(spec_of(tokens=tokens)) <= token_colours(tokens)


@pytest.mark.parametrize("width", [220, 900])
def test_the_chart_compiles_without_complaint(
    capfd: pytest.CaptureFixture[str], width: int
) -> None:
    compile_chart(spec_of() | {"width": width})
    assert capfd.readouterr().err == ""


def test_the_takeaway_counts_what_is_dated_and_names_the_commonest_kind() -> None:
    assert describe_documents(DOCUMENTS) == (
        "5 documents, 3 of them dated, from 2019 to 2022; most are of the kind “News” (3)."
    )
    undated = DOCUMENTS[DOCUMENTS["dated_earliest"].isna()].iloc[1:]
    assert describe_documents(undated) == (
        "1 document, 0 of them dated; most are of the kind “Council scrutiny” (1)."
    )
