"""Zips are opened only within bounds, whatever their directory claims."""

import re
import struct
import zipfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from data_sources.archives import ZipLimits, _leads_out, check_zip, open_zip, read_only_member
from data_sources.source import SourceError
from tests.sources.files import write_xlsx, write_zip

CSV = re.compile(r".+\.csv", re.IGNORECASE)
SMALL = ZipLimits(members=3, unpacked_bytes=5_000, ratio=10, harmless_bytes=500)


def refusal(path: Path, limits: ZipLimits = SMALL) -> str:
    with pytest.raises(SourceError) as refused:
        check_zip(path, path.name, limits)
    return str(refused.value)


def test_the_one_member_wanted_is_read(tmp_path: Path) -> None:
    path = write_zip(tmp_path / "x.zip", {"notes.txt": b"n", "2024/DATA.CSV": b"a,b"})
    assert read_only_member(path, "x.zip", CSV, "one CSV") == b"a,b"


@pytest.mark.parametrize(
    ("members", "found"),
    [
        ({"a.csv": b"", "b.csv": b""}, "a.csv, b.csv"),
        ({"a.csv.exe": b""}, "a.csv.exe"),
        ({"a.csv/": b""}, "a.csv/"),
        ({}, ""),
    ],
)
def test_none_or_several_wanted_members_are_refused(
    tmp_path: Path, members: dict[str, bytes], found: str
) -> None:
    path = write_zip(tmp_path / "x.zip", members)
    with pytest.raises(SourceError) as refused:
        read_only_member(path, "x.zip", CSV, "one CSV")
    assert str(refused.value) == f"x.zip, zip: expected one CSV, found {found!r}."


@pytest.mark.parametrize(
    "name",
    [
        "../a.csv",
        "/a.csv",
        "x/../../a.csv",
        "x/..",
        "..\\a.csv",
        "\\a.csv",
        "C:\\a.csv",
        "c:a.csv",
        "//host/share/a.csv",
    ],
)
def test_a_name_that_leads_out_of_the_zip_is_refused(tmp_path: Path, name: str) -> None:
    path = write_zip(tmp_path / "x.zip", {"a.csv": b"1", name: b"2"})
    assert refusal(path) == (
        f"x.zip, zip: expected names inside the zip's own folder, found {name!r}."
    )


@pytest.mark.parametrize("name", ["a.csv", "..a.csv", "a..csv", "x/y.z/a.csv", "x\\a.csv", "..."])
def test_names_inside_the_zip_are_fine(name: str) -> None:
    assert not _leads_out(name)


@given(st.text("./\\aC:", min_size=1, max_size=8))
def test_no_name_that_passes_is_outside_any_folder(name: str) -> None:
    if not _leads_out(name):
        for kept in (name, name.replace("\\", "/")):
            path = Path("/folder/of/its/own", kept)
            assert Path("/folder/of/its/own") in (path, *path.parents)
            assert ".." not in path.parts


def test_more_members_than_allowed_are_refused(tmp_path: Path) -> None:
    path = write_zip(tmp_path / "x.zip", {f"{number}.csv": b"" for number in range(4)})
    assert refusal(path) == "x.zip, zip: expected at most 3 members, found '4'."


def test_all_members_together_are_held_to_the_size(tmp_path: Path) -> None:
    noise = bytes(range(256)) * 10
    check_zip(write_zip(tmp_path / "x.zip", {"a": noise[:2500], "b": noise[:2500]}), "x.zip", SMALL)
    path = write_zip(tmp_path / "x.zip", {"a": noise[:2500], "b": noise[:2501]})
    assert refusal(path) == "x.zip, zip: expected at most 5,000 bytes unpacked, found '5,001'."


def test_what_unpacks_to_far_more_than_its_size_is_refused(tmp_path: Path) -> None:
    check_zip(write_zip(tmp_path / "x.zip", {"a": b"x" * 500}), "x.zip", SMALL)
    path = write_zip(tmp_path / "x.zip", {"a": b"x" * 501})
    assert re.fullmatch(
        r"x\.zip, zip: expected to unpack to at most 10 times its size, "
        r"found '501 bytes from \d+'\.",
        refusal(path),
    )


def test_a_directory_that_claims_too_little_is_found_out(tmp_path: Path) -> None:
    path = write_zip(tmp_path / "x.zip", {"a": b"x" * 400_000})
    claims = path.read_bytes().replace(struct.pack("<I", 400_000), struct.pack("<I", 100))
    path.write_bytes(claims)
    assert refusal(path) == "x.zip: not a readable zip (Bad CRC-32 for file 'a')."
    with pytest.raises(SourceError), open_zip(path, "x.zip") as archive:
        archive.read("a")


def test_a_damaged_member_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "x.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("a.csv", b"RXX,10")
    path.write_bytes(path.read_bytes().replace(b"RXX,10", b"RXX,70"))
    assert refusal(path) == "x.zip: not a readable zip (Bad CRC-32 for file 'a.csv')."


def test_an_encrypted_zip_is_refused(tmp_path: Path) -> None:
    path = write_zip(tmp_path / "x.zip", {"a.csv": b"RXX,10"})
    content = bytearray(path.read_bytes())
    for signature, at in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        content[content.index(signature) + at] |= 1
    path.write_bytes(content)
    assert "is encrypted" in refusal(path)


@given(st.data())
def test_a_zip_with_any_byte_changed_reads_the_same_or_is_refused(
    tmp_path_factory: pytest.TempPathFactory, data: st.DataObject
) -> None:
    path = write_zip(tmp_path_factory.mktemp("zip") / "x.zip", {"a.csv": b"RXX,10\nRYY,20\n"})
    content = bytearray(path.read_bytes())
    at = data.draw(st.integers(0, len(content) - 1))
    content[at] ^= data.draw(st.integers(1, 255))
    path.write_bytes(content)
    try:
        assert read_only_member(path, "x.zip", CSV, "one CSV") == b"RXX,10\nRYY,20\n"
    except SourceError as error:
        assert str(error).startswith("x.zip")


def test_a_sound_workbook_passes(tmp_path: Path) -> None:
    path = write_xlsx(tmp_path / "x.xlsx", {"Data": [["Code"], *[["RXX"]] * 2000]})
    check_zip(path, "x.xlsx")
