"""The analysis `its` against the shared reference results (R), through Python and through the command.

Two things differ from the reference by design: intervals of REML have Satterthwaite's degrees of freedom (R
has n − p), and counts have Student's t where R's Poisson examples have the normal distribution.
"""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from indicators import __main__ as cli
from indicators.analyses.running import analyse
from tests.unit.indicators.analyses.files import own

pytestmark = pytest.mark.published
TERMS = {
    "(Intercept)": "intercept",
    "t": "time",
    "level": "level_1",
    "slope": "slope_1",
    "smokban": "level_1",
    "sl": "slope_1",
    "s1": "sin_1",
    "c1": "cos_1",
    "s2": "sin_2",
    "c2": "cos_2",
}
ENTRIES = {"single_n48": 25, "short_n16": 9, "seasonal_n96": 61}
Run = Callable[[dict[str, Any], pd.DataFrame], dict[str, Any]]


def month(t: int) -> str:
    """t = 1 is January 2005, as the seasons of the reference begin with January."""
    return f"{2005 + (t - 1) // 12}-{(t - 1) % 12 + 1:02d}"


@pytest.fixture(params=["python", "command"])
def run(request: pytest.FixtureRequest, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Run:
    """Both ways to run a document on rows."""

    def by_python(document: dict[str, Any], rows: pd.DataFrame) -> dict[str, Any]:
        return analyse(document, own(tmp_path, *rows.to_csv(index=False).splitlines()))

    def by_command(document: dict[str, Any], rows: pd.DataFrame) -> dict[str, Any]:
        rows.to_csv(tmp_path / "rows.csv", index=False)
        (tmp_path / "spec.json").write_text(json.dumps(document), encoding="utf-8")
        named = [str(tmp_path / "spec.json"), "--data", str(tmp_path / "rows.csv")]
        assert cli.main(["analyse", *named]) == 0
        return dict(json.loads(capsys.readouterr().out))

    return by_python if request.param == "python" else by_command


@pytest.fixture(scope="module")
def expected(gold: Path) -> dict[str, Any]:
    return dict(json.loads((gold / "its" / "its_expected.json").read_text(encoding="utf-8")))


@pytest.fixture(scope="module")
def tolerances(gold: Path) -> dict[str, dict[str, float]]:
    checks = json.loads((gold / "manifest.json").read_text(encoding="utf-8"))["checks"]
    return {check["id"]: check["tolerance"] for check in checks}


def series(gold: Path, name: str) -> pd.DataFrame:
    rows = pd.read_csv(gold / "its" / "its_series.csv").query("series == @name")
    return pd.DataFrame({"period": rows["t"].map(month), "value": rows["y"]})


def document(name: str, method: str, **fields: Any) -> dict[str, Any]:
    return {
        "analysis": "its",
        "frequency": "month",
        "interruptions": [month(ENTRIES[name])],
        "method": method,
        "seasonality": "fourier2" if name == "seasonal_n96" else "none",
        "covid": "none",
        "family": "gaussian",
    } | fields


def hold_to(result: dict[str, Any], table: list[dict[str, Any]], tolerance: Any) -> None:
    """Estimates and standard errors of a table of the reference."""
    found = {one["term"]: one for one in result["coefficients"]}
    assert len(found) == len(table)
    for row in table:
        ours = found[TERMS.get(row["term"], row["term"])]
        if "est_abs" in tolerance:
            assert ours["estimate"] == pytest.approx(row["est"], abs=tolerance["est_abs"])
        assert ours["se"] == pytest.approx(row["se"], rel=tolerance["se_rel"])


@pytest.mark.parametrize("name", ENTRIES)
def test_least_squares_and_its_diagnostics(
    gold: Path, run: Run, expected: Any, tolerances: Any, name: str
) -> None:
    given, tolerance = expected[name], tolerances[f"its.{name}.ols"]
    result = run(document(name, "ols"), series(gold, name))
    hold_to(result, given["ols"], tolerance)
    for ours, theirs in zip(result["coefficients"], given["ols"], strict=True):
        assert (ours["ci_low"], ours["ci_high"]) == pytest.approx((theirs["lo"], theirs["hi"]))
        assert ours["df"] == theirs["df"]
    assert result["sigma"] == pytest.approx(given["ols_sigma"], rel=tolerance["se_rel"])
    tests = result["diagnostics"]
    assert tests["durbin_watson"] == pytest.approx(given["ols_dw"], abs=1e-9)
    assert tests["acf"][:4] == pytest.approx(given["acf"][:4], abs=1e-9)
    first, longest = tests["breusch_godfrey"]
    assert (first["lag"], longest["lag"]) == (1, given["bg_k"]["order"])
    assert first["statistic"] == pytest.approx(given["bg1"]["LM"], abs=1e-8)
    assert first["p"] == pytest.approx(given["bg1"]["p"], abs=1e-8)
    assert longest["statistic"] == pytest.approx(given["bg_k"]["LM"], abs=1e-8)
    assert longest["p"] == pytest.approx(given["bg_k"]["p"], abs=1e-8)
    assert tests["ljung_box"]["lag"] == given["ljungbox12"]["lag"]
    assert tests["ljung_box"]["statistic"] == pytest.approx(given["ljungbox12"]["Q"], abs=1e-8)


@pytest.mark.parametrize("name", ENTRIES)
def test_reml(gold: Path, run: Run, expected: Any, tolerances: Any, name: str) -> None:
    given, tolerance = expected[name]["reml"], tolerances[f"its.{name}.reml"]
    result = run(document(name, "reml_ar1"), series(gold, name))
    hold_to(result, given["tab"], tolerance)
    assert result["phi"] == pytest.approx(given["phi"], abs=tolerance["phi_abs"])
    assert result["sigma"] == pytest.approx(given["sigma"], rel=tolerance["se_rel"])
    assert result["log_likelihood"] == pytest.approx(given["logLik"], abs=1e-6)


@pytest.mark.parametrize("name", ENTRIES)
def test_newey_west(gold: Path, run: Run, expected: Any, tolerances: Any, name: str) -> None:
    given, tolerance = expected[name], tolerances[f"its.{name}.nw"]
    rows = series(gold, name)
    tables = {lag: given[f"nw{lag}"] for lag in (1, 2, 3)} | {None: given["nw_default"]["tab"]}
    for lag, table in tables.items():
        hold_to(run(document(name, "newey_west", lag=lag), rows), table, tolerance)


@pytest.mark.parametrize("name", ENTRIES)
def test_prais_winsten(gold: Path, run: Run, expected: Any, tolerances: Any, name: str) -> None:
    given, tolerance = expected[name], tolerances[f"its.{name}.pw"]
    result = run(document(name, "prais_winsten"), series(gold, name))
    hold_to(result, given["pw"], tolerance)
    assert result["phi"] == pytest.approx(given["pw_rho"], abs=tolerance["rho_abs"])


@pytest.mark.parametrize("name", ENTRIES)
def test_arima(gold: Path, run: Run, expected: Any, tolerances: Any, name: str) -> None:
    given, tolerance = expected[name]["arima100"], tolerances[f"its.{name}.arima"]
    result = run(document(name, "arima", order=[1, 0]), series(gold, name))
    found = {one["term"]: one["estimate"] for one in result["coefficients"]}
    found["ar1"] = result["phi"]
    for term, value in given["coef"].items():
        ours = found[TERMS.get(term, term)]
        assert ours == pytest.approx(value, rel=tolerance["coef_rel"]), term
    assert result["log_likelihood"] == pytest.approx(given["loglik"], abs=tolerance["loglik_abs"])


@pytest.mark.parametrize("name", ["short_n16", "seasonal_n96", "entry_exit_n96"])
def test_degrees_of_freedom_of_effects(gold: Path, run: Run, name: str) -> None:
    """The reference is an independent implementation; its derivatives are differences."""
    path = gold / "its" / "satterthwaite_expected.json"
    given = json.loads(path.read_text(encoding="utf-8"))[name]
    entry_exit = {"interruptions": [month(37), month(69)], "seasonality": "none"}
    asked = (
        document("single_n48", "reml_ar1", **entry_exit)
        if name == "entry_exit_n96"
        else document(name, "reml_ar1")
    )
    result = run(asked, series(gold, name))
    found = {one["term"]: one for one in result["coefficients"]}
    effects = {one["horizon"]: one for one in result["effects"]}
    pairs = {"level": found["level_1"], "slope": found["slope_1"]}
    pairs |= {f"k{horizon}": effects[horizon] for horizon in (6, 12) if horizon in effects}
    for key, ours in pairs.items():
        assert ours["se"] ** 2 == pytest.approx(given[key]["var"], rel=1e-4), key
        assert ours["df"] == pytest.approx(max(given[key]["df"], 2.0), abs=2e-3), key
    assert effects[0]["estimate"] == found["level_1"]["estimate"]


@pytest.mark.parametrize(
    ("method", "key"), [("ols", "quasi"), ("newey_west", "nw3"), ("reml_ar1", "larger")]
)
def test_shares_are_counted(
    gold: Path, run: Run, expected: Any, tolerances: Any, method: str, key: str
) -> None:
    """Dispersion alone, autocorrelation alone, and the default: the larger of both."""
    given, tolerance = expected["quasibinomial"], tolerances["its.quasibinomial"]
    rows = pd.read_csv(gold / "its" / "its_binomial.csv")
    rows = rows.assign(period=rows["t"].map(month)).rename(
        columns={"num": "numerator", "den": "denominator"}
    )
    asked = document("single_n48", method, interruptions=[month(43)], family="binomial")
    lag = {"lag": 3} if method == "newey_west" else {}
    columns = ["period", "numerator", "denominator"]
    result = run(asked | {"seasonality": "fourier1"} | lag, rows[columns])
    pairs = zip(given["tab"], given["nw3_se"], strict=True)
    tables = {
        "quasi": given["tab"],
        "nw3": [row | {"se": se} for row, se in pairs],
        "larger": [
            row | {"se": max(se, row["se"])}
            for row, se in zip(given["tab"], given["nw3_se"], strict=True)
        ],
    }
    hold_to(result, tables[key], tolerance)
    assert result["dispersion"] == pytest.approx(given["disp"], rel=tolerance["se_rel"])
    assert (result["family"], result["link"]) == ("binomial", "logit")


@pytest.mark.parametrize(
    ("model", "fields"),
    [
        ("model2_quasi", {"slope_change": False}),
        ("model3_harmonic", {"slope_change": False, "seasonality": "fourier2"}),
        ("model4_slope", {"slope_origin": 1, "seasonality": "fourier2"}),
    ],
)
def test_the_smoking_ban_of_sicily(
    gold: Path, run: Run, expected: Any, tolerances: Any, model: str, fields: dict[str, Any]
) -> None:
    """Lopez Bernal 2017; their slope begins with 1 (the ban of January 2005 is t = 37)."""
    given, tolerance = expected["sicily"][model], tolerances["its.sicily"]
    rows = pd.read_csv(gold / "fetched_data" / "sicily.csv")
    periods = [f"{y}-{m:02d}" for y, m in zip(rows["year"], rows["month"], strict=True)]
    named = {"period": periods, "numerator": rows["aces"], "denominator": rows["stdpop"]}
    asked = document("single_n48", "ols", interruptions=["2005-01"], family="poisson")
    result = run(asked | fields, pd.DataFrame(named))
    assert result["dispersion"] == pytest.approx(given["disp"], rel=tolerance["disp_rel"])
    hold_to(result, given["tab"], {"est_abs": 1e-6, "se_rel": 1e-5})
    ratio = next(row["rr"] for row in given["tab"] if row["term"] == "smokban")
    first = result["effects"][0]["ratio"]
    slope = next((row["rr"] for row in given["tab"] if row["term"] == "sl"), 1.0)
    assert first == pytest.approx(ratio * slope, abs=tolerance["rr_abs"])
    assert result["effects"][0]["percent"] == pytest.approx(100 * (first - 1))


@pytest.mark.parametrize("method", ["ols", "newey_west", "prais_winsten", "reml_ar1"])
def test_the_nile_by_years(
    gold: Path, run: Run, expected: Any, tolerances: Any, method: str
) -> None:
    """A level alone, at bare numbers: the flow fell when the dam was begun in 1899 (year 29)."""
    given, tolerance = expected["nile"], tolerances["its.nile"]
    rows = pd.read_csv(gold / "its" / "nile.csv").rename(
        columns={"year": "period", "flow": "value"}
    )
    asked = {"analysis": "its", "interruptions": [1899], "method": method}
    result = run(asked | {"trend": False, "slope_change": False}, rows[["period", "value"]])
    tables = {
        "ols": given["ols"],
        "newey_west": given["nw_default"]["tab"],
        "prais_winsten": given["pw"],
        "reml_ar1": given["reml"]["tab"],
    }
    hold_to(result, tables[method], tolerance)
    if method == "reml_ar1":
        assert result["phi"] == pytest.approx(given["reml"]["phi"], abs=tolerance["phi_abs"])
    if method == "ols":
        before, change = (one["estimate"] for one in result["coefficients"])
        assert (round(before, 2), round(before + change, 2)) == (1097.75, 849.97)
