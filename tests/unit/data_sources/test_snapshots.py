"""The store keeps bytes as they were published, once each, with where they came from."""

import json
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from data_sources.snapshots import (
    SnapshotRecord,
    SnapshotStore,
    describe,
    sha256_of,
    snapshot_id_of,
    with_origin,
    write_atomically,
)
from data_sources.source import FIGURE_COLUMNS, Parsed

URL = "https://www.england.nhs.uk/x.csv"
FILE_NAMES = st.text(
    st.characters(codec="utf-8", exclude_categories=["Cc"]), max_size=40
) | st.sampled_from(["", ".", "..", "/", "a/../b", "origin.json", "snapshot.json", "x.csv"])


@pytest.fixture
def store(tmp_path: Path) -> SnapshotStore:
    return SnapshotStore(tmp_path)


@given(FILE_NAMES, st.binary(max_size=50))
def test_bytes_are_kept_untouched_inside_the_store_under_any_name(
    file_name: str, content: bytes
) -> None:
    with TemporaryDirectory() as folder:
        snapshot = SnapshotStore(Path(folder)).save("beds", file_name, content)
        assert snapshot.path.read_bytes() == content
        assert snapshot.path.parent == Path(folder) / "snapshots" / "beds" / snapshot.snapshot_id
        assert (snapshot.bytes, snapshot.sha256) == (len(content), sha256_of(content))
        assert snapshot.file_name == snapshot.path.name


def test_a_snapshot_is_named_by_its_source_and_its_bytes() -> None:
    assert sha256_of(b"abc").startswith("ba7816bf8f01cfea")
    assert snapshot_id_of("beds", sha256_of(b"abc")) == "beds-ba7816bf8f01"


def test_the_first_sight_of_the_same_bytes_stands(store: SnapshotStore) -> None:
    first = store.save("beds", "x.csv", b"1", URL)
    again = store.save("beds", "y.csv", b"1", "https://www.england.nhs.uk/y.csv")
    assert again == first
    assert (again.file_name, again.url) == ("x.csv", URL)


def test_the_address_of_a_file_added_by_hand_is_learnt_later(store: SnapshotStore) -> None:
    first = store.save("beds", "mine.csv", b"1")
    later = store.save("beds", "x.csv", b"1", URL)
    assert (first.url, later.url) == (None, URL)
    assert (later.file_name, later.retrieved_at) == ("mine.csv", first.retrieved_at)
    assert store.save("beds", "x.csv", b"1").url == URL


def test_a_revision_is_a_snapshot_beside_the_first(store: SnapshotStore) -> None:
    first, revised = store.save("beds", "x.csv", b"1", URL), store.save("beds", "x.csv", b"2", URL)
    assert first.snapshot_id != revised.snapshot_id
    assert (first.path.read_bytes(), revised.path.read_bytes()) == (b"1", b"2")


def test_a_save_that_was_interrupted_is_made_good(store: SnapshotStore) -> None:
    snapshot = store.save("beds", "x.csv", b"1", URL)
    (snapshot.path.parent / "origin.json").unlink()
    snapshot.path.write_bytes(b"")
    assert store.save("beds", "x.csv", b"1", URL).path.read_bytes() == b"1"


def test_writing_replaces_the_whole_file_and_leaves_nothing_else(tmp_path: Path) -> None:
    path = tmp_path / "new" / "x.json"
    write_atomically(path, b"long content")
    write_atomically(path, b"short")
    assert path.read_bytes() == b"short"
    assert list(path.parent.iterdir()) == [path]


def parsed(value: object = "10") -> Parsed:
    row = ("2024-04-01", "2024-05-01", "provider", "RXX", "Acacia", "beds", value, None, None)
    frame = pd.DataFrame([row], columns=list(FIGURE_COLUMNS))
    return Parsed("csv", {"figures": frame}, date(2024, 4, 1), date(2024, 5, 1), date(2024, 6, 13))


def test_a_record_tells_what_was_read_and_comes_back_as_it_was(store: SnapshotStore) -> None:
    snapshot = store.save("beds", "x.csv", b"1", URL)
    record = describe(snapshot, parsed(), 2, "OGL-3.0")
    store.record_parsed(record, parsed())
    assert list(store.records()) == [record]
    assert (record.layout, record.layout_rank, record.kind) == ("csv", 2, "published")
    assert (record.period_start, record.period_end) == ("2024-04-01", "2024-05-01")
    assert (record.published_on, record.status, record.reason) == ("2024-06-13", "parsed", None)
    assert json.loads((snapshot.path.parent / "snapshot.json").read_text())["url"] == URL


def test_a_snapshot_that_was_only_saved_does_not_count(store: SnapshotStore) -> None:
    store.save("beds", "x.csv", b"1")
    assert list(store.records()) == []


def test_records_come_in_one_order_whenever_they_were_made(store: SnapshotStore) -> None:
    for source_id, content in [("cots", b"1"), ("beds", b"2"), ("beds", b"1")]:
        store.record_parsed(
            describe(store.save(source_id, "x.csv", content), parsed(), 0, "OGL-3.0"), parsed()
        )
    ids = [record.snapshot_id for record in store.records()]
    assert ids == sorted(ids)
    assert len(ids) == 3


def record() -> SnapshotRecord:
    return SnapshotRecord("beds-1", "beds", "x.csv", "1" * 64, 1, "OGL-3.0")


@given(st.text(st.characters(codec="utf-8")) | st.none())
def test_figures_keep_their_text_and_learn_their_origin(value: str | None) -> None:
    frame = with_origin(parsed(value).tables["figures"], record())
    assert list(frame.columns) == [*FIGURE_COLUMNS, "source_id", "snapshot_id"]
    kept = frame.loc[0, "value"]
    assert pd.isna(kept) if value is None else kept == value
    assert (frame.loc[0, "source_id"], frame.loc[0, "snapshot_id"]) == ("beds", "beds-1")


def test_missing_marks_survive_storage(store: SnapshotStore) -> None:
    marks = ["-", ".", "*", "", "1,234", "0", "NULL", "n/a", "NaN", " "]
    frame = pd.concat([parsed(mark).tables["figures"] for mark in marks])
    store.record_parsed(record(), Parsed("csv", {"figures": frame}))
    kept = pd.read_parquet(store.parsed_dir / "figures" / "beds-1.parquet")
    assert kept["value"].tolist() == marks
    assert kept["sheet"].isna().all()


def test_a_table_without_rows_is_kept_with_its_columns(store: SnapshotStore) -> None:
    frame = pd.DataFrame(columns=["org_code"])
    store.record_parsed(record(), Parsed("csv", {"organisations": frame}))
    kept = pd.read_parquet(store.parsed_dir / "organisations" / "beds-1.parquet")
    assert (len(kept), list(kept.columns)) == (0, ["org_code", "source_id", "snapshot_id"])
