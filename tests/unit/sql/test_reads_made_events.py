"""Answers to the questions about events, from rows made for the purpose."""

import pandas as pd

from tests.unit.sql.models import Row, answer


def test_events_of_organisations_keep_the_date_as_their_source_gives_it() -> None:
    ratings: list[Row] = [
        {"org_code": "RAA", "date": "2022-02", "overall": "Inadequate", "source_url": "u"},
        {"org_code": "RAA", "date": "2019-05-22", "overall": "Good", "source_url": "v"},
        {"org_code": "RAA", "date": "2023", "overall": "", "source_url": "w"},
    ]
    rows = answer(
        "organisation_events",
        {},
        reference_cqc_ratings=ratings,
        reference_org_changes=[
            {
                "predecessor_code": "RAA",
                "predecessor_name": "A",
                "date": "2024",
                "successor_name": "B",
            }
        ],
    )
    assert rows[["org_name", "stated_as", "title", "source_url"]].to_numpy().tolist() == [
        ["RAA", "2019-05-22", "Rated good overall by the Care Quality Commission", "v"],
        ["RAA", "2022-02", "Rated inadequate overall by the Care Quality Commission", "u"],
    ]
    assert f"{rows['happened_on'][1]:%Y-%m-%d}" == "2022-02-01"


def test_national_events_are_those_known_to_the_month_in_order_and_of_no_organisation() -> None:
    def event(name: str, begun: str, ended: str = "") -> Row:
        told = {"event_id": name, "happened_on": begun, "ended_on": ended, "kind": "covid"}
        return told | {"title": name.upper(), "source_url": "u"}

    rows = answer(
        "national_events",
        {},
        reference_national_events=[
            event("day", "2022-02-14"),
            event("month", "2020-03", "2021-04"),
            event("year", "2019"),
        ],
        reference_cqc_ratings=[
            {"org_code": "RAA", "date": "2022-02", "overall": "Good", "source_url": "u"}
        ],
    )
    assert rows["title"].tolist() == ["MONTH", "DAY"]
    assert list(rows["happened_on"]) == [pd.Timestamp("2020-03-01"), pd.Timestamp("2022-02-14")]
    assert rows["ended_on"][0] == pd.Timestamp("2021-04-01")
    assert pd.isna(rows["ended_on"][1])
