"""What a person sees of `python -m sql`, in words and in exit codes."""

import io
import os
import subprocess
import sys
from pathlib import Path

import pandas as pd
import pytest

from settings import ROOT, Settings
from sql import __main__ as cli
from sql.build import run_checks
from sql.publish import publish, read_current, waiting_candidate
from tests.unit.sql.published import change_spell


@pytest.fixture(autouse=True)
def folder(small: Settings, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The command works on the small warehouse."""
    monkeypatch.setattr(cli, "Settings", lambda: small)
    return small.data_dir


@pytest.fixture
def said(capsys: pytest.CaptureFixture[str]) -> "Said":
    return Said(capsys)


class Said:
    """What the last command printed."""

    def __init__(self, capsys: pytest.CaptureFixture[str]) -> None:
        self._capsys = capsys

    def by(self, *arguments: str) -> tuple[int, str, str]:
        code = cli.main(list(arguments))
        out, err = self._capsys.readouterr()
        return code, out, err


def test_build_leaves_a_candidate_and_says_that_it_is_not_published(
    said: Said, small: Settings
) -> None:
    code, out, err = said.by("build")
    candidate = waiting_candidate(small)
    assert candidate is not None
    size = candidate.stat().st_size / 1e6
    assert (code, out, err) == (
        0,
        f"Built {candidate.name} ({size:.1f} MB). Not yet published.\n",
        "",
    )
    assert read_current(small.data_dir) is None


def test_publish_names_the_version_and_the_second_time_that_it_is_up_to_date(
    said: Said, small: Settings
) -> None:
    code, out, err = said.by("publish")
    current = read_current(small.data_dir)
    assert current is not None
    assert (code, out, err) == (0, f"Published {current.version}.\n", "")
    assert said.by("publish") == (0, f"{current.version} is up to date.\n", "")


@pytest.mark.parametrize("verb", ["build", "publish"])
def test_check_names_the_checks_that_what_was_made_last_passed(
    said: Said, small: Settings, verb: str
) -> None:
    said.by(verb)
    made = waiting_candidate(small) or next(small.data_dir.glob("warehouse-*"))
    names = run_checks(made)
    assert len(names) >= 11
    assert said.by("check") == (0, f"{len(names)} checks passed: {', '.join(names)}.\n", "")


def test_show_prints_a_mart_as_csv(said: Said) -> None:
    said.by("publish")
    code, out, err = said.by("show", "dim_programme")
    assert (code, err) == (0, "")
    table = pd.read_csv(io.StringIO(out))
    assert table["programme"].tolist() == ["qsm", "fsm", "rsp", "pip", "irp"]
    assert table.loc[0, "started_on"] == "2013-07-01"


def test_quiet_prints_nothing(said: Said) -> None:
    for verb in ("build", "check", "publish", "check"):
        assert said.by(verb, "--quiet") == (0, "", "")


@pytest.mark.parametrize("arguments", [["check"], ["show", "dim_era"]])
def test_before_anything_is_built_that_is_said(said: Said, arguments: list[str]) -> None:
    assert said.by(*arguments) == (
        1,
        "",
        "Nothing is built yet: run `python -m sql publish` first.\n",
    )


def one_sentence(answer: tuple[int, str, str]) -> str:
    """The complaint of a command that failed as it should."""
    code, out, err = answer
    assert (code, out, err.count("\n")) == (1, "", 1)
    assert "Traceback" not in err
    return err


def test_an_unknown_mart_is_refused_with_the_known_ones(said: Said) -> None:
    said.by("publish")
    complaint = one_sentence(said.by("show", "fct_nothing"))
    assert complaint.startswith(
        "There is no mart 'fct_nothing'; the marts are dim_area_tile, dim_comparator"
    )


def test_a_failing_check_names_the_check_and_its_first_row(said: Said, small: Settings) -> None:
    change_spell(small, entered="2021-07", left="2020-01")
    complaint = one_sentence(said.by("publish"))
    assert complaint.startswith("Check spells_are_in_order_and_sourced found 1 row(s), the first: ")
    assert one_sentence(said.by("check")) == complaint


def test_a_date_that_is_none_names_the_model(said: Said, small: Settings) -> None:
    change_spell(small, entered="the summer")
    complaint = one_sentence(said.by("build"))
    assert complaint.startswith("Model staging.stg_reference__programme_spells cannot be built: ")
    assert "the summer" in complaint


def test_a_broken_reference_table_names_file_and_row(said: Said, small: Settings) -> None:
    with (small.reference_dir / "regions.csv").open("a") as file:
        file.write("Y99,Somewhere,else\n")
    assert one_sentence(said.by("publish")) == "regions.csv, row 9: expected 2 cells, found 3.\n"


def test_a_lost_file_is_one_sentence(said: Said, small: Settings) -> None:
    published, _ = publish(small)
    (small.data_dir / published.file).unlink()
    assert "does not exist" in one_sentence(said.by("show", "dim_era"))
    assert published.file in one_sentence(said.by("check"))


def test_a_damaged_note_is_one_sentence(said: Said, folder: Path) -> None:
    said.by("publish")
    (folder / "current.json").write_text("{")
    for verb in (["publish"], ["check"], ["show", "dim_era"]):
        assert one_sentence(said.by(*verb)) == (
            "current.json is damaged: remove it and publish again.\n"
        )


def test_an_interruption_is_one_sentence(said: Said, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted(_: Settings) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(cli, "publish", interrupted)
    assert (
        one_sentence(said.by("publish"))
        == "Interrupted: what is published is whole, run it again to go on.\n"
    )


def test_a_pipe_closed_early_ends_the_command_without_a_word(
    said: Said, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    said.by("publish")
    reading, writing = os.pipe()
    os.close(reading)
    with os.fdopen(writing, "w") as pipe:
        monkeypatch.setattr(sys, "stdout", pipe)
        assert cli.main(["show", "dim_programme"]) == 1
    assert capsys.readouterr().err == ""


def test_the_command_itself(warehouse: Path, tmp_path: Path) -> None:
    """One real process on the embedded bundle as published: a long table, and a reader who stops early."""
    for name in ("current.json", next(warehouse.glob("warehouse-*.duckdb")).name):
        (tmp_path / name).write_bytes((warehouse / name).read_bytes())
    command = subprocess.Popen(
        [sys.executable, "-m", "sql", "show", "fct_indicator"],
        cwd=ROOT,
        env={**os.environ, "DATA_DIR": str(tmp_path)},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    assert command.stdout is not None
    assert command.stderr is not None
    header = command.stdout.readline()
    command.stdout.close()
    complaint = command.stderr.read()
    command.stderr.close()
    assert header.startswith("indicator_id,org_code,period_start,period_end,numerator,denominator")
    assert (command.wait(), complaint) == (1, "")
