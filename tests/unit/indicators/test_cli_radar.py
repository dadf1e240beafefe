"""`python -m indicators radar`: what a person sees of it, in words and in exit codes."""

import json
from pathlib import Path
from xml.etree import ElementTree

import pytest

from indicators import __main__ as cli


@pytest.fixture
def published(warehouse: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATA_DIR", str(warehouse))


@pytest.mark.usefixtures("published")
def test_text_to_read(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["radar"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[0].startswith("In the latest figures ")
    assert any(line == "A&E within 4 hours" for line in lines)
    assert lines[-1].startswith("Data version ")


@pytest.mark.usefixtures("published")
def test_a_feed_of_one_type_into_a_file(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = tmp_path / "signals.atom"
    asked = ["radar", "--format", "atom", "--type", "ambulance", "--base-url", "https://a.b/c"]
    assert cli.main([*asked, "--out", str(out)]) == 0
    feed = ElementTree.fromstring(out.read_text(encoding="utf-8"))
    entries = feed.findall("{http://www.w3.org/2005/Atom}entry")
    assert capsys.readouterr().out == f"{len(entries)} new signals written to {out}.\n"
    assert 0 < len(entries) < 60
    assert cli.main([*asked, "--quiet", "--out", str(out)]) == 0
    assert capsys.readouterr() == ("", "")


@pytest.mark.usefixtures("published")
def test_json_of_two_types(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["radar", "--format", "json", "--type", "icb", "--type", "ambulance"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert told["series_tested"] > 100
    assert {row["org_code"][0] for row in told["signals"]} <= {"Q", "R"}
    assert all(row["link"].startswith("http://localhost:8501/explorer?") for row in told["signals"])


@pytest.mark.usefixtures("published")
def test_a_file_that_cannot_be_written_is_one_sentence(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "nowhere" / "signals.atom"
    assert cli.main(["radar", "--type", "ambulance", "--out", str(out)]) == 1
    said = capsys.readouterr()
    assert said.out == ""
    assert said.err == f"{out}: cannot be written (No such file or directory).\n"


def test_without_anything_published_it_says_what_to_do(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("DATA_DIR", str(tmp_path))
    assert cli.main(["radar"]) == 1
    said = "Nothing has been published yet: run `python -m sql publish`.\n"
    assert capsys.readouterr() == ("", said)


def test_a_damaged_note_is_one_sentence(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("DATA_DIR", str(tmp_path))
    (tmp_path / "current.json").write_text("{")
    assert cli.main(["radar"]) == 1
    assert "current.json is damaged" in capsys.readouterr().err
