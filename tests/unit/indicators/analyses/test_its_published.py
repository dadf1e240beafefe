"""The analysis `its` on published series: where it begins, what the catalogue adds, what it refuses."""

import json
from pathlib import Path
from typing import Any

import duckdb
import pytest

from indicators import __main__ as cli
from indicators.analyses.refusal import Refusal
from indicators.analyses.running import analyse
from sql.reads import read

AE = {"analysis": "its", "indicator": "ae_4h_all", "org": "RXW"}


@pytest.fixture(autouse=True)
def published(warehouse: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATA_DIR", str(warehouse))


def codes(result: dict[str, Any]) -> list[str]:
    return [told["code"] for told in result["warnings"]]


def refusal_of(fields: dict[str, Any]) -> tuple[str, str]:
    with pytest.raises(Refusal) as refused:
        analyse(AE | {"interruptions": ["2022-07"]} | fields)
    return refused.value.code, refused.value.message


def test_the_document_of_the_contracts(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Entry at Shrewsbury and Telford was three months after the pandemic's worst: told, not hidden."""
    document = AE | {
        "frequency": "month",
        "interruptions": ["2021-07", "2024-03"],
        "method": "reml_ar1",
        "slope_origin": 0,
        "seasonality": "fourier2",
        "phase_in": 0,
        "anticipation": 0,
        "covid": "pulse",
        "family": "gaussian",
        "horizons": [0, 6, 12],
        "alpha": 0.05,
    }
    (tmp_path / "spec.json").write_text(json.dumps(document), encoding="utf-8")
    assert cli.main(["analyse", str(tmp_path / "spec.json")]) == 0
    result = json.loads(capsys.readouterr().out)
    assert result == analyse(document)
    assert [one["term"] for one in result["coefficients"]] == [
        *("intercept", "time", "level_1", "slope_1", "level_2", "slope_2"),
        *("sin_1", "cos_1", "sin_2", "cos_2", "covid_level"),
    ]
    assert result["dropped_terms"] == ["break_1"]
    assert codes(result)[:2] == ["SERIES_BREAK", "COVID_SHORT"]
    assert result["improvement"] == "up"


def test_the_whole_published_series_is_taken(marts: duckdb.DuckDBPyConnection) -> None:
    rows = read(marts, "lineage_values", indicator="ae_4h_all", lineage="as_was")
    mine = rows[rows["org_code"] == "RXW"].sort_values("period_start")
    series = analyse(AE | {"interruptions": ["2022-07"]})["series"]
    given = [row for row in series if row["value"] is not None]
    assert [row["value"] for row in given] == pytest.approx(mine["value"].tolist())
    assert given[0]["period"] == f"{mine['period_start'].min():%Y-%m}" < "2020"
    assert [row["denominator"] for row in given] == mine["denominator"].astype(float).tolist()


def test_a_stretch_is_chosen() -> None:
    fields = {"from": "2017-04", "to": "2024-03", "interruptions": ["2022-07"]}
    series = analyse(AE | fields)["series"]
    assert (series[0]["period"], series[-1]["period"]) == ("2017-04", "2024-03")


def test_shares_counted_one_by_one_and_bed_days_that_are_not() -> None:
    fields = {"interruptions": ["2022-07"], "family": "binomial"}
    counted = analyse(AE | fields | {"method": "newey_west"})
    assert (counted["family"], counted["method"]) == ("binomial", "quasi_binomial")
    switched = analyse(AE | fields)
    assert (switched["family"], switched["link"], switched["method"]) == (
        *("gaussian", "logit"),
        "reml_ar1",
    )
    assert "COUNTS_AUTOCORRELATED" in codes(switched)
    code, message = refusal_of(
        {"indicator": "beds_occ_kh03", "interruptions": ["2022-Q3"], "family": "binomial"}
    )
    assert (code, message[:47]) == ("BAD_SPEC", "Family binomial takes numerators and denominato")


def test_a_measure_that_overlaps_itself() -> None:
    code, message = refusal_of({"indicator": "fte_change"})
    assert code == "ROLLING_WINDOW"
    assert message.startswith("This measure is a 12-month rolling figure")


def test_a_definition_that_changed_in_the_month_of_entry() -> None:
    code, message = refusal_of({"indicator": "rtt_18w", "interruptions": ["2024-02"]})
    assert code == "SERIES_BREAK"
    assert message.startswith("The definition of the measure changed in Feb 2024, where an")


def test_a_merger_inside_the_series() -> None:
    """Somerset took in Yeovil in April 2023; before that, and without it, it is another organisation."""
    code, message = refusal_of({"org": "RH5"})
    assert code == "SERIES_BREAK"
    assert message == (
        "The organisation took in Taunton and Somerset on 1 April 2020 and Yeovil District Hospital on 1 "
        "April 2023, inside this series, so figures before and after are of different organisations. "
        "As history before mergers choose “as it is today, predecessors added” (lineage current) or “only "
        "since the last merger” (lineage break)."
    )
    added = analyse(AE | {"org": "RH5", "lineage": "current", "interruptions": ["2022-07"]})
    assert codes(added)[0] == "MERGED_HISTORY"
    after = analyse(AE | {"org": "RH5", "lineage": "break", "interruptions": ["2024-07"]})
    assert after["series"][0]["period"] == "2023-04"


@pytest.mark.parametrize(
    ("fields", "code", "message"),
    [
        ({"interruptions": ["2020-04"]}, "COVID_OVERLAP", "Entry falls inside the pandemic window"),
        ({"interruptions": ["2021-05"]}, "TOO_FEW_POINTS", "Reading through the pandemic takes 6"),
        ({"indicator": "ss_morale"}, "TOO_FEW_POINTS", "Staff morale"),
        ({"indicator": "no"}, "BAD_SPEC", "indicator: there is no 'no'"),
        ({"org": None}, "BAD_SPEC", "org: name an organisation by its code."),
        (
            {"org": "ZZZ"},
            "NEEDS_DATA",
            "No figure of “A&E attendances admitted, transferred or discharged within four hours, all "
            "departments” is published for ZZZ (lineage as_was) in that time.",
        ),
        ({"interruptions": ["2031-01"]}, "TOO_FEW_POINTS", "There are "),
    ],
)
def test_what_cannot_be_analysed_is_refused(
    fields: dict[str, Any], code: str, message: str
) -> None:
    found = refusal_of(fields)
    assert (found[0], found[1][: len(message)]) == (code, message)
