"""Spells as analyses and pages read them."""

import duckdb
import pandas as pd
import pytest

from indicators.series import ENDINGS, order_by_entry, read_spells


def spells(*rows: tuple[str, str | None, str]) -> pd.DataFrame:
    frame = pd.DataFrame(rows, columns=["org_code", "entered_earliest", "left_kind"])
    return frame.assign(entered_earliest=pd.to_datetime(frame["entered_earliest"]))


def test_organisations_are_in_the_order_of_their_first_entry() -> None:
    ordered = order_by_entry(
        spells(
            ("RLATE", "2021-07-01", "left_unspecified"),
            ("RNONE", None, "not_established"),
            ("REARLY", "2021-08-01", "improved"),
            ("REARLY", "2013-07-01", "transferred"),
        )
    )
    assert ordered["org_code"].tolist() == ["REARLY", "REARLY", "RLATE", "RNONE"]
    assert ordered["row_order"].tolist() == [0, 0, 1, 2]
    assert [f"{day:%Y}" for day in ordered["entered_earliest"][:2]] == ["2013", "2021"]
    assert ordered.index.tolist() == [0, 1, 2, 3]


def test_organisations_that_entered_together_are_in_the_order_of_their_codes() -> None:
    ordered = order_by_entry(spells(("RB", "2021-07-01", "x"), ("RA", "2021-07-01", "x")))
    assert ordered["org_code"].tolist() == ["RA", "RB"]


def test_an_unknown_entry_comes_after_the_known_ones_of_its_organisation() -> None:
    ordered = order_by_entry(spells(("RA", None, "x"), ("RA", "2021-07-01", "x")))
    assert ordered["entered_earliest"].isna().tolist() == [False, True]
    assert ordered["row_order"].tolist() == [0, 0]


@pytest.mark.parametrize(
    ("left_kind", "ending"),
    [
        ("improved", "left"),
        ("left_unspecified", "left"),
        ("transferred", "transferred"),
        ("merged_or_dissolved", "closed"),
        ("regime_closed", "closed"),
        ("not_established", "not_established"),
    ],
)
def test_an_ending_is_told_in_the_words_of_a_chart(left_kind: str, ending: str) -> None:
    (row,) = order_by_entry(spells(("RA", "2021-07-01", left_kind))).to_dict("records")
    assert (row["ending"], row["ending_label"]) == (ending, ENDINGS[ending])


def test_the_register_is_read_whole_with_a_row_for_each_organisation(
    marts: duckdb.DuckDBPyConnection,
) -> None:
    rows = read_spells(marts)
    assert len(rows) == 99
    assert rows["spell_id"].is_unique
    per_row = rows.groupby("row_order")["org_code"].nunique()
    assert set(per_row) == {1}
    assert list(per_row.index) == list(range(rows["org_code"].nunique()))
    assert set(rows["ending"]) == set(ENDINGS)
    first = rows.groupby("row_order")["entered_earliest"].min().dropna()
    assert first.is_monotonic_increasing
    not_left = rows["ending"] == "not_established"
    assert rows.loc[not_left, "left_earliest"].isna().all()
    assert rows.loc[rows["ending"].isin(["left", "transferred"]), "left_earliest"].notna().all()
