"""What a person sees of `python -m data_sources`, in words and in exit codes."""

import json
import runpy
import sys
from dataclasses import asdict, replace
from datetime import date
from pathlib import Path

import pytest

from data_sources import __main__ as cli
from data_sources import fetching, registry
from data_sources.http import Answer
from data_sources.snapshots import SnapshotRecord
from data_sources.source import Release, SourceError
from settings import Settings
from tests.unit.data_sources.fakes import BEDS, BEDS_BROKEN, BEDS_MAY, PAGE, FakePublication

SITE = "https://www.england.nhs.uk/uploads"
APRIL = Release("beds", "Beds, April", f"{SITE}/Beds-April.csv", date(2024, 4, 1))
MAY = Release("beds", "Beds, May", f"{SITE}/Beds-May.csv", date(2024, 5, 1))
LATEST = Release("cots", "Latest", f"{SITE}/latest.csv")


class FakeHttp:
    """Publishers' sites: bytes by address; what is not there is an error."""

    files: dict[str, bytes]
    asked: list[str]

    def __enter__(self) -> "FakeHttp":
        return self

    def __exit__(self, *_: object) -> None:
        """Nothing to close."""

    def get(self, url: str, *_tags: str | None) -> Answer:
        FakeHttp.asked.append(url)
        if url not in FakeHttp.files:
            raise SourceError(f"{url.rpartition('/')[2]}: the site answered 404 Not Found.")
        return Answer(url, FakeHttp.files[url], "text/csv", None, None, False)


@pytest.fixture(autouse=True)
def world(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Two publications, of beds (two months) and of cots (whatever is the latest)."""
    publications = {
        "beds": FakePublication("beds", b"Beds,April", [APRIL, MAY]),
        "cots": FakePublication("cots", b"Beds,May", [LATEST]),
    }
    FakeHttp.files = {APRIL.url: BEDS, MAY.url: BEDS_MAY, LATEST.url: BEDS_MAY}
    FakeHttp.asked = []
    monkeypatch.setenv("DATA_DIR", str(tmp_path / "data"))
    monkeypatch.setattr(registry, "sources", lambda: publications)
    monkeypatch.setattr(cli, "Http", FakeHttp)


def write(folder: Path, name: str, content: bytes) -> str:
    (folder / name).write_bytes(content)
    return str(folder / name)


HEADER = "id\ttitle\tpublisher\tcadence\tlayouts\tfirst_month\tlast_good_month\tlanding_page"


def line(source_id: str, layouts: str, first: str, last: str) -> str:
    return f"{source_id}\tBeds\tNHS England\tmonthly\t{layouts}\t{first}\t{last}\t{PAGE}"


CONFIRMED = "old_csv confirmed, monthly_csv confirmed"


def test_list_names_every_source_read_or_not(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["list"]) == 0
    assert capsys.readouterr().out.splitlines() == [
        HEADER,
        line("beds", CONFIRMED, "-", "-"),
        line("cots", CONFIRMED, "-", "-"),
    ]


def test_list_tells_the_span_of_what_was_read(capsys: pytest.CaptureFixture[str]) -> None:
    cli.main(["--quiet", "fetch"])
    assert cli.main(["list"]) == 0
    assert capsys.readouterr().out.splitlines()[1:] == [
        line("beds", CONFIRMED, "2024-04", "2024-05"),
        line("cots", CONFIRMED, "2024-05", "2024-05"),
    ]


def test_a_layout_is_confirmed_once_a_file_of_it_was_read_and_not_when_refused(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    registry.sources()["beds"].unconfirmed = ("old_csv", "monthly_csv")
    cli.main(["add", write(tmp_path, "b.csv", BEDS.replace(b"April 2024", b"April of old"))])
    capsys.readouterr()
    told = []
    for _ in range(2):
        cli.main(["list"])
        told.append(capsys.readouterr().out.splitlines()[1])
        cli.main(["--quiet", "add", write(tmp_path, "x.csv", BEDS)])
    assert told == [
        line("beds", "old_csv unconfirmed, monthly_csv unconfirmed", "-", "-"),
        line("beds", "old_csv unconfirmed, monthly_csv confirmed", "2024-04", "2024-04"),
    ]


def test_list_counts_what_the_bundle_holds(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    old = SnapshotRecord("beds-1", "beds", "old.csv", "1" * 64, 1, "OGL-3.0", layout="old_csv")
    bundled = replace(old, period_start="2015-10-01", period_end="2016-04-01")
    (tmp_path / "manifest.json").write_text(json.dumps({"snapshots": [asdict(bundled)]}))
    settings = Settings(bundle_dir=tmp_path)
    monkeypatch.setattr(cli, "Settings", lambda: settings)
    registry.sources()["beds"].unconfirmed = ("old_csv",)
    cli.main(["list"])
    assert capsys.readouterr().out.splitlines()[1] == line("beds", CONFIRMED, "2015-10", "2016-03")
    cli.main(["--quiet", "fetch", "beds"])
    cli.main(["list"])
    assert capsys.readouterr().out.splitlines()[1] == line("beds", CONFIRMED, "2015-10", "2024-05")


def test_list_is_a_table_on_a_terminal(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("FORCE_COLOR", "1")
    monkeypatch.setenv("COLUMNS", "140")
    registry.sources()["beds"].unconfirmed = ("old_csv",)
    cli.main(["--quiet", "fetch", "beds"])
    assert cli.main(["list"]) == 0
    told = capsys.readouterr().out
    for words in ("Source", "Last good", "old_csv (unconfirmed)", "monthly_csv", "2024-05"):
        assert words in told
    assert "\t" not in told


def test_discover_lists_what_the_pages_link_to(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["discover"]) == 0
    assert capsys.readouterr().out.splitlines() == [
        f"beds\t2024-04\tBeds, April\t{APRIL.url}",
        f"beds\t2024-05\tBeds, May\t{MAY.url}",
        f"cots\t-\tLatest\t{LATEST.url}",
    ]
    assert cli.main(["discover", "cots"]) == 0
    assert capsys.readouterr().out == f"cots\t-\tLatest\t{LATEST.url}\n"


def test_an_unknown_source_is_named_with_those_there_are(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert cli.main(["discover", "bets"]) == 1
    assert capsys.readouterr().err == "No source 'bets': there are beds, cots.\n"


def test_a_source_that_fails_does_not_stop_the_others(
    capsys: pytest.CaptureFixture[str],
) -> None:
    registry.sources()["beds"].releases.clear()
    assert cli.main(["discover"]) == 1
    told = capsys.readouterr()
    assert told.out == f"cots\t-\tLatest\t{LATEST.url}\n"
    assert told.err == "beds: The landing page links to no file of beds.\n"


def test_fetch_reads_everything_and_tells_each_file(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["fetch"]) == 0
    told = capsys.readouterr()
    assert told.out.splitlines() == [
        "Beds-April.csv: recognised as Beds, April 2024, 3 organisations",
        "Beds-May.csv: recognised as Beds, May 2024, 3 organisations",
        "latest.csv: recognised as Beds, May 2024, 3 organisations",
    ]
    assert told.err.splitlines() == [
        "Fetching beds: 1 of 2",
        "Fetching beds: 2 of 2",
        "Fetching cots: 1 of 1",
    ]


def test_fetch_shows_a_bar_on_a_terminal(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("FORCE_COLOR", "1")
    assert cli.main(["fetch", "beds"]) == 0
    told = capsys.readouterr()
    assert len(told.out.splitlines()) == 2
    assert "Fetching beds" in told.err
    assert "100%" in told.err
    assert "1 of 2" not in told.err


def test_fetch_asks_again_only_for_what_has_no_month_of_its_own() -> None:
    cli.main(["fetch"])
    FakeHttp.asked.clear()
    assert cli.main(["fetch"]) == 0
    assert FakeHttp.asked == [LATEST.url]


def test_fetch_goes_on_after_a_missing_file(capsys: pytest.CaptureFixture[str]) -> None:
    del FakeHttp.files[APRIL.url]
    assert cli.main(["--quiet", "fetch", "beds"]) == 1
    assert capsys.readouterr() == ("", "Beds-April.csv: the site answered 404 Not Found.\n")
    assert FakeHttp.asked == [APRIL.url, MAY.url]


def test_fetch_goes_on_where_it_was_interrupted(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    real = fetching.ingest

    def interrupt(*arguments: object) -> None:
        monkeypatch.setattr(fetching, "ingest", real)
        raise KeyboardInterrupt

    monkeypatch.setattr(fetching, "ingest", interrupt)
    assert cli.main(["--quiet", "fetch", "beds"]) == 1
    assert capsys.readouterr().err.startswith("Interrupted: what was done so far is kept")
    assert cli.main(["fetch", "beds", "--quiet"]) == 0
    assert FakeHttp.asked == [APRIL.url, MAY.url]
    assert capsys.readouterr() == ("", "")


def test_fetch_does_not_fetch_what_was_added_by_hand_and_fetched_once(tmp_path: Path) -> None:
    assert cli.main(["add", write(tmp_path, "mine.csv", BEDS)]) == 0
    cli.main(["fetch", "beds"])
    FakeHttp.asked.clear()
    cli.main(["fetch", "beds"])
    assert FakeHttp.asked == []


def test_add_tells_what_each_file_was_taken_for(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert (
        cli.main(["add", write(tmp_path, "x.csv", BEDS), write(tmp_path, "y.csv", BEDS_MAY)]) == 0
    )
    assert capsys.readouterr().out.splitlines() == [
        "x.csv: recognised as Beds, April 2024, 3 organisations",
        "y.csv: recognised as Beds, May 2024, 3 organisations",
    ]


@pytest.mark.parametrize(
    ("months", "span"),
    [
        (12, "April 2024 to March 2025"),
        (1, "April 2024"),
        (0, "from April 2024"),
        (None, "no period stated"),
    ],
)
def test_add_tells_the_period_in_whole_months(
    months: int | None, span: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    registry.sources()["beds"].months = months
    assert cli.main(["add", write(tmp_path, "x.csv", BEDS)]) == 0
    assert capsys.readouterr().out == f"x.csv: recognised as Beds, {span}, 3 organisations\n"


def test_add_refuses_with_the_reason_and_reads_the_rest(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    broken = write(tmp_path, "b.csv", BEDS.replace(b"April 2024", b"April of old"))
    files = [write(tmp_path, "notes.txt", b"Hi"), broken, write(tmp_path, "x.csv", BEDS)]
    assert cli.main(["add", *files]) == 1
    told = capsys.readouterr()
    assert told.out == "x.csv: recognised as Beds, April 2024, 3 organisations\n"
    assert told.err.splitlines() == [
        "notes.txt: refused: not recognised as any publication we read",
        "b.csv: refused: b.csv, sheet 'csv', cell B1: expected a month and year such as "
        "'April 2024', found 'April of old'.",
    ]


def test_add_of_what_is_no_file_is_one_plain_sentence(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli.main(["add", str(tmp_path / "gone.csv")]) == 1
    assert capsys.readouterr().err == (
        f"{tmp_path / 'gone.csv'}: cannot be read (No such file or directory).\n"
    )


def test_quiet_leaves_errors_only(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    good, bad = write(tmp_path, "x.csv", BEDS), write(tmp_path, "notes.txt", b"Hi")
    assert cli.main(["add", "--quiet", good, bad]) == 1
    assert capsys.readouterr() == (
        "",
        "notes.txt: refused: not recognised as any publication we read\n",
    )


def test_status_tells_what_is_kept_and_what_was_refused(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    cli.main(["--quiet", "fetch", "beds"])
    cli.main(["--quiet", "add", write(tmp_path, "notes.txt", b"Hi")])
    broken = BEDS_BROKEN.replace(b"no month", b"April of old")
    cli.main(["--quiet", "add", write(tmp_path, "b.csv", broken)])
    capsys.readouterr()
    assert cli.main(["status"]) == 0
    assert capsys.readouterr().out.splitlines() == [
        "beds: 3 snapshots kept, latest period May 2024",
        "  b.csv: refused: b.csv, sheet 'csv', cell B1: expected a month and year such as "
        "'April 2024', found 'April of old'.",
        "cots: 0 snapshots kept, no period read",
        "unrecognised: 1 snapshot kept, no period read",
        "  notes.txt: refused: not recognised as any publication we read",
    ]


def test_a_data_folder_that_cannot_be_written_is_one_plain_sentence(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("DATA_DIR", write(tmp_path, "file", b""))
    assert cli.main(["add", write(tmp_path, "x.csv", BEDS)]) == 1
    assert capsys.readouterr().err.endswith("Not a directory.\n")


def test_help_names_every_verb(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys, "argv", ["data_sources", "--help"])
    monkeypatch.delitem(sys.modules, "data_sources.__main__")
    with pytest.raises(SystemExit) as caught:
        runpy.run_module("data_sources", run_name="__main__")
    assert caught.value.code == 0
    told = capsys.readouterr().out
    for verb in ("list", "discover", "fetch", "add", "status", "--quiet"):
        assert verb in told


def test_no_verb_is_a_question_back(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as caught:
        cli.main([])
    assert caught.value.code == 2
    assert "VERB" in capsys.readouterr().err
