"""The control chart as drawn: marks by kind, limits by phase, gaps, standards, recalculations."""

from datetime import date

import pandas as pd
import pytest

from indicators.charted import Rebase, chart_values
from indicators.registry import load_all
from pages.charts.control_chart import Behind, draw_control_chart, rules_in_words
from pages.charts.theme import DARK, LIGHT
from settings import Settings
from tests.unit.pages.chart_picture import compile_chart
from tests.unit.pages.chart_reading import (
    all_rows,
    colours,
    marked,
    rows,
    texts,
    token_colours,
)
from tests.unit.pages.made_trajectory import A_AND_E, BREAKS, STANDARDS, spells

SPAN = (date(2021, 7, 1), date(2024, 7, 1))
STEADY = [60.0, 62.0] * 9
NONE = pd.DataFrame({"on": pd.to_datetime([]), "words": []})


def points(values=(*STEADY, 70.0, 50.0), rebases=(), run_length=7, **changed):
    indicator = load_all(Settings().catalogue_dir)["ae_4h_all"]
    months = pd.date_range("2021-07-01", periods=len(values), freq="MS")
    frame = pd.DataFrame({"org_code": "A", "period_start": months, "value": values}).assign(
        numerator=7123.0, denominator=10000.0, basis="published", snapshot_id="one"
    )
    found = chart_values(frame, indicator, rebases).points
    ready = found.assign(
        kind=found["kind"].astype(str),
        rules_words=rules_in_words(found, run_length),
        file_name="April.csv",
        missing_reason=None,
    )
    return ready.assign(**changed)


def drawn(frame=None, tokens=LIGHT, span=SPAN, **behind):
    given = {
        "spells": spells(),
        "standards": STANDARDS.iloc[:0],
        "breaks": BREAKS.iloc[:0],
        "rebases": NONE,
    } | behind
    frame = points() if frame is None else frame
    return draw_control_chart(frame, Behind(**given), A_AND_E, tokens, span).to_dict()


def marks(spec):
    (unit,) = marked(spec, "point")
    return unit


def levels(spec, **style):
    """Period and level of each limit line of one style, by line."""
    (unit,) = [u for u in marked(spec, "line", **style) if "detail" in u["encoding"]]
    frame = pd.DataFrame(rows(unit))
    return {name: part["level"].tolist() for name, part in frame.groupby("line")}


def test_each_kind_has_a_colour_and_a_shape_of_its_own_and_common_cause_is_open() -> None:
    unit = marks(drawn())
    shape, fill = (unit["encoding"][name]["scale"] for name in ("shape", "fill"))
    kinds = ["common_cause", "improvement", "concern", "neutral"]
    assert shape["domain"] == fill["domain"] == kinds
    assert shape["range"] == ["circle", "circle", "diamond", "square"]
    assert fill["range"] == [
        LIGHT.background,
        *(LIGHT.control[kind] for kind in kinds[1:]),
    ]
    assert unit["mark"]["stroke"] == LIGHT.outline
    assert [row["point"] for row in rows(unit)][-3:] == ["common_cause", "improvement", "concern"]


def test_mean_and_limits_are_those_of_the_points_and_named_with_their_values() -> None:
    frame = points()
    spec = drawn(frame)
    mean = levels(spec, strokeWidth=1.5)["mean"]
    assert mean == pytest.approx(frame["mean"].tolist())
    both = levels(spec, strokeDash=[6, 4])
    assert both["upper"] == pytest.approx(frame["upper"].tolist())
    assert both["lower"] == pytest.approx(frame["lower"].tolist())
    last = frame.iloc[-1]
    assert {
        f"mean\n{last['mean']:.1f} %",
        f"upper limit\n{last['upper']:.1f} %",
        f"lower limit\n{last['lower']:.1f} %",
        "last\n50.0 %",
    } <= set(texts(spec))


def test_a_recalculation_breaks_every_line_and_is_named() -> None:
    day = date(2022, 8, 1)
    frame = points([*STEADY[:13], *[80.0, 82.0] * 7], (Rebase("A", day),))
    words = pd.DataFrame({"on": [pd.Timestamp(day)], "words": ["New unit (A. Analyst)"]})
    spec = drawn(frame, rebases=words)
    for unit in marked(spec, "line"):
        if "detail" in unit["encoding"]:
            assert [each["field"] for each in unit["encoding"]["detail"]] == ["phase", "line"]
            assert {row["phase"] for row in rows(unit)} == {0, 1}
    (rule,) = marked(spec, "rule", strokeDash=[8, 3, 2, 3])
    assert [row["words"] for row in rows(rule)] == ["New unit (A. Analyst)"]
    assert "limits recalculated from Aug 2022" in texts(spec)


def test_trial_limits_are_dotted_and_said_to_be() -> None:
    spec = drawn(points(STEADY[:12]))
    assert set(levels(spec, strokeDash=[1, 4])) == {"lower", "upper"}
    assert not [u for u in marked(spec, "line", strokeDash=[6, 4]) if "detail" in u["encoding"]]
    assert "upper trial limit\n" in "".join(texts(spec)).replace(
        "upper trial\nlimit", "upper trial limit"
    )
    assert "dotted: trial limits, from too few points" in str(spec["title"])
    assert "dashed: process limits" not in str(spec["title"])


def test_only_marks_that_occur_are_explained() -> None:
    signs = str(drawn(points(STEADY))["title"])
    assert "common cause variation" in signs
    assert "concern" not in signs and "improvement" not in signs


def test_the_hover_of_a_point_names_every_rule_it_breaks_and_its_figures() -> None:
    row = rows(marks(drawn(points([*STEADY, 70.0, 72.0, 71.0]))))[-1]
    assert row["rules_words"] == "beyond the limits; two of three near a limit"
    assert row["is_kind"] == "special cause improvement"
    assert (row["month"], row["shown"]) == ("Mar 2023", "71.0 %")
    assert (row["above"], row["below"]) == ("7,123", "10,000")
    assert row["middle"].endswith(" %") and " to " in row["reach"]
    assert row["source"] == "April.csv, published"


def test_rules_are_named_by_the_run_length_asked_for() -> None:
    frame = points([60.0 + number for number in range(14)])
    assert rules_in_words(frame)[0].split("; ") == [
        "beyond the limits",
        "6 steps in one direction",
        "two of three near a limit",
        "7 or more on one side",
    ]
    assert rules_in_words(frame, 6)[0].split("; ")[1::2] == [
        "5 steps in one direction",
        "6 or more on one side",
    ]
    assert rules_in_words(points(STEADY))[0] == "none"


def test_a_missing_period_is_a_gap_with_a_tick_and_its_reason() -> None:
    frame = points()
    absent = pd.DataFrame(
        {"period_start": [pd.Timestamp("2023-03-01")], "missing_reason": ["no return"]}
    )
    later = frame.tail(1).assign(period_start=pd.Timestamp("2023-04-01"))
    spec = drawn(pd.concat([frame, absent, later], ignore_index=True))
    (line,) = marked(spec, "line", strokeWidth=1.6)
    assert [row["period_start"][:7] for row in rows(line) if row["value"] is None] == ["2023-03"]
    (tick,) = marked(spec, "rule", strokeWidth=2)
    assert [(row["shown"], row["rules_words"]) for row in rows(tick)] == [("no return", "none")]


def test_the_standard_is_red_where_it_leaves_room_and_is_told_where_it_does_not() -> None:
    red = LIGHT.control["target"]
    near = STANDARDS.iloc[:1].assign(value=72.0, label="standard 72 %")
    spec = drawn(standards=near)
    assert [line["mark"]["color"] for line in marked(spec, "line", interpolate="step-after")] == [
        red
    ]
    assert "standard 72 %" in " ".join(texts(spec))
    assert "standard 95 % is above this scale" in texts(drawn(standards=STANDARDS.iloc[:1]))


def test_frozen_limits_show_the_points_that_set_them_and_go_on() -> None:
    frame = points()
    frame = frame.assign(is_baseline=frame.index < 12, phase=0)
    spec = drawn(frame)
    assert "these 12 points set the limits" in texts(spec)
    bands = [rows(unit)[0] for unit in marked(spec, "rect")]
    assert {"begins": "2021-07-01T00:00:00", "ends": "2022-07-01T00:00:00"} in bands
    assert len(levels(spec, strokeDash=[6, 4])["upper"]) == len(frame)


def test_points_among_them_that_do_not_set_the_limits_are_left_out_of_the_band() -> None:
    frame = points()
    frame = frame.assign(is_baseline=(frame.index < 12) & (frame.index != 5))
    bands = [rows(unit)[0] for unit in marked(drawn(frame), "rect")]
    assert [(band["begins"][:7], band["ends"][:7]) for band in bands] == [
        ("2021-07", "2021-12"),
        ("2022-01", "2022-07"),
    ]


def test_time_in_a_programme_and_changes_of_definition_are_as_on_the_trajectory() -> None:
    spec = drawn(spells=spells({}), breaks=BREAKS.iloc[:1])
    assert {"RSP", "entered Jul 2021", "left Mar 2022", "①"} <= set(texts(spec))


@pytest.mark.parametrize("tokens", [LIGHT, DARK])
def test_it_keeps_to_the_colours_of_its_theme(tokens) -> None:
    spec = drawn(tokens=tokens, standards=STANDARDS.iloc[:1], spells=spells({}))
    assert colours(spec) <= token_colours(tokens)


def test_ten_years_of_months_stay_far_below_the_most_marks(capsys) -> None:
    spec = drawn(points([60.0, 62.0] * 60), span=(date(2021, 7, 1), date(2031, 7, 1)))
    assert all_rows(spec) < 5_000
    compile_chart(spec)
    assert "WARN" not in capsys.readouterr().err
