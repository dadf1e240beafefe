"""What an analysis document may say, what is refused, and the files it is read from."""

import json
from pathlib import Path
from typing import Any

import pytest

from indicators.analyses import running
from indicators.analyses.own_data import read_own_data
from indicators.analyses.refusal import Refusal
from indicators.analyses.running import analyse, analyse_files, available


def refusal_of(document: object) -> tuple[str, str]:
    with pytest.raises(Refusal) as refusal:
        analyse(document)
    return refusal.value.code, refusal.value.message


def test_what_can_be_run_is_what_has_a_module() -> None:
    assert {"transitions", "time_to_exit"} <= set(available()) <= set(running.NAMES)


def test_an_analysis_that_is_not_there_is_refused_with_those_that_are(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(running, "available", lambda: ["transitions", "time_to_exit"])
    assert refusal_of({"analysis": "synthetic_control"}) == (
        "NOT_AVAILABLE",
        "The analysis 'synthetic_control' cannot be run; there are: transitions, time_to_exit.",
    )


def test_a_helper_of_this_package_is_no_analysis() -> None:
    assert refusal_of({"analysis": "running"})[0] == "NOT_AVAILABLE"


@pytest.mark.parametrize("document", [[], "x", {}, {"analysis": 3}, None])
def test_a_document_that_names_no_analysis(document: object) -> None:
    message = "analysis: the document has no field of that name with a text."
    assert refusal_of(document) == ("BAD_SPEC", message)


@pytest.mark.parametrize(
    ("fields", "start"),
    [
        ({"analysis": "transitions", "step": 1}, "step: "),
        ({"analysis": "transitions", "period_step": 0}, "period_step: "),
        ({"analysis": "transitions", "era": "R9"}, "era: "),
        ({"analysis": "time_to_exit", "times": []}, "times: "),
        ({"analysis": "time_to_exit", "times": ["soon"]}, "times.0: "),
        ({"analysis": "time_to_exit", "times": [float("nan")]}, "times.0: "),
        ({"analysis": "time_to_exit", "causes": {"0": "censored"}}, "causes.0.[key]: "),
        ({"analysis": "time_to_exit", "alpha": 1}, "alpha: "),
        ({"analysis": "time_to_exit", "programme": "sm"}, "programme: "),
    ],
)
def test_a_faulty_field_is_named(fields: dict[str, Any], start: str) -> None:
    code, message = refusal_of(fields)
    assert code == "BAD_SPEC"
    assert message.startswith(start)


def files(folder: Path, spec: str, data: bytes | None = None) -> tuple[Path, Path]:
    (folder / "spec.json").write_text(spec, encoding="utf-8")
    if data is not None:
        (folder / "own.csv").write_bytes(data)
    return folder / "spec.json", folder / "own.csv"


def test_a_document_that_is_no_json(tmp_path: Path) -> None:
    with pytest.raises(Refusal, match=r"^spec.json: not a JSON document \(Expecting value: .*\).$"):
        analyse_files(*files(tmp_path, "transitions"))
    with pytest.raises(Refusal, match=r"^spec.json: not a JSON document .*surrogates"):
        analyse_files(*files(tmp_path, '{"analysis": "spc", "org": "\\ud800"}'))
    with pytest.raises(Refusal, match=r"^spec.json: not a JSON document"):
        analyse_files(*files(tmp_path, "[" * 200_000))


def test_a_faulty_document_is_told_before_the_rows_are_looked_for(tmp_path: Path) -> None:
    with pytest.raises(Refusal, match=r"^period_step: "):
        analyse_files(*files(tmp_path, json.dumps({"analysis": "transitions", "period_step": "x"})))


def test_files_that_cannot_be_read(tmp_path: Path) -> None:
    with pytest.raises(Refusal) as refusal:
        analyse_files(tmp_path / "none.json")
    assert refusal.value.message.endswith("none.json: cannot be read (No such file or directory).")
    with pytest.raises(Refusal) as refusal:
        analyse_files(*files(tmp_path, '{"analysis": "transitions"}'))
    assert refusal.value.code == "BAD_DATA"
    assert refusal.value.message.endswith("own.csv: cannot be read (No such file or directory).")


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"", "own.csv has no rows of data."),
        (b"unit,period,state\n\n , ,\n", "own.csv has no rows of data."),
        (
            b"unit,period\na,1\n",
            "own.csv, row 1: no column 'state'; needed are unit, period, state.",
        ),
        (b"unit,state,period,state\na,3,1,4\n", "own.csv, row 1: two columns are called 'state'."),
        (
            b"unit,period,state\na,1\n",
            "own.csv: row 2 has 2 cells and the header 3. Put a text with a comma in it into quotation "
            "marks.",
        ),
        (b'unit,period,state\n"a,1,3\n', "own.csv, line 2: unexpected end of data."),
        (b"unit,\x81\n", "own.csv: not text (byte 6 is neither UTF-8 nor Windows-1252)."),
    ],
)
def test_a_file_that_holds_no_such_rows(tmp_path: Path, content: bytes, message: str) -> None:
    with pytest.raises(Refusal) as refusal:
        analyse_files(*files(tmp_path, '{"analysis": "transitions"}', content))
    assert (refusal.value.code, refusal.value.message) == ("BAD_DATA", message)


@pytest.mark.parametrize("separator", [";", "\t"])
def test_a_file_that_separates_its_columns_otherwise_is_told_so(
    tmp_path: Path, separator: str
) -> None:
    path = tmp_path / "own.csv"
    path.write_text("unit,period,state\nA,1,4\n".replace(",", separator), encoding="utf-8")
    with pytest.raises(Refusal, match="row 1: columns have to be separated by commas"):
        read_own_data(path)


def test_other_columns_a_byte_order_mark_and_blank_rows_do_no_harm(tmp_path: Path) -> None:
    content = "\ufeffname,state,unit,period\r\nX,3,a,1\r\n\r\nX,4,a,2\r\n".encode()
    spec, data = files(tmp_path, '\ufeff{"analysis": "transitions"}', content)
    assert analyse_files(spec, data)["counts"] == [[0, 1], [0, 0]]
    assert list(read_own_data(data).rows.index) == [2, 4]
