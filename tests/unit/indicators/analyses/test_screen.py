"""The analysis `screen` on made figures: one indicator alone, all compared, and what is refused."""

from dataclasses import replace
from pathlib import Path

import pytest
from pydantic import ValidationError

from indicators.analyses.own_data import read_own_data
from indicators.analyses.refusal import Refusal
from indicators.analyses.screen import Spec, read, run
from indicators.content import digest
from indicators.screening.given import ScreenRows
from indicators.stats.screen.thresholds import DEFAULTS
from tests.unit.indicators.screening.made import MONTHLY, Made, context, figures

ONE = figures(Made(rise=3.0, fall=2.0), MONTHLY.model_copy(update={"breaks": ()}))
ROWS = ScreenRows({"ae_4h_t1": "1"}, context(), (ONE,))
ASKED = {"analysis": "screen", "indicator": "ae_4h_t1"}


def test_one_indicator_is_told_before_it_is_compared() -> None:
    result = run(Spec.model_validate(ASKED), ROWS)
    assert result["ok"] is True
    (row,) = result["rows"]
    assert (row["indicator_id"], row["org_type"]) == ("ae_4h_t1", "acute")
    assert row["response"]["excess"]["grade"] == "strong"
    assert 0 < row["p"] < 0.001
    assert row["stability"] > 0.9
    assert "class" not in row and "q" not in row
    assert [one["code"] for one in result["warnings"]] == ["NOT_COMPARED"]


def test_without_an_indicator_all_are_compared_and_classed() -> None:
    whole = run(Spec(analysis="screen"), ROWS)
    (row,) = whole["rows"]
    assert row["class"] == "candidate key indicator"
    assert row["q"] == row["p"]
    assert whole["warnings"] == []
    (alone,) = run(Spec.model_validate(ASKED), ROWS)["rows"]
    assert alone.items() <= row.items()


def test_changed_thresholds_count_and_are_listed() -> None:
    spec = Spec.model_validate(ASKED | {"thresholds": {"entrants": 13}})
    result = run(spec, ROWS)
    assert result["changes"] == [["entrants", DEFAULTS.entrants, 13]]
    assert result["rows"][0]["response"]["excess"]["reason"].startswith("entrants that can be")


def test_a_type_without_enough_organisations_is_refused() -> None:
    with pytest.raises(Refusal, match="fewer than five organisations of the type ambulance"):
        run(Spec.model_validate(ASKED | {"org_type": "ambulance"}), ROWS)


@pytest.mark.parametrize("given", [{"stability": 80}, {"stable": 0.8}])
def test_thresholds_that_there_cannot_be_are_refused(given: dict[str, float]) -> None:
    with pytest.raises(ValidationError, match="stab"):
        Spec.model_validate(ASKED | {"thresholds": given})


def test_rows_of_ones_own_are_refused(tmp_path: Path) -> None:
    file = tmp_path / "own.csv"
    file.write_text("unit,period,value\na,2024-01,1\n")
    with pytest.raises(Refusal, match="published figures only"):
        read(read_own_data(file))


def test_a_record_boils_down_the_content_of_the_figures_only() -> None:
    same = ScreenRows(ROWS.content, context(), ())
    assert digest(same) == digest(ROWS)
    assert digest(replace(ROWS, content={"ae_4h_t1": "2"})) != digest(ROWS)


def test_any_value_of_an_indicators_figures_is_in_its_content() -> None:
    values = ONE.values.copy()
    values.loc[3, "value"] += 1e-12
    assert digest(replace(ONE, values=values)) != digest(ONE)
    assert digest(replace(ONE, pooled={"acute": "why"})) != digest(ONE)
