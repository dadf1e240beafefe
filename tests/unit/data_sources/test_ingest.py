"""A file is read whole, or refused with the reason; its bytes are kept either way."""

from pathlib import Path

import pandas as pd
import pytest

from data_sources.ingest import UNRECOGNISED, add_file, ingest
from data_sources.snapshots import SnapshotRecord, SnapshotStore
from data_sources.source import SourceError
from tests.unit.data_sources.fakes import (
    BEDS,
    BEDS_BROKEN,
    FakePublication,
    RenewedPublication,
)

PUBLICATIONS = {"beds": FakePublication()}


@pytest.fixture
def store(tmp_path: Path) -> SnapshotStore:
    return SnapshotStore(tmp_path / "data")


def write(folder: Path, name: str, content: bytes) -> Path:
    path = folder / name
    path.write_bytes(content)
    return path


def figures(store: SnapshotStore, record: SnapshotRecord) -> pd.DataFrame:
    return pd.read_parquet(store.parsed_dir / "figures" / f"{record.snapshot_id}.parquet")


def kept_bytes(store: SnapshotStore, record: SnapshotRecord) -> bytes:
    folder = store.snapshot_dir / record.source_id / record.snapshot_id
    return (folder / record.file_name).read_bytes()


def test_a_file_that_reads_leaves_its_figures_and_its_record(store: SnapshotStore) -> None:
    snapshot = store.save("beds", "Beds.csv", BEDS, "https://www.england.nhs.uk/Beds.csv")
    record = ingest(snapshot, FakePublication(), store)
    assert list(store.records()) == [record]
    assert (record.status, record.layout, record.layout_rank) == ("parsed", "monthly_csv", 1)
    assert (record.period_start, record.period_end) == ("2024-04-01", "2024-05-01")
    assert (record.url, record.licence) == ("https://www.england.nhs.uk/Beds.csv", "OGL-3.0")
    rows = figures(store, record)
    assert rows["value"].tolist() == ["10", "-", "10"]
    assert set(rows["snapshot_id"]) == {record.snapshot_id}


def test_a_file_that_cannot_be_trusted_is_recorded_with_the_reason(store: SnapshotStore) -> None:
    snapshot = store.save("beds", "Beds.csv", BEDS_BROKEN, "https://www.england.nhs.uk/Beds.csv")
    record = ingest(snapshot, FakePublication(), store)
    assert list(store.records()) == [record]
    assert record.status == "refused"
    assert record.reason == (
        "Beds.csv, sheet 'csv', cell B1: expected a month and year such as 'April 2024', "
        "found 'no month'."
    )
    assert (record.layout, record.period_start) == (None, None)
    assert record.url == "https://www.england.nhs.uk/Beds.csv"
    assert record.retrieved_at == snapshot.retrieved_at.isoformat()  # type: ignore[union-attr]
    assert kept_bytes(store, record) == BEDS_BROKEN
    assert not store.parsed_dir.exists()


def test_a_refused_file_leaves_the_others_alone(store: SnapshotStore) -> None:
    good = ingest(store.save("beds", "a.csv", BEDS), FakePublication(), store)
    bad = ingest(store.save("beds", "b.csv", BEDS_BROKEN), FakePublication(), store)
    assert {record.snapshot_id: record for record in store.records()} == {
        good.snapshot_id: good,
        bad.snapshot_id: bad,
    }
    assert len(figures(store, good)) == 3


def test_an_added_file_is_recognised_by_content_whatever_its_name(
    store: SnapshotStore, tmp_path: Path
) -> None:
    record = add_file(write(tmp_path, "download (3).tmp", BEDS), store, PUBLICATIONS)
    assert (record.source_id, record.status) == ("beds", "parsed")
    assert (record.file_name, record.url) == ("download (3).tmp", None)


def test_adding_a_file_again_changes_nothing(store: SnapshotStore, tmp_path: Path) -> None:
    path = write(tmp_path, "Beds.csv", BEDS)
    assert add_file(path, store, PUBLICATIONS) == add_file(path, store, PUBLICATIONS)
    assert len(list(store.records())) == 1


def test_an_unrecognised_file_is_kept_and_refused(store: SnapshotStore, tmp_path: Path) -> None:
    record = add_file(write(tmp_path, "notes.txt", b"Dear all"), store, PUBLICATIONS)
    assert (record.source_id, record.status) == (UNRECOGNISED, "refused")
    assert record.reason == "not recognised as any publication we read"
    assert kept_bytes(store, record) == b"Dear all"


def test_a_file_that_two_publications_claim_is_kept_and_refused(
    store: SnapshotStore, tmp_path: Path
) -> None:
    both = {"beds": FakePublication(), "cots": FakePublication("cots")}
    record = add_file(write(tmp_path, "Beds.csv", BEDS), store, both)
    assert (record.source_id, record.status) == (UNRECOGNISED, "refused")
    assert record.reason == "Beds.csv: claimed by beds and cots, so not read as any of them."


def test_a_refused_file_is_read_once_the_code_can_read_it(
    store: SnapshotStore, tmp_path: Path
) -> None:
    path = write(tmp_path, "Beds-April-2024.csv", BEDS_BROKEN)
    refused = add_file(path, store, PUBLICATIONS)
    read = add_file(path, store, {"beds": RenewedPublication()})
    assert (refused.status, read.status, read.reason) == ("refused", "parsed", None)
    assert list(store.records()) == [read]


def test_an_unrecognised_file_moves_to_its_publication_once_it_has_one(
    store: SnapshotStore, tmp_path: Path
) -> None:
    path = write(tmp_path, "Beds.csv", BEDS)
    add_file(path, store, {})
    read = add_file(path, store, PUBLICATIONS)
    assert list(store.records()) == [read]
    assert kept_bytes(store, read) == BEDS


def test_a_better_name_is_worth_another_reading(store: SnapshotStore, tmp_path: Path) -> None:
    publications = {"beds": RenewedPublication()}
    refused = add_file(write(tmp_path, "download.csv", BEDS_BROKEN), store, publications)
    assert refused.reason == (
        "download.csv: expected a month and year such as 'April 2024', found 'download.csv'."
    )
    read = add_file(write(tmp_path, "Beds-April-2024.csv", BEDS_BROKEN), store, publications)
    assert (read.status, read.period_start) == ("parsed", "2024-04-01")
    assert list(store.records()) == [read]


def test_what_is_no_file_is_refused_and_nothing_kept(store: SnapshotStore, tmp_path: Path) -> None:
    missing, loop = tmp_path / "gone.csv", tmp_path / "loop.csv"
    loop.symlink_to(loop)
    for path, reason in [
        (missing, "cannot be read (No such file or directory)."),
        (tmp_path, "cannot be read (Is a directory)."),
        (loop, "cannot be read (Too many levels of symbolic links)."),
        (write(tmp_path, "empty.csv", b""), "the file is empty."),
    ]:
        with pytest.raises(SourceError) as caught:
            add_file(path, store, PUBLICATIONS)
        assert str(caught.value) == f"{path}: {reason}"
    assert not store.snapshot_dir.exists()
