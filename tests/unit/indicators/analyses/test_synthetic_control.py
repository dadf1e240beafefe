"""`synthetic_control` on a person's own file and on published series: what comes out, what is refused."""

from pathlib import Path
from typing import Any

import duckdb
import numpy as np
import pytest

from indicators.analyses.refusal import Refusal
from indicators.analyses.running import analyse
from indicators.stats.synthetic.control import Options, Panel, fit_control
from sql.reads import read
from tests.unit.indicators.analyses.files import own

MONTHS = [f"{year}-{month:02}" for year in (2020, 2021, 2022) for month in range(1, 13)]
DONORS = 11


def values(months: int = 36, donors: int = DONORS) -> np.ndarray:
    """Months by units, the one that entered first: it is 5 higher from January 2022 on."""
    draw = np.random.default_rng(7)
    factor = draw.normal(size=(36, 1)).cumsum(axis=0)
    follows = np.linspace(0.5, 1.5, DONORS + 1)[None, [6, 0, 1, 2, 3, 4, 5, 7, 8, 9, 10, 11]]
    paths = 50 + factor * follows + draw.normal(0, 0.3, (36, 12))
    paths[24:, 0] += 5
    return np.round(paths[:months, : donors + 1], 4)


def lines(paths: np.ndarray) -> list[str]:
    names = ["own", *(f"d{number}" for number in range(1, paths.shape[1]))]
    return [
        f"{name},{month},{value}"
        for name, path in zip(names, paths.T, strict=True)
        for month, value in zip(MONTHS, path, strict=False)
    ]


def run(folder: Path, rows: list[str], **fields: Any) -> dict[str, Any]:
    document = {"analysis": "synthetic_control", "treated": "own", "interruption": "2022-01"}
    return analyse(document | fields, own(folder, "unit,period,value", *rows))


def codes(result: dict[str, Any]) -> list[str]:
    return [told["code"] for told in result["warnings"]]


def test_what_a_result_holds(tmp_path: Path) -> None:
    """The numbers are those of the statistics; the rows stand in any order."""
    rows = lines(values())
    result = run(tmp_path, [*rows[100:], *rows[:100]])
    paths = values()
    by_hand = fit_control(Panel(paths[:, 0], paths[:, 1:], 24), Options("demeaned"))
    assert result["att"] == pytest.approx(by_hand.att, abs=1e-9)
    assert result["att"] == pytest.approx(5, abs=0.5)
    assert sum(result["weights"].values()) == pytest.approx(1)
    assert result["weights"]["d3"] == pytest.approx(by_hand.weights[2], abs=1e-9)
    assert (result["n_pre"], result["n_post"], result["n_donors"]) == (24, 12, 11)
    assert (result["placebo_p"], result["placebo_floor"]) == (1 / 12, 1 / 12)
    assert [row["limit"] for row in result["placebos"]["by_limit"]] == [2, 5, 20, None]
    assert [row["as_large"] for row in result["placebos"]["by_limit"]] == [0, 0, 0, 0]
    assert result["placebo_in_time"]["interruption"] == "2021-01"
    last = result["series"][-1]
    assert last["period"] == "2022-12"
    assert last["gap"] == pytest.approx(last["value"] - last["synthetic"])
    assert [row["period"] for row in result["series"]] == MONTHS
    assert codes(result) == []


def test_placebos_have_a_gap_in_every_period_and_say_whether_they_count(tmp_path: Path) -> None:
    """The last donor moves against all others, so nothing meets it and it is not counted."""
    paths = values()
    paths[:, DONORS] = 50 - 40 * np.arange(36) % 7
    result = run(tmp_path, lines(paths))
    units = {one["unit"]: one for one in result["placebos"]["units"]}
    assert [one for one, told in units.items() if not told["kept"]] == ["d11"]
    assert result["placebos"]["by_limit"][1]["kept"] == 10
    others = np.delete(paths, [0, 2], axis=1)
    by_hand = fit_control(Panel(paths[:, 2], others, 24), Options("demeaned"))
    assert units["d2"]["gap"] == pytest.approx(by_hand.gap.tolist(), abs=1e-9)
    assert units["d2"]["att"] == pytest.approx(np.mean(units["d2"]["gap"][24:]))


@pytest.mark.parametrize(
    ("form", "extra"),
    [
        ("plain", set()),
        ("demeaned", set()),
        ("ridge", {"ridge"}),
        ("sdid", {"time_weights", "se", "ci_low", "ci_high"}),
    ],
)
def test_what_each_form_has_beside_weights(tmp_path: Path, form: str, extra: set[str]) -> None:
    usual = run(tmp_path, lines(values())).keys()
    result = run(tmp_path, lines(values()), form=form)
    assert result.keys() - usual == extra
    if form == "sdid":
        assert result["ci_low"] < result["att"] < result["ci_high"]
        assert result["time_weights"].keys() == set(MONTHS[:24])
        narrow = run(tmp_path, lines(values()), form=form, alpha=0.5)
        assert narrow["ci_low"] > result["ci_low"]


def test_a_given_strength_of_ridge(tmp_path: Path) -> None:
    weak, strong = (
        run(tmp_path, lines(values()), form="ridge", ridge=strength) for strength in (1, 1e9)
    )
    plain = run(tmp_path, lines(values()), form="plain")
    assert (weak["ridge"], strong["ridge"]) == (1, 1e9)
    assert strong["att"] == pytest.approx(plain["att"], abs=1e-4)
    assert weak["pre_rmspe"] < strong["pre_rmspe"]


def test_donors_with_a_gap_are_left_out_and_named(tmp_path: Path) -> None:
    rows = lines(values())
    result = run(tmp_path, [row for row in rows if not row.startswith("d2,2020-05")])
    assert result["left_out"] == ["d2"]
    assert "d2" not in result["weights"]
    assert codes(result) == ["DONORS_LEFT_OUT"]
    without = run(tmp_path, [row for row in rows if not row.startswith("d2,")])
    assert result["att"] == without["att"]


def test_why_a_fit_does_not_pass(tmp_path: Path) -> None:
    paths = values(donors=9)
    paths[:24, 0] = np.random.default_rng(1).normal(50, 3, 24)
    message = run(tmp_path, lines(paths[2:]))["warnings"][0]["message"]
    assert message.startswith("This synthetic control does not pass: the gap before entry is ")
    # The file has two months less, and so the interruption two months fewer before it.
    short = run(tmp_path, lines(values()), interruption="2021-12", form="plain")
    assert codes(short) == ["SC_POOR_FIT"]
    assert "23 periods before entry (at least 24)." in short["warnings"][0]["message"]
    few = run(tmp_path, lines(values(donors=9)))
    assert "9 donors (at least 10)." in few["warnings"][0]["message"]


def test_a_fit_too_good_to_be_ranked(tmp_path: Path) -> None:
    paths = values()
    paths[:24, 0] = paths[:24, 1]
    assert codes(run(tmp_path, lines(paths), form="plain")) == ["EXACT_FIT"]


def test_no_placebo_in_time_where_too_little_is_before_it(tmp_path: Path) -> None:
    assert run(tmp_path, lines(values()), interruption="2021-08")["placebo_in_time"] is None
    assert run(tmp_path, lines(values()), interruption="2021-09")["placebo_in_time"] is not None


def test_predictors_are_further_columns(tmp_path: Path) -> None:
    """By both predictors the one that entered is the mean of the first two donors, and so by its values."""
    sizes = {"own": (3, 1), "d1": (2, 0), "d2": (4, 2), "d3": (9, 9)}
    path = np.random.default_rng(2).normal(50, 2, 10)
    slopes = {"own": 0, "d1": 1, "d2": -1, "d3": 5}
    rows = [
        f"{name},{1990 + year},{path[year] + slopes[name] * year},{sizes[name][0]},{sizes[name][1]}"
        for name in sizes
        for year in range(10)
    ]
    asked = [{"column": column, "from": 1990, "to": 1993} for column in ("size", "age")]
    document = {"analysis": "synthetic_control", "treated": "own", "interruption": 1999}
    document |= {"form": "plain", "predictors": asked}
    result = analyse(document, own(tmp_path, "unit,period,value,size,age", *rows))
    assert result["weights"]["d1"] == pytest.approx(0.5, abs=0.01)
    assert result["importance"].keys() == {"size 1990 to 1993", "age 1990 to 1993"}
    assert (result["placebo_p"], result["placebo_floor"]) == (None, None)
    with pytest.raises(Refusal, match="predictors: size of own has no value from 1980 to 1981"):
        early = [asked[0] | {"from": 1980, "to": 1981}, asked[1]]
        lost = own(tmp_path, "unit,period,value,size,age", *rows)
        analyse(document | {"predictors": early}, lost)


NOTHING_BEFORE = (
    "own has 0 values before 2020-01 and 36 from then on; 8 before and one after are needed. "
    "Choose another date, or a longer series."
)


@pytest.mark.parametrize(
    ("fields", "code", "told"),
    [
        ({"treated": "x"}, "BAD_SPEC", "treated: no row is of 'x'; there are rows of own, d1,"),
        ({"treated": None}, "BAD_SPEC", "treated: name the unit that entered."),
        ({"interruption": 24}, "BAD_SPEC", "interruption: '24' is not written as the periods of"),
        ({"interruption": "2020-01"}, "TOO_FEW_POINTS", NOTHING_BEFORE),
        ({"interruption": "2023-01"}, "TOO_FEW_POINTS", "own has 36 values before 2023-01 and 0"),
        (
            {"left": "2022-01"},
            "BAD_SPEC",
            "left: the first period after 2022-01 has to come after that of 2022-01.",
        ),
        ({"left": "2022-Q3"}, "BAD_SPEC", "left: '2022-Q3' is not written as the periods of"),
        ({"ridge": 3}, "BAD_SPEC", ": Value error, ridge: only the form ridge has a strength."),
        ({"fit_from": "2020-02"}, "BAD_SPEC", ": Value error, fit_from, fit_to: only with pred"),
        ({"form": "best"}, "BAD_SPEC", "form: Input should be 'plain', 'demeaned', 'ridge' or"),
    ],
)
def test_documents_that_are_refused(
    tmp_path: Path, fields: dict[str, Any], code: str, told: str
) -> None:
    with pytest.raises(Refusal) as refused:
        run(tmp_path, lines(values()), **fields)
    assert refused.value.code == code
    assert refused.value.message.startswith(told)


def test_rows_that_are_refused(tmp_path: Path) -> None:
    rows = lines(values())

    def refusal_of(given: list[str], **fields: Any) -> tuple[str, str]:
        with pytest.raises(Refusal) as refused:
            run(tmp_path, given, **fields)
        return refused.value.code, refused.value.message

    twice = refusal_of([*rows, rows[0]])
    assert twice[1].endswith("column period: '2020-01' stands there a second time for this unit.")
    alone = refusal_of([row for row in rows if row.startswith(("own", "d1,"))])
    assert alone[0] == "TOO_FEW_DONORS"
    gaps = refusal_of([row for row in rows if row[:11] not in {f"own,{m}" for m in MONTHS[3:12]}])
    assert gaps == (
        "TOO_MANY_GAPS",
        "9 of the 36 periods of own have no value, and more than a fifth is too many. "
        "Choose a stretch with fewer gaps, or quarters in place of months.",
    )
    flat = values()
    flat[:24, 0] = 3
    assert refusal_of(lines(flat))[0] == "NO_VARIATION"
    text = refusal_of([*rows, "d1,2023-01,many"])
    assert text[1].endswith("and leave the cell blank where it is missing.")


@pytest.fixture
def data_dir(warehouse: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATA_DIR", str(warehouse))


WAITS = {
    "analysis": "synthetic_control",
    "indicator": "ae_4h_all",
    "org": "RXW",
    "interruption": "2021-07",
}


@pytest.mark.usefixtures("data_dir")
def test_donors_of_a_published_series_were_never_in_a_programme(
    marts: duckdb.DuckDBPyConnection,
) -> None:
    result = analyse(WAITS)
    never = set(read(marts, "never_in_programme", org="RXW")["org_code"])
    assert set(result["weights"]) | set(result["left_out"]) <= never
    assert len(result["weights"]) > 30
    values = read(marts, "lineage_values", indicator="ae_4h_all", lineage="as_was")
    own_values = values[values["org_code"] == "RXW"].sort_values("period_start")["value"]
    assert [row["value"] for row in result["series"]] == own_values.tolist()
    assert analyse(WAITS | {"treated": "RAX"}) == result
    later = analyse(WAITS | {"from": "2018-01", "to": "2024-03"})
    assert later["series"][0]["period"] == "2018-01"
    assert later["series"][-1]["period"] == "2024-03"


def test_a_day_of_entry_counts_from_its_first_exposed_month_and_leaving_ends_it(
    tmp_path: Path,
) -> None:
    """The 16th December is first felt in January, the 15th October still in October."""
    usual = run(tmp_path, lines(values()))
    result = run(tmp_path, lines(values()), interruption="2021-12-16", left="2022-10-15")
    assert result["first_exposed"] == usual["first_exposed"] == "2022-01"
    assert (result["n_pre"], result["n_post"]) == (24, 9)
    assert result["series"][-1]["period"] == "2022-09"
    cut = run(tmp_path, [row for row in lines(values()) if row.split(",")[1] < "2022-10"])
    assert result == cut
    later = [*lines(values()), "d12,2022-11,50", "d12,2022-12,50"]
    assert run(tmp_path, later, interruption="2021-12-16", left="2022-10-15") == cut
    early = run(tmp_path, lines(values()), interruption="2021-12-15")
    assert early["n_pre"] == 23


@pytest.mark.usefixtures("data_dir")
@pytest.mark.parametrize(
    ("fields", "told"),
    [
        ({"indicator": None}, "indicator: name one of the catalogue, or a file of your own"),
        ({"org": None}, "org: name the organisation that entered by its code."),
        ({"org": "ZZZ"}, "org: there is no value of ae_4h_all for ZZZ (lineage as_was)."),
        ({"interruption": "2021-Q3"}, "interruption: '2021-Q3' is not written as the periods"),
    ],
)
def test_what_is_not_published_is_refused(fields: dict[str, Any], told: str) -> None:
    with pytest.raises(Refusal) as refused:
        analyse(WAITS | fields)
    assert refused.value.message.startswith(told)
