"""The warehouse holds the whole register of programme spells, with its sources and no invented date."""

import calendar
from datetime import date
from pathlib import Path

import pandas as pd
import pytest

from sql.reads import read

ROOT = Path(__file__).resolve().parents[2]
REFERENCE = ROOT / "data_sources" / "reference" / "programme_spells.csv"


@pytest.fixture(scope="module")
def spells(marts) -> pd.DataFrame:
    return marts.cursor().execute("from marts.fct_programme_spell").df().set_index("spell_id")


@pytest.fixture(scope="module")
def written() -> pd.DataFrame:
    return pd.read_csv(REFERENCE, dtype=str, keep_default_na=False).set_index("spell_id")


def meaning(text: str) -> tuple[date, date] | None:
    """First and last day that a shortened date can mean, worked out apart from the warehouse's SQL."""
    if not text:
        return None
    year, _, rest = text.partition("-")
    if not rest:
        return date(int(year), 1, 1), date(int(year), 12, 31)
    if rest.startswith("Q"):
        last = 3 * int(rest[1])
        return date(int(year), last - 2, 1), date(
            int(year), last, calendar.monthrange(int(year), last)[1]
        )
    if "-" in rest:
        return date.fromisoformat(text), date.fromisoformat(text)
    month = int(rest)
    return date(int(year), month, 1), date(
        int(year), month, calendar.monthrange(int(year), month)[1]
    )


def test_every_spell_of_the_register_is_there(spells, written) -> None:
    assert set(spells.index) == set(written.index)
    assert len(spells) == 99
    assert spells["programme"].value_counts().to_dict() == {
        "qsm": 40,
        "fsm": 15,
        "rsp": 38,
        "pip": 3,
        "irp": 3,
    }


def test_every_spell_carries_all_its_sources(spells, written) -> None:
    for spell_id, row in written.iterrows():
        assert list(spells.loc[spell_id, "source_urls"]) == row["source_urls"].split(" ; ")
    assert spells["source_urls"].map(len).min() >= 1


@pytest.fixture(scope="module")
def disagreements() -> pd.DataFrame:
    return pd.read_csv(REFERENCE.with_name("date_alternatives.csv"), dtype=str)


@pytest.mark.parametrize("field", ["entered", "left"])
def test_no_date_is_more_exact_than_its_sources(spells, written, disagreements, field: str) -> None:
    """Bounds reach over all that sources say; the day itself is the first that the chosen date can mean."""
    for spell_id, text in written[field].items():
        row = spells.loc[spell_id]
        bounds = row[f"{field}_earliest"], row[f"{field}_latest"]
        chosen = meaning(text)
        if chosen is None:
            assert all(pd.isna(bound) for bound in (*bounds, row[f"{field}_on"]))
            continue
        of_spell = disagreements.query("spell_id == @spell_id and field == @field")["stated"]
        stated = [chosen, *filter(None, map(meaning, of_spell))]
        assert tuple(bound.date() for bound in bounds) == (
            min(first for first, _ in stated),
            max(last for _, last in stated),
        )
        assert row[f"{field}_on"].date() == chosen[0]
        assert chosen[0] <= row[f"{field}_best"].date() <= chosen[1]


def test_the_known_difficulties_of_the_register_are_kept_on_both_sides(spells) -> None:
    """East Kent, Maidstone, the wave of March 2017, and Hampshire within 2023."""
    bounds = spells[["entered_earliest", "entered_latest"]].apply(lambda day: day.dt.date)
    assert tuple(bounds.loc["qsm-RVV-1"]) == (date(2014, 8, 1), date(2014, 9, 30))
    assert tuple(bounds.loc["fsm-RWF-1"]) == (date(2016, 7, 1), date(2016, 8, 31))
    for org in ("RJ7", "RJE", "RJL"):
        assert tuple(bounds.loc[f"fsm-{org}-1"]) == (date(2017, 3, 22), date(2017, 3, 23))
    assert tuple(bounds.loc["rsp-QRL-1"]) == (date(2023, 1, 1), date(2023, 12, 31))


def test_an_exit_that_no_source_gives_is_not_established(spells) -> None:
    open_ended = spells[spells["left_on"].isna()]
    assert set(open_ended["left_kind"]) <= {"not_established", "merged_or_dissolved"}
    assert len(open_ended) == 34


def test_last_known_dates_land_on_their_spells(spells) -> None:
    assert spells["last_known_in"].notna().sum() == 19
    assert str(spells.loc["rsp-RX1-1", "last_known_in"].date()) == "2022-09-30"


def counts_on(marts, month: str) -> dict[str, tuple[int, int]]:
    """(certainly inside, further ones left open) by programme group on the first of a month."""
    counts = read(marts, "programme_counts", today=date(2026, 11, 22), org_types=[])
    rows = counts[counts["month"] == month]
    return {row.programme_group: (row.known, row.possible) for row in rows.itertuples()}


def test_a_spell_without_exit_stays_possible_to_this_day(marts, spells) -> None:
    """Three spells in the PIP and three in the IRP, none with an exit or a last sighting."""
    assert counts_on(marts, "2026-11-01")["successor programmes"] == (0, 6)


def test_nobody_is_counted_in_both_regimes_on_the_day_of_transfer(marts) -> None:
    on_launch = counts_on(marts, "2021-07-01")
    before = counts_on(marts, "2021-06-01")["special measures"]
    assert (
        sum(on_launch["special measures"]) + on_launch["Recovery Support Programme"][0]
        <= sum(before) + 1
    )


def test_the_register_falls_short_of_the_published_count_of_december_2024(marts) -> None:
    known, possible = counts_on(marts, "2024-12-01")["Recovery Support Programme"]
    assert known < 23 <= known + possible + 5


def test_every_board_lies_in_the_region_of_its_trusts(marts) -> None:
    """Trusts have the region of the Organisation Data Service's report, boards that of A&E workbooks."""
    apart = marts.sql(
        "select board.org_code from marts.dim_organisation as board "
        "join marts.dim_organisation as trust on trust.icb_code = board.org_code "
        "where board.org_type = 'icb' and trust.org_type <> 'icb' and trust.region <> board.region"
    )
    assert apart.fetchall() == []
