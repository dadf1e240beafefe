"""`pooled` on the published series: whose entries count, and who stands beside them."""

from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from indicators.analyses.refusal import Refusal
from indicators.analyses.running import analyse
from sql.reads import read

ENTRY = {"analysis": "pooled", "indicator": "ae_4h_all", "event": "entry"}


@pytest.fixture(autouse=True)
def published(warehouse: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATA_DIR", str(warehouse))


@pytest.fixture(scope="module")
def entry(warehouse: Path) -> dict[str, Any]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("DATA_DIR", str(warehouse))
        return analyse(ENTRY)


def test_one_effect_can_be_followed_to_the_published_figures(entry: dict[str, Any], marts) -> None:
    """Royal Cornwall entered in October 2017: its year from then on less the year before, beside others."""
    one = next(row for row in entry["units"] if row["unit"] == "REF")
    values = read(marts, "lineage_values", indicator="ae_4h_all", lineage="as_was")
    wide = values.pivot_table(index="period_start", columns="org_code", values="value")
    before = wide.loc["2016-10-01":"2017-09-01"]
    after = wide.loc["2017-10-01":"2018-09-01"]
    change = after.mean() - before.mean()
    assert one["own"] == pytest.approx(change["REF"], abs=1e-9)
    never = read(marts, "never_by_segment").set_index("org_code")
    beside = never[never["was_in_three"] & ~never["was_in_four"] & (never["org_type"] == "acute")]
    enough = (before.notna().sum() >= 9) & (after.notna().sum() >= 9)
    codes = [code for code in beside.index if enough.get(code, default=False)]
    assert len(codes) == one["n_controls"]
    assert one["effect"] == pytest.approx(change["REF"] - change[codes].mean(), abs=1e-9)
    assert one["se"] ** 2 == pytest.approx(change[codes].var() * (1 + 1 / len(codes)), abs=1e-9)


def test_every_stay_is_judged_or_left_out_with_a_reason(entry: dict[str, Any]) -> None:
    assert entry["n_entrants"] >= 8
    assert entry["n_controls"] >= 20
    assert all(row["reason"] for row in entry["left_out"])
    judged = {(row["unit"], row["entered"]) for row in entry["units"]}
    assert not judged & {(row["unit"], row["entered"]) for row in entry["left_out"]}


def test_a_changed_definition_is_told(entry: dict[str, Any]) -> None:
    assert "DEFINITION_CHANGED" in [told["code"] for told in entry["warnings"]]


def test_four_sets_of_controls_stand_side_by_side(entry: dict[str, Any]) -> None:
    told = {row["controls"]: row for row in entry["compared"]}
    assert list(told) == ["segment_3", "unexposed", "never", "not_yet"]
    assert told["segment_3"]["estimate"] == entry["pooled"]["estimate"]
    never = analyse(ENTRY | {"controls": "never"})
    assert never["pooled"]["estimate"] == told["never"]["estimate"]
    assert never["n_controls"] > entry["n_controls"]


def test_exits_are_described(entry: dict[str, Any]) -> None:
    found = analyse(ENTRY | {"event": "exit"})
    assert found["controls"] == "still_inside"
    assert "EXIT_DESCRIPTIVE" in [told["code"] for told in found["warnings"]]


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        ({"indicator": None}, "NEEDS_DATA"),
        ({"indicator": "nothing"}, "BAD_SPEC"),
        ({"org_type": "icb", "from": "2026-05"}, "TOO_FEW_ENTRANTS"),
    ],
)
def test_what_cannot_be_asked_is_refused(fields: dict[str, Any], code: str) -> None:
    with pytest.raises(Refusal) as refused:
        analyse(ENTRY | fields)
    assert refused.value.code == code


def test_never_by_segment_is_of_organisations_never_in_a_programme(marts) -> None:
    never = read(marts, "never_by_segment")
    spells: pd.DataFrame = read(marts, "spells")
    assert not set(never["org_code"]) & set(spells["org_code"])


def test_entries_are_told_by_programme_and_each_can_be_asked_for(entry: dict[str, Any]) -> None:
    told = entry["programmes"]
    assert sum(told.values()) == len(entry["units"])
    assert set(told) <= {"special-measures", "rsp"}
    for programme in ("special-measures", "rsp"):
        found = analyse(ENTRY | {"programme": programme})
        assert found["programmes"] == {programme: told[programme]}
        same = {row["unit"]: row["effect"] for row in entry["units"]}
        assert all(row["effect"] == same[row["unit"]] for row in found["units"])
        late = [row["entered"] for row in found["units"] if row["entered"] >= "2021-07"]
        assert bool(late) == (programme == "rsp")


def test_the_time_inside_reaches_to_the_exit_or_the_last_day_known_inside() -> None:
    found = analyse(ENTRY | {"event": "programme", "indicator": "beds_occ_kh03"})
    trust = next(row for row in found["units"] if row["unit"] == "REF")
    assert trust["left"] is not None
    years = int(trust["left"][:4]) - int(trust["entered"][:4])
    months = 12 * years + int(trust["left"][5:7]) - int(trust["entered"][5:7])
    assert abs(trust["months"] - months) <= 3
    assert found["pooled"] is not None


def test_an_exposure_is_to_any_programme() -> None:
    with pytest.raises(Refusal) as refused:
        analyse(ENTRY | {"event": "exposure", "programme": "rsp"})
    assert "programme" in refused.value.message
