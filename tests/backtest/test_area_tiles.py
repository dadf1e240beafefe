"""The tile maps hold every board and region of the published warehouse, and no two in one place."""

import pandas as pd
import pytest

from sql.reads import read


@pytest.fixture
def tiles(marts) -> pd.DataFrame:
    return read(marts, "area_tiles")


def test_every_board_and_region_has_a_tile(marts, tiles) -> None:
    everyone = read(marts, "organisations")
    areas = everyone.loc[everyone["org_type"].isin(["icb", "region"]), "org_code"]
    assert set(tiles["area_code"]) == set(areas)


@pytest.mark.parametrize(
    ("day", "boards"), [("2022-07-01", 42), ("2026-03-31", 42), ("2026-04-01", 36)]
)
def test_no_two_boards_of_one_day_share_a_place(tiles, day, boards) -> None:
    of_boards = tiles[tiles["area_type"] == "icb"]
    is_open = (of_boards["opened_on"] <= day) & ~(of_boards["closed_on"] < day)
    shown = of_boards[is_open]
    assert len(shown) == boards
    assert not shown.duplicated(["column_number", "row_number"]).any()


def test_no_two_regions_share_a_place(tiles) -> None:
    regions = tiles[tiles["area_type"] == "region"]
    assert len(regions) == 7
    assert not regions.duplicated(["column_number", "row_number"]).any()


def test_a_board_that_took_over_others_stands_where_one_of_them_stood(marts, tiles) -> None:
    everyone = read(marts, "organisations").set_index("org_code")["successor_code"].dropna()
    places = tiles.set_index("area_code")[["column_number", "row_number"]].apply(tuple, axis=1)
    new = set(tiles.loc[tiles["opened_on"] == "2026-04-01", "area_code"])
    assert len(new) == 6
    for board in new:
        before = [code for code, successor in everyone.items() if successor == board]
        assert places[board] in {places[code] for code in before if code in places.index}


def test_short_labels_fit_a_phone_and_differ(tiles) -> None:
    boards = tiles[tiles["area_type"] == "icb"]
    assert boards["short_label"].str.len().max() <= 6
    assert not boards["short_label"].duplicated().any()
    assert boards["label"].str.len().max() <= 20
