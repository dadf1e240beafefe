"""What a person sees of `python -m indicators`, in words and in exit codes."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from indicators import __main__ as cli
from settings import ROOT, Settings
from tests.unit.indicators.catalogue_files import another, changed, write
from tests.unit.indicators.test_registry import IDS


def test_list_has_a_line_for_every_indicator(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["list"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert [line.split()[0] for line in lines] == IDS
    assert lines[0].split()[1:4] == ["published", "percent", "A&E"]
    assert {line.split()[1] for line in lines} == {"published", "awaiting_data"}
    # Columns: the titles begin below each other.
    assert len({len(line) - len(line.split(maxsplit=3)[3]) for line in lines}) == 1


def test_check_counts_the_indicators(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["check"]) == 0
    assert capsys.readouterr().out == "Catalogue without faults: 65 indicators.\n"


def test_a_quiet_check_says_nothing(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["check", "--quiet"]) == 0
    assert capsys.readouterr() == ("", "")


def test_show_prints_one_indicator_as_its_file_has_it(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["show", "rtt_18w"]) == 0
    shown = json.loads(capsys.readouterr().out)
    assert shown["indicator_id"] == "rtt_18w"
    assert shown["from"] == {
        "source": "rtt",
        "publication": None,
        "numerator": "within_18_weeks",
        "denominator": "incomplete",
        "denominator_source": None,
        "scale": 100.0,
    }


def test_an_unknown_indicator_is_one_sentence(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["show", "rtt_19w"]) == 1
    assert capsys.readouterr() == (
        "",
        "There is no indicator 'rtt_19w'; `list` shows those there are.\n",
    )


@pytest.mark.parametrize("arguments", [["list"], ["check"], ["show", "bad"]])
def test_faults_are_told_a_line_each_and_nothing_else(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    arguments: list[str],
) -> None:
    content = changed(("order = 40", "order = -1"), ("scale = 100", 'scale = "x"'))
    write(tmp_path, "elective/bad.toml", content)
    monkeypatch.setattr(cli, "Settings", lambda: Settings(catalogue_dir=tmp_path))
    assert cli.main(arguments) == 1
    out, err = capsys.readouterr()
    assert out == ""
    assert [line.split(": ")[:2] for line in err.splitlines()] == [
        ["bad.toml", "order"],
        ["bad.toml", "from.scale"],
    ]


def test_check_tells_faults_of_the_files_and_of_what_they_refer_to_at_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    write(tmp_path, "beds/one.toml", another(1, ("lag_days = 42", "")))
    write(tmp_path, "beds/two.toml", another(2, ('source = "rtt"', 'source = "rtl"')))
    monkeypatch.setattr(cli, "Settings", lambda: Settings(catalogue_dir=tmp_path))
    assert cli.main(["check"]) == 1
    out, err = capsys.readouterr()
    assert out == ""
    assert err.splitlines() == [
        "one.toml: lag_days: Field required",
        "two.toml: from.source: no source 'rtl' is read, and no publication is named",
    ]


def test_an_overdue_review_is_said_and_does_not_fail(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    years = (
        ("reviewed_on = 2026", "reviewed_on = 2020"),
        ("next_review = 2027", "next_review = 2021"),
    )
    write(tmp_path, "beds/one.toml", another(1, *years))
    monkeypatch.setattr(cli, "Settings", lambda: Settings(catalogue_dir=tmp_path))
    assert cli.main(["check"]) == 0
    assert capsys.readouterr().out.splitlines() == [
        "one.toml: review.next_review: the review is overdue",
        "Catalogue without faults: 1 indicators.",
    ]
    assert cli.main(["check", "--quiet"]) == 0
    assert capsys.readouterr() == ("", "")


def test_a_pipe_closed_early_ends_the_command_without_a_word(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    reading, writing = os.pipe()
    os.close(reading)
    with os.fdopen(writing, "w") as pipe:
        monkeypatch.setattr(sys, "stdout", pipe)
        assert cli.main(["list"]) == 1
    assert capsys.readouterr().err == ""


def test_the_command_itself() -> None:
    answer = subprocess.run(
        [sys.executable, "-m", "indicators", "show", "no_such"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert (answer.returncode, answer.stdout) == (1, "")
    assert answer.stderr == "There is no indicator 'no_such'; `list` shows those there are.\n"
