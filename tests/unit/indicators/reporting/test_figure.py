"""The figure of a report: marks where figures are, round axes, no line over what is missing."""

import re

from lxml import etree

from indicators.reporting.figure import HEIGHT, WIDTH, draw
from indicators.reporting.parts import Figure, Point, Rule, Table

SVG = "{http://www.w3.org/2000/svg}"


def figure(points: list[Point], *rules: Rule) -> Figure:
    return Figure("A & B", "alt <1>", "per cent", tuple(points), rules, Table("", ("",), ()), "")


def point(label: str, value: float | None, fitted: float | None, low: float | None = None) -> Point:
    expected = None if low is None else low + 1
    high = None if low is None else low + 2
    return Point(label, value, fitted is not None, fitted, expected, low, high)


POINTS = [
    point("2023-01", 10.0, 10.0),
    point("2023-02", 12.0, 11.0),
    point("2023-03", 30.0, None),
    point("2023-04", None, None),
    point("2023-05", 13.0, 12.0),
    point("2023-06", 20.0, 21.0, 12.0),
    point("2023-07", 22.0, 22.0, 13.0),
]


def marks(drawn: str, tag: str, name: str) -> list[etree._Element]:
    root = etree.fromstring(drawn)
    return [one for one in root.iter(f"{SVG}{tag}") if one.get("class") == name]


def test_every_value_has_a_mark_and_what_is_left_out_is_hollow() -> None:
    drawn = draw(figure(POINTS, Rule(5, "Entry")))
    # One more of each stands in the key.
    assert len(marks(drawn, "circle", "used")) == 5 + 1
    assert len(marks(drawn, "circle", "left-out")) == 1 + 1


def test_lines_break_where_periods_are_missing_and_at_the_entry() -> None:
    drawn = draw(figure(POINTS, Rule(5, "Entry")))
    fitted = [one.get("points").split() for one in marks(drawn, "polyline", "fitted")][:-1]
    assert [len(one) for one in fitted] == [2, 1, 2]
    assert len(marks(drawn, "polyline", "expected")) == 1 + 1
    (ribbon,) = marks(drawn, "polygon", "ribbon")
    assert len(ribbon.get("points").split()) == 4


def test_axes_are_round_and_hold_everything() -> None:
    drawn = draw(figure(POINTS, Rule(5, "Entry")))
    words = [one.text for one in etree.fromstring(drawn).iter(f"{SVG}text")]
    assert words[:5] == ["10", "15", "20", "25", "30"]
    assert "Entry, Jun 2023" in words
    places = re.findall(r'c?[xy]="([0-9.-]+)"', drawn)
    assert all(0 <= float(one) <= max(WIDTH, HEIGHT) for one in places)


def test_a_value_stands_in_proportion_between_its_ticks() -> None:
    """Lowest 10 at the axis, highest 30 at the top; 20 half way."""
    used = marks(draw(figure(POINTS)), "circle", "used")
    lowest, _, _, middle, _, _ = (float(one.get("cy")) for one in used)
    (highest, _) = (
        float(one.get("cy")) for one in marks(draw(figure(POINTS)), "circle", "left-out")
    )
    assert abs((lowest + highest) / 2 - middle) <= 0.1


def test_one_value_alone_can_be_drawn() -> None:
    assert "<svg" in draw(figure([point("1", 5.0, 5.0)]))


def test_words_are_escaped() -> None:
    assert etree.fromstring(draw(figure(POINTS))).get("aria-label") == "alt <1>"


def test_words_of_near_rules_do_not_lie_on_each_other() -> None:
    """Far ones stand on top; the second of two near ones stands inside, below."""
    points = [point(f"{2010 + at // 12}-{at % 12 + 1:02}", float(at), 1.0) for at in range(150)]
    root = etree.fromstring(draw(figure(points, Rule(60, "Entry"), Rule(66, "Exit"))))
    places = {one.text: float(one.get("y")) for one in root.iter(f"{SVG}text")}
    assert places["Exit, Jul 2015"] - places["Entry, Jan 2015"] > 13


def test_long_numbers_have_room_on_the_left() -> None:
    points = [
        point(one.label, None if one.value is None else one.value * 1e6, None) for one in POINTS
    ]
    root = etree.fromstring(draw(figure(points)))
    ends = [one for one in root.iter(f"{SVG}text") if one.get("text-anchor") == "end"]
    assert ends[0].text == "10,000,000"
    assert all(float(one.get("x")) >= 7 * len(one.text) for one in ends)
