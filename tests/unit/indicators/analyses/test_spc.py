"""`spc` on a person's own file: what comes out, and what is refused in which words."""

import json
import math
from pathlib import Path
from typing import Any

import pytest

from indicators import __main__ as cli
from indicators.analyses.refusal import Refusal
from indicators.analyses.running import analyse
from tests.unit.indicators.analyses.files import own

SPEC = {"analysis": "spc"}
MONTHS = [f"{year}-{month:02d}" for year in (2022, 2023, 2024) for month in range(1, 13)]
CALM = [1, 2] * 8


def run(folder: Path, header: str, *lines: str, **fields: Any) -> dict[str, Any]:
    return analyse(SPEC | fields, own(folder, header, *lines))


def values(numbers: list[Any], name: str = "") -> list[str]:
    """A line per month, with the name of the series where there is one."""
    start = f"{name}," if name else ""
    return [f"{start}{month},{number}" for month, number in zip(MONTHS, numbers, strict=False)]


def codes(result: dict[str, Any]) -> list[str]:
    return [warning["code"] for warning in result["warnings"]]


def rules(one: dict[str, Any]) -> list[str]:
    return [" ".join(point["rules"]) for point in one["points"]]


def message(result: dict[str, Any], code: str) -> str:
    return next(told["message"] for told in result["warnings"] if told["code"] == code)


def test_a_small_file_by_hand(tmp_path: Path) -> None:
    """Mean 7/3 of 2, 3, 2; ranges 1: limits 7/3 ± 2.66."""
    result = run(tmp_path, "period,value", "2024-03,2", "2024-01,2", "2024-02,3")
    limits = {"mean": 7 / 3, "lower": 7 / 3 - 2.66, "upper": 7 / 3 + 2.66}
    assert result == {
        "ok": True,
        "series": [
            {
                "series": "value",
                "points": [
                    {"period": period, "value": value}
                    | {name: pytest.approx(limit) for name, limit in limits.items()}
                    | {"rules": [], "kind": "common_cause"}
                    for period, value in (("2024-01", 2), ("2024-02", 3), ("2024-03", 2))
                ],
                "variation": "empty",
                "assurance": "empty",
            }
        ],
        "warnings": [
            {
                "code": "TRIAL_LIMITS",
                "message": "Trial limits (fewer than 13 points, or 12 since limits began anew; "
                "no icons where these are the last): value.",
            }
        ],
    }


def test_every_rule_a_point_breaks_is_named(tmp_path: Path) -> None:
    lines = values([*CALM, 10, 11, 12, 13, 14, 15, 16])
    result = run(tmp_path, "period,value", *lines, improvement="down", fix_after=12)
    last = result["series"][0]["points"][-1]
    assert last["rules"] == ["outside", "trend", "two_of_three", "shift"]
    assert last["kind"] == "concern"
    assert result["series"][0]["variation"] == "concern_high"


def test_the_rule_set_is_chosen(tmp_path: Path) -> None:
    numbers = [0.5, -0.5] * 6 + [2.7, 0.1, 2.0] + [-0.5, 0.5]
    lines = values(numbers)
    mdc = run(tmp_path, "period,value", *lines, fix_after=12)
    other = run(tmp_path, "period,value", *lines, fix_after=12, rules="plotthedots")
    assert rules(mdc["series"][0])[12:15] == ["outside two_of_three", "", "two_of_three"]
    assert rules(other["series"][0])[12:15] == ["outside", "", ""]


def test_numerators_by_denominators_and_what_has_no_value(tmp_path: Path) -> None:
    lines = ["2024-01,1,4", "2024-02,,4", "2024-03,0,0", "2024-04,3,4", "2024-05,2,"]
    result = run(tmp_path, "period,numerator,denominator", *lines)
    points = result["series"][0]["points"]
    assert [(point["period"], point["value"]) for point in points] == [
        ("2024-01", 0.25),
        ("2024-04", 0.75),
    ]
    assert points[0]["upper"] == pytest.approx(0.5 + 2.66 * 0.5)
    assert codes(result) == ["LEFT_OUT", "GAPS", "TRIAL_LIMITS"]
    assert message(result, "LEFT_OUT") == "Rows without a value, left out and not filled in: 3."
    gaps = "Periods without a value between points, which count as neighbours: value (2)."
    assert message(result, "GAPS") == gaps


def test_series_with_options_of_their_own_keep_their_order(tmp_path: Path) -> None:
    lines = [*values([*CALM, 9], "z"), *values([*CALM, 9], "a"), *values([*CALM, 9], "m")]
    own_options = {
        "a": {"improvement": "down", "target": 20, "rules": "plotthedots"},
        "m": {"target": None, "run_length": 6},
    }
    fields = {"improvement": "up", "target": -20, "fix_after": 12}
    together = run(tmp_path, "series,period,value", *lines, series_options=own_options, **fields)
    icons = [(one["series"], one["variation"], one["assurance"]) for one in together["series"]]
    assert icons == [
        ("z", "improvement_high", "pass"),
        ("a", "concern_high", "pass"),
        ("m", "improvement_high", "empty"),
    ]
    alone = run(tmp_path, "series,period,value", *lines[17:34], **fields | own_options["a"])
    assert alone["series"] == together["series"][1:2]


@pytest.mark.parametrize("start", ["2023-05", "2023-05-01"])
def test_limits_begin_anew_on_a_period_or_the_next_there_is(tmp_path: Path, start: str) -> None:
    lines = values(CALM + [11, 12] * 8)
    del lines[16]
    result = run(tmp_path, "period,value", *lines, rebase=[start], target=5, improvement="up")
    means = [point["mean"] for point in result["series"][0]["points"]]
    assert means[:16] == [1.5] * 16
    assert means[16] == pytest.approx((11 * 7 + 12 * 8) / 15)
    assert result["series"][0]["assurance"] == "pass"
    assert codes(result) == ["GAPS"]


def test_whole_numbers_are_periods_too(tmp_path: Path) -> None:
    lines = [f"{place},{value}" for place, value in enumerate(CALM + [11, 12] * 8)]
    result = run(tmp_path, "period,value", *lines, rebase=[16])
    assert {point["mean"] for point in result["series"][0]["points"]} == {1.5, 11.5}


def test_no_variation_is_said_with_the_target(tmp_path: Path) -> None:
    lines = [line for name in "abcd" for line in values([0.1] * 15, name)]
    own_options = {"b": {"target": 0.2}, "c": {"target": None}, "d": {"improvement": "neutral"}}
    fields = {"improvement": "up", "target": 0.1, "series_options": own_options}
    result = run(tmp_path, "series,period,value", *lines, **fields)
    assert [one["assurance"] for one in result["series"]] == [
        "inconsistent",
        "fail",
        "empty",
        "empty",
    ]
    assert codes(result) == ["NO_VARIATION"]
    assert message(result, "NO_VARIATION") == (
        "No variation, so limits are the mean: a (target met), b (target not met), c, d."
    )


def test_neighbours_alike_and_seasons_are_pointed_out(tmp_path: Path) -> None:
    wave = [0, 1, 3, 5, 6, 7, 6.5, 5, 3, 2, 1, 0.5]
    lines = [*values(wave * 3, "waves"), *values([1, 2] * 18, "calm"), *values(wave[:3], "short")]
    result = run(tmp_path, "series,period,value", *lines)
    assert codes(result) == ["TRIAL_LIMITS", "SPC_AUTOCORRELATED", "SPC_SEASONAL"]
    alike = message(result, "SPC_AUTOCORRELATED")
    assert alike.startswith("Neighbouring points are alike (correlation above 0.4): waves (0.8")
    assert "waves." in message(result, "SPC_SEASONAL")
    quarters = [
        f"{2016 + place // 4}-Q{place % 4 + 1},{(9, 2, 1, 2)[place % 4] + place % 3}"
        for place in range(28)
    ]
    assert codes(run(tmp_path, "period,value", *quarters)) == ["SPC_SEASONAL"]
    days = [f"2024-01-{day:02d},{day % 2}" for day in range(2, 30)]
    assert codes(run(tmp_path, "period,value", *days)) == []


@pytest.mark.parametrize(
    ("fields", "told"),
    [
        ({"rules": "nelson"}, "rules: "),
        ({"fix_after": 11}, "fix_after: "),
        ({"run_length": 8}, "run_length: "),
        ({"improvement": "higher"}, "improvement: "),
        ({"series_options": {"x": {"tarket": 1}}}, "series_options.x.tarket: "),
        ({"series_options": {"x": {"target": 1}}}, "series_options: no series of the data is call"),
        ({"rebase": ["2024-Q1"]}, "rebase: '2024-Q1' is not a month, as the periods of the data"),
        ({"rebase": ["2024-01-15"]}, "rebase: '2024-01-15' is not a month"),
        ({"rebase": ["soon"]}, "rebase: 'soon' is not a month"),
    ],
)
def test_a_faulty_field_is_named(tmp_path: Path, fields: dict[str, Any], told: str) -> None:
    with pytest.raises(Refusal) as refusal:
        run(tmp_path, "period,value", "2024-01,1", **fields)
    assert refusal.value.code == "BAD_SPEC"
    assert refusal.value.message.startswith(told)


@pytest.mark.parametrize(
    ("header", "line", "told"),
    [
        (
            "period,value",
            "2024-01,9",
            "row 3, column period: '2024-01' stands there a second time.",
        ),
        (
            "series,period,value",
            "a,2024-01,9",
            "row 3, column period: '2024-01' stands there a second time for this series.",
        ),
        ("series,period,value", ",2024-02,9", "row 3, column series: is blank."),
        ("period,value", ",9", "row 3, column period: is blank."),
        ("period,value", "2024-02,many", "row 3, column value: 'many' is not a number."),
        (
            "period,value",
            "2024-02,1e101",
            "column value: '1e101' is too large or too small to reckon",
        ),
        ("period,value", "2024-02,-1e-101", "column value: '-1e-101' is too large or too small to"),
        ("period,numerator,denominator", "2024-02,1,-2", "column denominator: '-2' is below 0."),
        (
            "period,numerator,denominator",
            "2024-02,1,0",
            "column denominator: '0' is no denominator for a numerator that is not 0.",
        ),
        ("period,numerator", "2024-02,1", "row 1: no column 'denominator'; needed are period, "),
        ("period,value,numerator", "2024-02,1,2", "row 1: has both value and numerator, denomin"),
    ],
)
def test_a_bad_row_is_named(tmp_path: Path, header: str, line: str, told: str) -> None:
    first = {"series": "a", "period": "2024-01", "value": "1", "numerator": "1", "denominator": "2"}
    with pytest.raises(Refusal) as refusal:
        run(tmp_path, header, ",".join(first[name] for name in header.split(",")), line)
    assert refusal.value.code == "BAD_DATA"
    assert told in refusal.value.message


def test_a_file_of_blanks(tmp_path: Path) -> None:
    with pytest.raises(Refusal, match=r"^own.csv: no row has a value.$"):
        run(tmp_path, "period,value", "2024-01,")


def test_the_command_prints_it(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "spec.json").write_text('{"analysis": "spc"}', encoding="utf-8")
    text = "\n".join(["period,value", *values(CALM)])
    (tmp_path / "rows.csv").write_text(text, encoding="utf-8")
    arguments = ["analyse", str(tmp_path / "spec.json"), "--data", str(tmp_path / "rows.csv")]
    assert cli.main(arguments) == 0
    result = json.loads(capsys.readouterr().out)
    assert result["series"][0]["variation"] == "common_cause"
    assert len(result["series"][0]["points"]) == 16


COUNTS = "series,period,numerator,denominator"


def counted(*pairs: tuple[float, float], name: str = "a") -> list[str]:
    return [f"{name},{month},{n},{d}" for month, (n, d) in zip(MONTHS, pairs, strict=False)]


def test_shares_have_limits_by_the_size_of_each_point(tmp_path: Path) -> None:
    """60 of 300: three spreads are 3 √(0.16/100) = 0.12, and 1.2/√200."""
    lines = counted((20, 100), (40, 200))
    points = run(tmp_path, COUNTS, *lines, chart="p")["series"][0]["points"]
    assert [point["mean"] for point in points] == pytest.approx([0.2, 0.2])
    assert [point["upper"] for point in points] == pytest.approx([0.32, 0.2 + 1.2 / 200**0.5])


def test_each_series_may_have_a_chart_of_its_own(tmp_path: Path) -> None:
    lines = [*counted((20, 100), (30, 100)), *counted((20, 100), (30, 100), name="b")]
    result = run(tmp_path, COUNTS, *lines, series_options={"b": {"chart": "u"}})
    means = [[point["upper"] for point in one["points"]] for one in result["series"]]
    assert means[0] == pytest.approx([0.25 + 2.66 * 0.1] * 2)
    assert means[1] == pytest.approx([0.25 + 3 * 0.05] * 2)


def test_points_wider_than_chance_puts_them_are_told(tmp_path: Path) -> None:
    """z of 10, 30 and 20 of 100 about 0.2: ranges 5 and 2.5, so σz = 3.75/1.128 = 3.32."""
    lines = counted((10, 100), (30, 100), (20, 100))
    result = run(tmp_path, COUNTS, *lines, chart="p")
    told = message(result, "OVERDISPERSED")
    assert told.startswith("Points lie wider than chance puts them (sigma_z above 1.2): a (3.32).")
    wider = run(tmp_path, COUNTS, *lines, chart="p_prime")
    assert "OVERDISPERSED" not in codes(wider)
    upper = wider["series"][0]["points"][0]["upper"]
    assert upper == pytest.approx(0.2 + 0.12 * 3.75 / 1.128)


@pytest.mark.parametrize(
    ("header", "lines", "fields", "told"),
    [
        ("period,value", ["2024-01,1"], {"chart": "p"}, "chart: p takes rows of your own with"),
        (COUNTS, counted((1, 2)), {"chart": "u", "fix_after": 12}, "fix_after: is for xmr charts"),
        (
            COUNTS,
            counted((1, 2)),
            {"chart": "u", "screen_moving_ranges": False},
            "screen_moving_ranges: is for xmr charts, not for u.",
        ),
        (
            COUNTS,
            counted((1, 2), (3, 2)),
            {"chart": "p_prime"},
            "own.csv, row 3, column numerator: '3' is above its denominator.",
        ),
        (
            COUNTS,
            [*counted((3, 2)), *counted((1, 1), (-3, 2), name="b")],
            {"chart": "u"},
            "own.csv, row 4, column numerator: '-3' is below 0.",
        ),
        (COUNTS, counted((1, 2)), {"chart": "np"}, "chart: "),
    ],
)
def test_what_has_no_such_chart_is_refused(
    tmp_path: Path, header: str, lines: list[str], fields: dict[str, Any], told: str
) -> None:
    with pytest.raises(Refusal) as refused:
        run(tmp_path, header, *lines, **fields)
    assert refused.value.message.startswith(told)


def season(size: int) -> list[float]:
    """50 and 51 in turn, with 10 more in every January and 10 less in every July."""
    months = range(size)
    return [50 + month % 2 + 10 * math.cos(math.pi * month / 6) for month in months]


def test_a_season_is_told_and_taken_out_where_asked(tmp_path: Path) -> None:
    lines = values(season(36))
    plain = run(tmp_path, "period,value", *lines)
    assert "`seasonally_adjusted` charts values without it." in message(plain, "SPC_SEASONAL")
    assert "observed" not in plain["series"][0]["points"][0]
    result = run(tmp_path, "period,value", *lines, seasonally_adjusted=True)
    assert codes(result) == []
    points = result["series"][0]["points"]
    # What is left are 50 and 51 in turn, but for the little that a line and waves explain of that.
    assert [point["value"] for point in points] == pytest.approx([50, 51] * 18, abs=0.02)
    assert [point["observed"] for point in points] == pytest.approx(season(36))
    assert points[0]["upper"] == pytest.approx(50.5 + 2.66, abs=0.02)


def test_series_are_adjusted_one_by_one(tmp_path: Path) -> None:
    lines = [
        *values(season(36), "a"),
        *values(season(36), "b"),
        *values(season(23), "short"),
    ]
    own_options = {"a": {"seasonally_adjusted": True}, "short": {"seasonally_adjusted": True}}
    result = run(tmp_path, "series,period,value", *lines, series_options=own_options)
    adjusted = ["observed" in one["points"][0] for one in result["series"]]
    assert adjusted == [True, False, False]
    assert message(result, "NOT_ADJUSTED").endswith("tell no season: short.")
    assert message(result, "SPC_SEASONAL").startswith("The time of year matters (p below 0.01): b.")
    assert [point["value"] for point in result["series"][1]["points"]] == pytest.approx(season(36))


@pytest.mark.parametrize(
    ("header", "line", "fields", "told"),
    [
        (
            "period,value",
            "3,1",
            {},
            "takes periods that are months or quarters, not whole numbers.",
        ),
        (
            "period,value",
            "2024-01-02,1",
            {},
            "takes periods that are months or quarters, not days.",
        ),
        (COUNTS, "a,2024-01,1,2", {"chart": "p"}, "is for xmr charts, not for p."),
    ],
)
def test_what_has_no_season_is_refused(
    tmp_path: Path, header: str, line: str, fields: dict[str, Any], told: str
) -> None:
    with pytest.raises(Refusal) as refused:
        run(tmp_path, header, line, seasonally_adjusted=True, **fields)
    assert refused.value.message == f"seasonally_adjusted: {told}"
