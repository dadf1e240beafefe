"""Shapes of ICBs: one row per vintage and board, however often a file was read."""

from tests.unit.sql.models import Row, run


def test_a_shape_is_kept_once_per_vintage_and_board():
    shape: Row = {
        "vintage": "2023",
        "ons_code": "E54000008",
        "icb_name": "NHS Board",
        "geojson": '{"type":"Polygon","coordinates":[]}',
        "source_id": "icb_geography",
        "snapshot_id": "a",
    }
    found = run(
        "staging.stg_icb_geography__shapes", icb_shapes=[shape, shape, shape | {"vintage": "2026"}]
    )
    assert sorted(found["vintage"]) == [2023, 2026]
    assert set(found["geojson"]) == {shape["geojson"]}
