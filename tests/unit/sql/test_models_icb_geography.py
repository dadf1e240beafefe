"""Shapes of ICBs: one row per vintage and board, with the board's code where there is just one."""

from tests.unit.sql.models import Row, run, snapshot


def file(name: str, vintage: str, fetched: str) -> Row:
    """A file without a period, as all of boundaries are."""
    row = snapshot(name, "icb_geography", layout=f"boundaries_{vintage}", retrieved_at=fetched)
    return row | {"period_start": None, "period_end": None}


FILES = [
    file("a", "2023", "2026-01-01"),
    file("b", "2023", "2026-02-01"),
    file("c", "2026", "2026-03-01"),
]
SHAPE: Row = {
    "vintage": "2023",
    "ons_code": "E54000008",
    "icb_name": "NHS Board",
    "geojson": '{"type":"Polygon","coordinates":[]}',
    "source_id": "icb_geography",
    "snapshot_id": "b",
}


def shapes(*rows: Row, icbs: tuple[str, ...] = ()) -> list[tuple[object, ...]]:
    boards: list[Row] = [{"icb_code": code, "ons_code": "E54000008"} for code in icbs]
    found = run("marts.dim_icb_shape", snapshots=FILES, icb_shapes=list(rows), icbs=boards)
    assert set(found["geojson"]) == {SHAPE["geojson"]}
    return sorted(
        (vintage, None if code != code else code)
        for vintage, code in zip(found["vintage"], found["icb_code"].astype(object), strict=True)
    )


def test_a_shape_is_kept_once_per_vintage_and_board():
    older, other = SHAPE | {"snapshot_id": "a"}, SHAPE | {"snapshot_id": "c", "vintage": "2026"}
    assert shapes(SHAPE, SHAPE, older, other, icbs=("QYG",)) == [
        (2023, "QYG"),
        (2026, "QYG"),
    ]


def test_an_ons_code_of_several_boards_or_of_none_gives_no_code():
    assert shapes(SHAPE, icbs=("QYG", "QXX")) == [(2023, None)]
    assert shapes(SHAPE) == [(2023, None)]
