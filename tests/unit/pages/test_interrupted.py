from datetime import date

import pandas as pd
import pytest

from pages.charts.interrupted import FLAT, WITHOUT, Interruption, Room, draw_interrupted
from pages.charts.layers.formats import IndicatorText
from pages.charts.theme import DARK, LIGHT
from tests.unit.pages.chart_reading import colours, marked, rows, texts, token_colours

TEXT = IndicatorText("", "percent", "higher", "per cent")
SPAN = (date(2019, 1, 1), date(2022, 1, 1))
ENTRY, EXIT = pd.Timestamp("2021-03-01"), pd.Timestamp("2021-09-01")


def series(is_fitted: bool = True) -> pd.DataFrame:
    """36 months: 60 and 70 in turn; from month 27 on the line is 75 and would have been 65."""
    starts = pd.date_range("2019-01-01", periods=36, freq="MS")
    after = starts >= ENTRY
    frame = pd.DataFrame({"period_start": starts, "value": [60.0, 70.0] * 18})
    frame["used"] = starts != pd.Timestamp("2020-04-01")
    frame["why"] = [None if used else "pandemic" for used in frame["used"]]
    if not is_fitted:
        return frame
    line = pd.Series(65.0, frame.index).mask(after, 75.0).where(frame["used"])
    without = pd.Series(65.0, frame.index).where(after)
    return frame.assign(
        fitted=line,
        counterfactual=without,
        counterfactual_low=without - 4,
        counterfactual_high=without + 4,
        counterfactual_flat=without - 1,
    )


def drawn(is_fitted: bool = True, tokens=LIGHT):
    both = (
        Interruption(ENTRY, is_entry=True, happened=pd.Timestamp("2021-02-18")),
        Interruption(EXIT, is_entry=False, happened=EXIT),
    )
    return draw_interrupted(series(is_fitted), both, TEXT, tokens, Room(SPAN)).to_dict()


def test_entry_is_a_solid_rule_exit_a_dashed_one_and_the_band_lies_between():
    spec = drawn()
    solid, dashed = (marked(spec, "rule", strokeDash=dash) for dash in ([1, 0], [5, 3]))
    assert [row["words"] for row in rows(solid[0])] == [
        "entered Feb 2021; first exposed from Mar 2021"
    ]
    assert [row["words"] for row in rows(dashed[0])] == [
        "left Sep 2021; first exposed from Sep 2021"
    ]
    bands = [rows(unit)[0] for unit in marked(spec, "rect")]
    assert ("2021-03-01T00:00:00", "2021-09-01T00:00:00") in [
        (one["begins"], one["ends"]) for one in bands
    ]
    assert {"entered Feb 2021", "left Sep 2021", "COVID-19"} <= set(texts(spec))


def test_lines_are_named_where_they_end_and_the_ribbon_is_of_the_mean():
    spec = drawn()
    assert {one.replace("\n", " ") for one in texts(spec)} >= {"fitted line", WITHOUT, FLAT}
    (ribbon,) = marked(spec, "area")
    ends = {(row["counterfactual_low"], row["counterfactual_high"]) for row in rows(ribbon)}
    assert ends == {(61.0, 69.0)}
    assert len(rows(ribbon)) == 10
    assert "95 % interval of the mean" in str(spec["title"]["text"])


def test_points_left_out_are_hollow_and_say_why():
    (hollow,), (filled,) = (marked(drawn(), "point", filled=is_so) for is_so in (False, True))
    assert [(row["month"], row["left_out"]) for row in rows(hollow)] == [
        ("Apr 2020", "no: pandemic")
    ]
    assert len(rows(filled)) == 35
    last = rows(filled)[-1]
    assert last["without"] == "65.0 % (61.0 % to 69.0 %)"
    assert (last["shown"], last["line"], last["left_out"]) == ("70.0 %", "75.0 %", "yes")


def test_before_a_result_no_line_of_a_model_is_drawn():
    spec = drawn(is_fitted=False)
    assert not marked(spec, "area")
    assert WITHOUT not in texts(spec)
    assert all(row["line"] == "not fitted" for row in rows(marked(spec, "point", filled=True)[0]))


@pytest.mark.parametrize("tokens", [LIGHT, DARK])
def test_every_colour_is_of_the_theme(tokens):
    assert colours(drawn(tokens=tokens)) <= token_colours(tokens)
