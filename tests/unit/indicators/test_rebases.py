"""The record of recalculations: whatever is typed, whoever writes at once, nothing is lost or half there."""

import json
from concurrent.futures import ProcessPoolExecutor
from datetime import date
from multiprocessing import get_context
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indicators.charted import Rebase
from indicators.rebases import FILE_NAME, read_record, rebases_in_force, recalculate, undo

CHART = ("ae_4h_all", "RXW")
DAY = date(2023, 3, 1)
WORDS = st.text(min_size=1, max_size=100).filter(str.strip)


def test_without_a_record_nothing_is_in_force(tmp_path: Path) -> None:
    assert rebases_in_force(tmp_path, "ae_4h_all") == ()
    assert read_record(tmp_path / "absent").recalculations == ()


def test_a_recalculation_holds_for_its_indicator_and_organisation_alone(tmp_path: Path) -> None:
    recalculate(tmp_path, CHART, DAY, "New urgent care centre", "A. Analyst")
    recalculate(tmp_path, ("ae_4h_all", "RAL"), DAY, "Merger", "A. Analyst")
    recalculate(tmp_path, ("rtt_18w", "RXW"), DAY, "New system", "A. Analyst")
    assert rebases_in_force(tmp_path, "ae_4h_all") == (Rebase("RAL", DAY), Rebase("RXW", DAY))
    assert rebases_in_force(tmp_path, "rtt_18w") == (Rebase("RXW", DAY),)
    assert rebases_in_force(tmp_path, "cancer_62d") == ()


def test_an_undone_one_is_no_longer_in_force_and_stays_on_record(tmp_path: Path) -> None:
    made = recalculate(tmp_path, CHART, DAY, "New urgent care centre", "A. Analyst")
    undo(tmp_path, made.key, "The centre opened a year later", "B. Reader")
    assert rebases_in_force(tmp_path, "ae_4h_all") == ()
    (known,) = read_record(tmp_path).of(*CHART)
    assert (known.reason, known.author) == ("New urgent care centre", "A. Analyst")
    assert known.undone is not None
    assert (known.undone.reason, known.undone.author) == (
        "The centre opened a year later",
        "B. Reader",
    )
    assert len((tmp_path / FILE_NAME).read_text().splitlines()) == 2


def test_one_that_was_undone_may_be_made_again(tmp_path: Path) -> None:
    first = recalculate(tmp_path, CHART, DAY, "Why", "Who")
    undo(tmp_path, first.key, "Why not", "Who")
    second = recalculate(tmp_path, CHART, DAY, "Why", "Who")
    assert second.key != first.key
    assert rebases_in_force(tmp_path, "ae_4h_all") == (Rebase("RXW", DAY),)


@pytest.mark.parametrize(
    ("reason", "author", "told"),
    [
        (" \n", "Who", "Say why"),
        ("Why", "", "Say who you are"),
        ("x" * 501, "Who", "500 letters"),
        ("Why", "x" * 101, "100 letters"),
    ],
)
def test_reason_and_author_are_needed_and_bounded(
    tmp_path: Path, reason: str, author: str, told: str
) -> None:
    with pytest.raises(ValueError, match=told):
        recalculate(tmp_path, CHART, DAY, reason, author)
    made = recalculate(tmp_path, CHART, DAY, "x" * 500, "y" * 100)
    with pytest.raises(ValueError, match=told):
        undo(tmp_path, made.key, reason, author)
    assert rebases_in_force(tmp_path, "ae_4h_all") == (Rebase("RXW", DAY),)


def test_what_is_there_already_or_gone_already_is_refused(tmp_path: Path) -> None:
    made = recalculate(tmp_path, CHART, DAY, "Why", "A. Analyst")
    with pytest.raises(ValueError, match=r"already: A\. Analyst"):
        recalculate(tmp_path, CHART, DAY, "Another reason", "B. Reader")
    undo(tmp_path, made.key, "Why", "Who")
    with pytest.raises(ValueError, match="undone already"):
        undo(tmp_path, made.key, "Why", "Who")
    with pytest.raises(ValueError, match="not on record"):
        undo(tmp_path, "no such key", "Why", "Who")


@given(reason=WORDS, author=WORDS, again=WORDS)
def test_any_text_survives(tmp_path_factory, reason: str, author: str, again: str) -> None:
    folder = tmp_path_factory.mktemp("data")
    made = recalculate(folder, CHART, DAY, reason, author)
    undo(folder, made.key, again, author)
    record = read_record(folder)
    (known,) = record.of(*CHART)
    assert (known.reason, known.author, record.unreadable) == (reason, author, 0)
    assert known.undone is not None and known.undone.reason == again


def write_some(place: tuple[str, int]) -> None:
    folder, writer = place
    for number in range(20):
        chart = ("ae_4h_all", f"W{writer}N{number}")
        made = recalculate(Path(folder), chart, DAY, "A reason " * 40, f"Writer {writer}")
        if number % 2:
            undo(Path(folder), made.key, "Taken back " * 20, f"Writer {writer}")


def test_writers_in_several_processes_lose_nothing(tmp_path: Path) -> None:
    with ProcessPoolExecutor(4, mp_context=get_context("spawn")) as pool:
        list(pool.map(write_some, [(str(tmp_path), writer) for writer in range(4)]))
    record = read_record(tmp_path)
    assert record.unreadable == 0
    assert len(record.recalculations) == 80
    assert len({each.key for each in record.recalculations}) == 80
    assert len(rebases_in_force(tmp_path, "ae_4h_all")) == 40


def test_an_unfinished_line_does_not_count_and_the_next_writer_cuts_it_off(tmp_path: Path) -> None:
    recalculate(tmp_path, CHART, DAY, "Why", "Who")
    with (tmp_path / FILE_NAME).open("a") as file:
        file.write('{"kind": "recalculation", "key": "torn", "indi')
    assert len(read_record(tmp_path).recalculations) == 1
    recalculate(tmp_path, ("ae_4h_all", "RAL"), DAY, "Why", "Who")
    record = read_record(tmp_path)
    assert [each.org_code for each in record.recalculations] == ["RXW", "RAL"]
    assert record.unreadable == 0


def test_damaged_lines_are_counted_and_take_nothing_with_them(tmp_path: Path) -> None:
    recalculate(tmp_path, CHART, DAY, "Why", "Who")
    with (tmp_path / FILE_NAME).open("ab") as file:
        file.write(b'not json\n{"kind": "undoing", "of": "nobody"}\n[]\n\xff\xfe\n')
    record = read_record(tmp_path)
    assert (len(record.recalculations), record.unreadable) == (1, 4)
    recalculate(tmp_path, ("ae_4h_all", "RAL"), DAY, "Why", "Who")
    assert len(read_record(tmp_path).recalculations) == 2


WHOLE = {
    "kind": "recalculation",
    "key": "k",
    "indicator": "ae_4h_all",
    "org_code": "RXW",
    "starts_on": "2023-03-01",
    "reason": "Why",
    "author": "Who",
    "made_at": "2026-01-01T00:00:00+00:00",
}


@pytest.mark.parametrize(
    "line",
    [
        *("null", "5", '"x"', "[]", "NaN", "[" * 200_000, '{"a":' * 100_000, "1" * 5_000),
        *(
            json.dumps(WHOLE | change)
            for change in (
                *({"kind": "another"}, {"key": None}, {"org_code": 5}, {"indicator": None}),
                *({"reason": {"a": 1}}, {"reason": "x" * 501}, {"author": " "}, {"author": ["a"]}),
                *({"made_at": "yesterday"}, {"made_at": "99999-01-01"}, {"starts_on": "2023-13"}),
                {"reason": "half a letter \ud800"},
            )
        ),
    ],
)
def test_what_nobody_could_have_put_on_record_is_counted_as_unreadable(
    tmp_path: Path, line: str
) -> None:
    (tmp_path / FILE_NAME).write_text(f"{line}\n{json.dumps(WHOLE)}\n")
    record = read_record(tmp_path)
    assert ([each.key for each in record.recalculations], record.unreadable) == (["k"], 1)


def test_a_copied_line_neither_moves_a_recalculation_nor_brings_it_back(tmp_path: Path) -> None:
    undoing = {name: WHOLE[name] for name in ("reason", "author", "made_at")}
    lines = [
        WHOLE,
        WHOLE | {"org_code": "RAL"},
        {"kind": "undoing", "of": "k"} | undoing,
        WHOLE,
        {"kind": "undoing", "of": "k"} | undoing | {"author": "Another"},
    ]
    (tmp_path / FILE_NAME).write_text("".join(f"{json.dumps(line)}\n" for line in lines))
    record = read_record(tmp_path)
    (known,) = record.recalculations
    assert (known.org_code, record.unreadable) == ("RXW", 3)
    assert known.undone is not None and known.undone.author == "Who"


def test_half_a_letter_is_not_put_on_record(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="half a letter"):
        recalculate(tmp_path, CHART, DAY, "Why \ud800", "Who")
    assert not (tmp_path / FILE_NAME).exists()


def test_a_full_disk_leaves_no_part_of_a_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    recalculate(tmp_path, CHART, DAY, "Why", "Who")
    before = (tmp_path / FILE_NAME).read_bytes()

    def full(_file: int) -> None:
        raise OSError("No space left on device")

    monkeypatch.setattr("indicators.rebases.os.fsync", full)
    with pytest.raises(OSError, match="No space"):
        recalculate(tmp_path, ("ae_4h_all", "RAL"), DAY, "Why", "Who")
    assert (tmp_path / FILE_NAME).read_bytes() == before
