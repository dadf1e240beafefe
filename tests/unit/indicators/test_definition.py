"""One catalogue file: what is refused, and how the fault is told."""

from pathlib import Path
from typing import get_args

import pytest

from indicators.definition import Group
from indicators.registry import examine, load_all
from pages.parts.indicators import GROUP_WORDS
from tests.unit.indicators.catalogue_files import GOOD, changed, told_of, write


def test_a_good_file_says_what_it_says(tmp_path: Path) -> None:
    write(tmp_path, "elective/rtt_18w.toml")
    indicator = load_all(tmp_path)["rtt_18w"]
    assert (indicator.indicator_id, indicator.group) == ("rtt_18w", "elective")
    assert (indicator.measures.source, indicator.measures.scale) == ("rtt", 100)
    assert [(s.value, s.kind) for s in indicator.standards] == [(92, "standard"), (65, "ambition")]
    assert [b.label for b in indicator.breaks] == ["Community services leave the list"]
    assert indicator.quality.range == (0, 100)
    assert (indicator.rolling_k, indicator.caveats, indicator.tags) == (1, (), ())
    assert (indicator.oversight_code, indicator.radar_exclusion) == (None, None)
    assert (indicator.review.owner, indicator.review.checker) == ("C", "B")


@pytest.mark.parametrize(
    ("old", "new", "complaint"),
    [
        ('unit = "percent"', 'unit = "per cent"', "rtt_18w.toml: unit: Input should be 'percent'"),
        ('better = "higher"', 'better = "up"', "rtt_18w.toml: better: Input should be 'higher'"),
        ('cadence = "month"', 'cadence = "week"', "rtt_18w.toml: cadence: Input should be 'month'"),
        ('"acute", "england"', '"acute", "trust"', "rtt_18w.toml: org_levels.1: Input should be"),
        ("order = 40", "order = -1", "rtt_18w.toml: order: Input should be greater than or equal"),
        ("lag_days = 42", "lag_days = 1.5", "rtt_18w.toml: lag_days: Input should be a valid int"),
        ("lag_days = 42", "lag_days = 999999999", "rtt_18w.toml: lag_days: Input should be less"),
        ("min_denominator = 20", "min_denominator = -1", "rtt_18w.toml: quality.min_denominator: "),
        ("scale = 100", "scale = nan", "rtt_18w.toml: from.scale: Input should be "),
        ("value = 92", "value = inf", "rtt_18w.toml: standard.0.value: Input should be a finite"),
        ("order = 40", 'order = 40\nindicator_id = "x"', "rtt_18w.toml: indicator_id: the file's "),
        ("order = 40", 'order = 40\ngroup = "beds"', "rtt_18w.toml: group: the file's name and"),
        ("lag_days = 42", "", "rtt_18w.toml: lag_days: Field required"),
        ("lag_days = 42", "rolling_k = 0\nlag_days = 42", "rtt_18w.toml: rolling_k: "),
        ("lag_days = 42", "lag = 1\nlag_days = 42", "rtt_18w.toml: lag: Extra inputs are not"),
        ('source = "rtt"', "", "rtt_18w.toml: from.source: Field required"),
        ("scale = 100", 'scale = "x"', "rtt_18w.toml: from.scale: Input should be a valid number"),
        ("value = 65", "valu = 65", "rtt_18w.toml: standard.1.value: Field required"),
        (
            "on = 2024-02-01",
            'on = "soon"',
            "rtt_18w.toml: break.0.on: Input should be a valid date",
        ),
        ("range = [0, 100]", "range = [0]", "rtt_18w.toml: quality.range.1: Field required"),
        ('status = "published"', 'status = "x"', "rtt_18w.toml: review.status: Input should be"),
        (
            'why = "A right under the NHS Constitution."',
            'why = " "',
            "rtt_18w.toml: why: String should have",
        ),
        ('owner = "C"\n', "", "rtt_18w.toml: review.owner: Field required"),
        (
            '["acute", "england"]',
            "[]",
            "rtt_18w.toml: org_levels: Tuple should have at least 1 item",
        ),
        (
            "access and outcomes",
            "access",
            "rtt_18w.toml: theme: Input should be 'quality of care, ",
        ),
        (
            'theme = "',
            'in_segment_formula = ["R4"]\ntheme = "',
            "rtt_18w.toml: in_segment_formula.0: ",
        ),
    ],
)
def test_a_fault_is_told_by_file_and_field(
    tmp_path: Path, old: str, new: str, complaint: str
) -> None:
    told = told_of(tmp_path, changed((old, new)))
    assert told[0].startswith(complaint)


def test_all_faults_of_a_file_are_told_at_once(tmp_path: Path) -> None:
    content = changed(('unit = "percent"', 'unit = "x"'), ("order = 40", "order = -1"))
    told = told_of(tmp_path, content + "\n[extra]\n")
    assert [line.split(": ")[1] for line in told] == ["unit", "order", "extra"]


@pytest.mark.parametrize(
    ("content", "complaint"),
    [
        ("title = ", "rtt_18w.toml: Invalid value (at end of document)"),
        (b'title = "\xff"', "rtt_18w.toml: 'utf-8' codec can't decode byte 0xff"),
        ("a = " + "[" * 100_000, "rtt_18w.toml: lists within lists"),
    ],
)
def test_a_file_that_is_no_toml_is_named(
    tmp_path: Path, content: str | bytes, complaint: str
) -> None:
    (told,) = told_of(tmp_path, content)
    assert told.startswith(complaint)


def test_a_folder_that_no_page_shows_is_refused(tmp_path: Path) -> None:
    write(tmp_path, "electives/rtt_18w.toml")
    (fault,) = examine(tmp_path)[1]
    assert str(fault).startswith("rtt_18w.toml: group: Input should be 'urgent'")


def test_every_group_has_words_in_the_order_of_the_pages() -> None:
    assert get_args(Group) == tuple(GROUP_WORDS)


def test_a_file_name_that_can_be_no_id_is_refused(tmp_path: Path) -> None:
    (told,) = told_of(tmp_path, GOOD, name="RTT-18w")
    assert told.startswith("RTT-18w.toml: indicator_id: String should match pattern")


def test_a_mean_needs_no_scale_and_a_count_no_denominator(tmp_path: Path) -> None:
    content = changed(
        ('unit = "percent"', 'unit = "count"'),
        ("scale = 100\n", ""),
        ('denominator = "incomplete"\n', ""),
        ("min_denominator = 20", ""),
    )
    write(tmp_path, "elective/rtt_wl.toml", content)
    measures = load_all(tmp_path)["rtt_wl"].measures
    assert (measures.denominator, measures.scale) == (None, 1)
