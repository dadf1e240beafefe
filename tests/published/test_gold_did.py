"""Staggered effects against the reference results of the R package did and its published example."""

import json
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest
from diff_diff import CallawaySantAnna

from indicators.stats.pooled.callaway import callaway_santanna, first_events
from indicators.stats.pooled.imputation import Options, Study, study
from indicators.stats.pooled.panel import Panel, Spell, entry_cells

pytestmark = pytest.mark.published

BESIDE = {"never": "never_treated", "notyet": "not_yet_treated"}


@pytest.fixture(scope="module")
def tolerance(gold: Path) -> dict[str, float]:
    found = json.loads((gold / "manifest.json").read_text(encoding="utf-8"))["checks"]
    (check,) = [check for check in found if check["id"] == "did.mpdta"]
    return dict(check["tolerance"])


@pytest.fixture(scope="module")
def expected(gold: Path) -> dict[str, Any]:
    path = gold / "did" / "did_expected.json"
    return dict(json.loads(path.read_text(encoding="utf-8"))["mpdta"])


@pytest.fixture(scope="module")
def counties(gold: Path) -> pd.DataFrame:
    names = {"countyreal": "unit", "year": "period", "lemp": "value", "first.treat": "first"}
    return pd.read_csv(gold / "fetched_data" / "mpdta.csv").rename(columns=names)


@pytest.fixture(scope="module")
def panel(counties: pd.DataFrame) -> Panel:
    wide = counties.pivot_table(index="unit", columns="period", values="value")
    first = counties.groupby("unit")["first"].first().reindex(wide.index)
    spells = [
        Spell(row, int(year) - 2003, None, int(year) - 2003, 5)
        for row, year in enumerate(first)
        if year > 0
    ]
    untreated, events = entry_cells(wide.shape, spells, year=1)
    kind = np.zeros(len(wide), dtype=np.int64)
    return Panel(wide.to_numpy(), untreated, (first == 0).to_numpy(), kind, events, year=1)


@pytest.mark.parametrize("beside", ["never", "notyet"])
def test_averages_of_callaway_and_santanna(
    panel: Panel, expected: dict[str, Any], tolerance: dict[str, float], beside: str
) -> None:
    found = callaway_santanna(first_events(panel, 99), BESIDE[beside])  # type: ignore[arg-type]
    simple = expected[beside]["simple"]
    assert found.att == pytest.approx(simple["att"], abs=tolerance["att_abs"])
    assert found.se == pytest.approx(simple["se"], abs=tolerance["se_abs"])
    told = pd.DataFrame(expected[beside]["event"])
    assert list(found.by_time["event_time"]) == list(told["e"])
    assert found.by_time["att"].to_numpy() == pytest.approx(told["att"], abs=tolerance["att_abs"])
    assert found.by_time["se"].to_numpy() == pytest.approx(told["se"], abs=tolerance["se_abs"])
    assert (found.entrants + found.controls) == expected[beside]["n"]


@pytest.mark.parametrize("base", ["never", "notyet", "universal"])
def test_the_package_gives_every_single_effect(
    counties: pd.DataFrame, expected: dict[str, Any], tolerance: dict[str, float], base: str
) -> None:
    """We publish none of these; that they agree says that the pinned package is the one that was checked."""
    given = {"base_period": "universal"} if base == "universal" else {}
    beside = BESIDE.get(base, "never_treated")
    estimator = CallawaySantAnna(control_group=beside, estimation_method="reg", **given)
    found = estimator.fit(counties, "value", "unit", "period", "first")
    each = {(int(g), int(t)): one for (g, t), one in found.group_time_effects.items()}
    for row in expected[base]["att_gt"]:
        one = each[row["g"], row["t"]]
        assert one["effect"] == pytest.approx(row["att"], abs=tolerance["att_abs"])
        if row["se"] is not None:
            assert one["se"] == pytest.approx(row["se"], abs=tolerance["se_abs"])
    groups = found.aggregate("group").to_dataframe()
    told = pd.DataFrame(expected[base]["group"])
    assert [int(label) for label in groups["label"]] == list(told["g"])
    assert groups["att"].to_numpy() == pytest.approx(told["att"], abs=tolerance["att_abs"])
    assert groups["se"].to_numpy() == pytest.approx(told["se"], abs=tolerance["se_abs"])


@pytest.fixture(scope="module")
def imputed(panel: Panel) -> Study:
    return study(panel, Options((-4, 3), 0, 1))


def test_imputation(imputed: Study, expected: dict[str, Any], tolerance: dict[str, float]) -> None:
    static, horizon = expected["bjs"]["static"], expected["bjs"]["horizon"]
    assert imputed.overall.estimate == pytest.approx(static, abs=tolerance["att_abs"])
    for row in horizon:
        found = imputed.bins[row["e"]].estimate
        assert found == pytest.approx(row["tau"], abs=tolerance["att_abs"])
