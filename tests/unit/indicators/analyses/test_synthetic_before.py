"""What is known of a synthetic control before it is run: donors, periods, and if it can pass at all."""

from pathlib import Path
from typing import Any

import pytest

from indicators.analyses.running import analyse
from indicators.analyses.synthetic_before import SyntheticBefore, before_synthetic
from tests.unit.indicators.analyses.files import own
from tests.unit.indicators.analyses.test_synthetic_control import WAITS, lines, values


def before(folder: Path, rows: list[str], **fields: Any) -> SyntheticBefore:
    document = {"analysis": "synthetic_control", "treated": "own", "interruption": "2022-01"}
    return before_synthetic(document | fields, own(folder, "unit,period,value", *rows))


def test_donors_periods_and_the_smallest_p(tmp_path: Path) -> None:
    rows = [row for row in lines(values()) if not row.startswith("d2,2020-05")]
    found = before(tmp_path, rows)
    assert (found.before, found.after) == (24, 12)
    assert (len(found.donors), found.left_out) == (10, ("d2",))
    assert found.least_p == 1 / 11
    assert found.lacking == ()
    assert found.refused is None
    first = found.rows.iloc[0]
    assert first["period"] == "2020-01"
    assert first["value"] == values()[0, 0]
    kept = [values()[0, unit] for unit in range(1, 12) if unit != 2]
    assert first["donors"] == pytest.approx(sum(kept) / 10)


def test_what_no_fit_could_make_up_for_is_known_before(tmp_path: Path) -> None:
    found = before(tmp_path, lines(values(donors=9)), interruption="2021-12")
    assert found.lacking == (
        "23 periods before entry (at least 24)",
        "9 donors (at least 10)",
    )


@pytest.mark.parametrize(
    ("fields", "code", "shown"),
    [
        ({"interruption": "2023-01"}, "TOO_FEW_POINTS", 36),
        ({"form": "best"}, "BAD_SPEC", 0),
    ],
)
def test_a_refusal_leaves_the_series_that_can_be_shown(
    tmp_path: Path, fields: dict[str, Any], code: str, shown: int
) -> None:
    found = before(tmp_path, lines(values()), **fields)
    assert found.refused is not None
    assert found.refused.code == code
    assert len(found.rows) == shown
    assert found.rows["donors"].isna().all()


def test_the_numbers_are_those_of_the_run(warehouse: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATA_DIR", str(warehouse))
    found, result = before_synthetic(WAITS), analyse(WAITS)
    assert (found.before, found.after) == (result["n_pre"], result["n_post"])
    assert list(found.donors) == list(result["weights"])
    assert list(found.left_out) == result["left_out"]
