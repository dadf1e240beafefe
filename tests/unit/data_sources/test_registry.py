"""Publications are found by walking the package, and a file is claimed by one of them or by none."""

import importlib
from pathlib import Path

import pytest

from data_sources.registry import recognise, sources
from data_sources.source import SourceError
from tests.unit.data_sources.fakes import BEDS, FakePublication

BY_BEDS = FakePublication("beds", b"Beds,")
BY_BANDS = FakePublication("bands", b"Bands,")
BY_LETTER = FakePublication("letter_b", b"B")


@pytest.fixture
def beds_file(tmp_path: Path) -> Path:
    path = tmp_path / "download.csv"
    path.write_bytes(BEDS)
    return path


def test_a_file_belongs_to_the_publication_that_claims_it(beds_file: Path) -> None:
    publications = {"bands": BY_BANDS, "beds": BY_BEDS}
    assert recognise(beds_file, "download.csv", publications) is BY_BEDS


def test_a_file_that_nobody_claims_belongs_to_none(beds_file: Path) -> None:
    assert recognise(beds_file, "download.csv", {"bands": BY_BANDS}) is None
    assert recognise(beds_file, "download.csv", {}) is None


def test_a_file_that_two_claim_is_read_as_neither(beds_file: Path) -> None:
    with pytest.raises(SourceError) as caught:
        recognise(beds_file, "Beds.csv", {"beds": BY_BEDS, "letter_b": BY_LETTER})
    assert (
        str(caught.value) == "Beds.csv: claimed by beds and letter_b, so not read as any of them."
    )


def test_every_source_is_called_as_its_module() -> None:
    found = sources()
    assert found
    for source_id, publication in found.items():
        assert publication is importlib.import_module(f"data_sources.{source_id}")
