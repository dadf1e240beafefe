"""Answers to the questions of the pages, from rows made for the purpose."""

from datetime import date

import pandas as pd
import pytest

from tests.unit.sql.models import Row, answer, by, figure, snapshot, trust

PROGRAMMES: list[Row] = [
    {
        "programme": programme,
        "short_name": programme.upper(),
        "programme_group": group,
        "started": started,
        "ended": ended,
    }
    for programme, group, started, ended in (
        ("qsm", "special measures", "2013-07", "2021-07"),
        ("fsm", "special measures", "2016-07", "2021-07"),
        ("rsp", "Recovery Support Programme", "2021-07", ""),
        ("pip", "successor programmes", "2025-06", ""),
    )
]


def spell(number: int, programme: str, org: str = "RAA", **more: str) -> Row:
    """A spell whose dates are given to the day, if at all."""
    usual: Row = {
        "spell_id": f"{programme}-{org}-{number}",
        "org_code": org,
        "org_type": "acute",
        "programme": programme,
        "left_kind": "left" if more.get("left") else "not_established",
        "source_urls": "https://a.example/1",
    }
    return usual | more


def counted(
    spells: list[Row], today: date, group: str = "any programme"
) -> dict[str, tuple[int, int]]:
    """Organisations known and possibly inside, by month."""
    rows = answer(
        "programme_counts",
        {"today": today, "org_types": []},
        reference_programmes=PROGRAMMES,
        reference_programme_spells=spells,
    )
    mine = rows[rows["programme_group"] == group]
    return {f"{row.month:%Y-%m}": (row.known, row.possible) for row in mine.itertuples()}


def test_a_dated_spell_counts_from_the_first_of_a_month_inside_to_the_last() -> None:
    spells = [spell(1, "rsp", entered="2022-02-01", left="2022-04-15")]
    assert counted(spells, date(2022, 6, 1)) == {
        "2022-02": (1, 0),
        "2022-03": (1, 0),
        "2022-04": (1, 0),
    }


def test_months_that_a_shortened_date_leaves_open_are_possible_only() -> None:
    spells = [spell(1, "rsp", entered="2022-Q1", left="2022-05")]
    assert counted(spells, date(2022, 7, 1)) == {
        "2022-01": (0, 1),
        "2022-02": (0, 1),
        "2022-03": (0, 1),
        "2022-04": (1, 0),
        "2022-05": (0, 1),
    }


def test_without_an_exit_the_organisation_is_known_to_be_inside_while_a_source_says_so() -> None:
    spells = [spell(1, "rsp", entered="2022-02-01", last_known_in="2022-03-20")]
    assert counted(spells, date(2022, 5, 1)) == {
        "2022-02": (1, 0),
        "2022-03": (1, 0),
        "2022-04": (0, 1),
        "2022-05": (0, 1),
    }


def test_an_organisation_in_two_programmes_counts_once() -> None:
    spells = [
        spell(1, "qsm", entered="2018-01-01", left="2018-02-15"),
        spell(2, "fsm", entered="2018-02-01", left="2018-03-15"),
        spell(1, "qsm", "RBB", entered="2018-02-01", left="2018-02-15"),
    ]
    for group in ("any programme", "special measures"):
        assert counted(spells, date(2018, 12, 1), group) == {
            "2018-01": (1, 0),
            "2018-02": (2, 0),
            "2018-03": (1, 0),
        }


def test_nobody_is_in_both_or_neither_when_the_recovery_support_programme_took_over() -> None:
    spells = [
        spell(1, "qsm", entered="2021-05-01", left="2021-07", left_kind="transferred"),
        spell(1, "rsp", entered="2021-07", left="2021-09-15", transferred_from="QSM"),
    ]
    assert counted(spells, date(2021, 8, 1)) == dict.fromkeys(
        ("2021-05", "2021-06", "2021-07", "2021-08"), (1, 0)
    )
    assert "2021-07" not in counted(spells, date(2021, 8, 1), "special measures")


def test_the_latest_moves_are_dated_entries_and_exits_newest_first() -> None:
    rows = answer(
        "latest_moves",
        {"most": 3},
        reference_programmes=PROGRAMMES,
        reference_org_types=[trust("RAA", org_name="Alpha NHS Trust")],
        reference_programme_spells=[
            spell(1, "qsm", entered="2019-01", left="2021-07", left_kind="transferred"),
            spell(1, "rsp", entered="2021-08", left="2026-03"),
            spell(1, "pip", "RZZ", entered=""),
        ],
    )
    assert [(row.org_name, row.move, row.written) for row in rows.itertuples()] == [
        ("Alpha", "left", "2026-03"),
        ("Alpha", "entered", "2021-08"),
        ("Alpha", "moved to the RSP", "2021-07"),
    ]


def test_standing_counts_organisations_by_their_latest_spell_of_a_kind() -> None:
    rows = answer(
        "standing_by_type",
        {},
        reference_programmes=PROGRAMMES,
        reference_programme_spells=[
            spell(1, "qsm", entered="2014-01", left="2015-01"),
            spell(2, "qsm", entered="2018-01"),
            spell(1, "fsm", "RBB", entered="2016-08", left="2017-01"),
        ],
    )
    (row,) = rows.to_dict("records")
    assert row == {
        "programme_group": "special measures",
        "org_type": "acute",
        "ever": 2,
        "left_since": 1,
        "exit_not_established": 1,
    }


AMBULANCE = snapshot("amb", "ambulance_quality")
INDICATOR: Row = {
    "indicator_id": "calls",
    "source_id": "ambulance_quality",
    "numerator": "a1",
    "scale": "1",
    "order": "1",
    "better": "lower",
    "unit": "count",
}
PEERS = ("RAA", "RBB", "RCC", "RDD", "REE")


def values(by_org: dict[str, str], month: str = "2024-04") -> list[Row]:
    return [figure(AMBULANCE, "a1", value, org, month) for org, value in by_org.items()]


def latest(figures: list[Row], better: str = "lower") -> dict[str, object]:
    rows = answer(
        "latest_values",
        {"org": "RAA"},
        catalogue=[INDICATOR | {"better": better}],
        snapshots=[AMBULANCE],
        figures=figures,
        reference_org_types=[*map(trust, PEERS), trust("RX6", "ambulance")],
    )
    return by("indicator_id", rows)["calls"]


COMPARED = values({"RAA": "20", "RBB": "10", "RCC": "30", "RDD": "20", "RX6": "1"})


@pytest.mark.parametrize(("better", "place"), [("lower", 2), ("higher", 2), ("neither", None)])
def test_a_place_is_among_organisations_of_the_type_and_only_where_a_direction_is_better(
    better: str, place: int | None
) -> None:
    row = latest(COMPARED, better)
    assert [row[name] for name in ("value", "place", "peers", "peer_median")] == [20, place, 4, 20]


def test_the_latest_value_is_the_last_that_was_published_with_the_one_a_year_before() -> None:
    figures = [
        *values({"RAA": "5"}, "2023-04"),
        *values({"RAA": "9"}, "2023-05"),
        *values({"RAA": "20", "RBB": "10"}),
        *values({"RAA": "*", "RBB": "1"}, "2024-05"),
    ]
    row = latest(figures)
    assert (row["value"], row["value_year_before"], row["place"]) == (20, 5, 2)
    assert row["file_name"] == "amb.csv"


@pytest.mark.parametrize(("number", "months"), [(5, 1), (4, 0)])
def test_a_band_needs_five_organisations_with_a_value(number: int, months: int) -> None:
    rows = answer(
        "peer_bands",
        {"org_type": "acute"},
        catalogue=[INDICATOR],
        snapshots=[AMBULANCE],
        figures=values({org: str(10 * i) for i, org in enumerate(PEERS[:number])}),
        reference_org_types=list(map(trust, PEERS)),
    )
    assert len(rows) == months
    for row in rows.itertuples():
        assert (row.n, row.median, row.p10, row.p90) == (5, 20, 4, 36)


def test_what_is_missing_is_counted_by_reason() -> None:
    figures = [*values({"RAA": "*", "RBB": "-"}), *values({"RAA": "*"}, "2024-05")]
    rows = answer(
        "missing",
        {"source": "ambulance_quality"},
        catalogue=[INDICATOR],
        snapshots=[AMBULANCE],
        figures=figures,
        reference_org_types=list(map(trust, PEERS)),
    )
    (row,) = rows.to_dict("records")
    assert (row["missing_reason"], row["organisation_months"], row["organisations"]) == (
        "not published",
        3,
        2,
    )


def test_coverage_counts_files_in_force_replaced_and_refused() -> None:
    files = [
        snapshot("a", "rtt", published_on="2024-06-01"),
        snapshot("b", "rtt", published_on="2024-07-01"),
        snapshot("c", "rtt", status="refused", reason="cut short"),
    ]
    rows = answer("source_coverage", {}, snapshots=files)
    (row,) = rows[rows["source_id"] == files[0]["source_id"]].to_dict("records")
    assert [row[f"files_{kind}"] for kind in ("in_force", "superseded", "refused")] == [1, 1, 1]
    assert f"{row['last_published_on']:%Y-%m-%d}" == "2024-07-01"


def test_published_counts_are_those_of_intensive_support() -> None:
    counts: list[Row] = [
        {"date": "2021-09", "level": "trusts", "segment": "4", "count": "18"},
        {"date": "2021-09", "level": "trusts", "segment": "3", "count": "70"},
        {"date": "2014-01", "level": "trusts", "segment": "special measures", "count": "14"},
        {"date": "2021-10", "level": "trusts and ICBs joint", "segment": "4", "count": "23"},
    ]
    rows = answer("published_counts", {}, reference_segment_counts=counts)
    assert rows["organisations"].tolist() == [14, 18]


def test_published_changes_are_those_of_segments_between_quarters() -> None:
    counts: list[Row] = [
        {"date": "2021-09", "level": "trusts", "segment": "4", "count": "18"},
        {
            "date": "2025-12-12",
            "level": "all trusts",
            "segment": "changed segment since Q1",
            "count": "38",
        },
    ]
    rows = answer("published_changes", {}, reference_segment_counts=counts)
    assert rows["organisations"].tolist() == [38]


def test_segment_statements_are_those_of_every_organisation() -> None:
    stated: list[Row] = [
        {
            "org_code": org,
            "snapshot_date": day,
            "era_id": "R1",
            "segment": "3",
            "framework": "NOF 2022/23",
        }
        for org, day in (("RBB", "2023-01"), ("RAA", "2024-02-01"), ("RAA", "2023-02-01"))
    ]
    rows = answer("segment_statements", {}, reference_segment_snapshots=stated)
    found = [(row.org_code, f"{row.effective_from:%Y-%m}") for row in rows.itertuples()]
    assert found == [("RAA", "2023-02"), ("RAA", "2024-02"), ("RBB", "2023-01")]


def test_spells_know_when_their_programme_ended() -> None:
    rows = answer(
        "spells",
        {},
        reference_programmes=PROGRAMMES,
        reference_org_types=[trust("RAA"), trust("RBB")],
        reference_programme_spells=[spell(1, "qsm"), spell(1, "rsp", "RBB")],
    )
    ends = {row.org_code: row.programme_ended_on for row in rows.itertuples()}
    assert f"{ends['RAA']:%Y-%m-%d}" == "2021-07-01"
    assert pd.isna(ends["RBB"])
    assert rows["org_closed_on"].isna().all()


def test_organisations_say_whether_they_have_spells_and_figures() -> None:
    rows = answer(
        "organisations",
        {},
        catalogue=[INDICATOR],
        snapshots=[AMBULANCE],
        figures=values({"RAA": "1"}),
        reference_org_types=[trust("RAA"), trust("RBB")],
        reference_programme_spells=[spell(1, "rsp", "RBB")],
    )
    found = by("org_code", rows)
    assert {
        org: (found[org]["has_spell"], found[org]["has_figures"]) for org in ("RAA", "RBB")
    } == {
        "RAA": (False, True),
        "RBB": (True, False),
    }


BEDS: Row = {
    "indicator_id": "beds",
    "source_id": "kh03",
    "numerator": "occupied",
    "scale": "1",
    "cadence": "quarter",
}


def quarters(entered: str) -> dict[str, int]:
    """Months from entry at which each quarter of 2022 stands, by its first month."""
    origin = snapshot("beds", "kh03", period_start="2022-01-01", period_end="2023-01-01")
    rows = [
        figure(origin, "occupied", "5", "RAA", month=start, period_end=end)
        for start, end in (
            ("2022-01", "2022-04-01"),
            ("2022-04", "2022-07-01"),
            ("2022-07", "2022-10-01"),
            ("2022-10", "2023-01-01"),
        )
    ]
    found = answer(
        "aligned_series",
        {"indicator": "beds", "programmes": ["rsp"]},
        catalogue=[BEDS],
        snapshots=[origin],
        figures=rows,
        reference_org_types=[trust("RAA")],
        reference_programme_spells=[spell(1, "rsp", entered=entered, entered_precision="month")],
    )
    return {f"{row.period_start:%Y-%m}": row.month for row in found.itertuples()}


@pytest.mark.parametrize("entered", ["2022-04", "2022-05", "2022-06"])
def test_the_quarter_that_holds_the_entry_is_number_zero(entered: str) -> None:
    assert quarters(entered) == {"2022-01": -3, "2022-04": 0, "2022-07": 3, "2022-10": 6}
