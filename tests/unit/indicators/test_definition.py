"""One catalogue file: what is refused, and how the fault is told."""

from pathlib import Path

import pytest

from indicators.registry import CatalogueFault, read_indicator

GOOD = """
title = "Patients waiting no more than 18 weeks"
short_title = "RTT within 18 weeks"
unit = "percent"
better = "higher"
org_levels = ["acute", "england"]
cadence = "month"
order = 40
lag_days = 42
theme = "quality of care, access and outcomes"
numerator_text = "Patients waiting up to 18 weeks"
denominator_text = "All patients waiting"
why = "A right under the NHS Constitution."
method = "Divided."

[from]
source = "rtt"
numerator = "within_18_weeks"
denominator = "incomplete"
scale = 100

[[standard]]
on = 2012-04-01
value = 92
label = "standard 92%"

[[standard]]
on = 2026-03-01
value = 65
label = "ambition 65%"
kind = "ambition"

[[break]]
on = 2024-02-01
label = "Community services leave the list"

[quality]
range = [0, 100]
min_denominator = 20

[review]
author = "A"
checker = "B"
reviewed_on = 2026-11-22
next_review = 2027-11-22
status = "published"
"""


def faults(folder: Path, content: str | bytes, name: str = "rtt_18w") -> str:
    path = folder / f"{name}.toml"
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    with pytest.raises(CatalogueFault) as fault:
        read_indicator(path)
    return str(fault.value)


def changed(old: str, new: str) -> str:
    assert GOOD.count(old) == 1
    return GOOD.replace(old, new)


def test_a_good_file_says_what_it_says(tmp_path: Path) -> None:
    path = tmp_path / "rtt_18w.toml"
    path.write_text(GOOD)
    indicator = read_indicator(path)
    assert indicator.indicator_id == "rtt_18w"
    assert (indicator.measures.source, indicator.measures.scale) == ("rtt", 100)
    assert [(s.value, s.kind) for s in indicator.standards] == [(92, "standard"), (65, "ambition")]
    assert [b.label for b in indicator.breaks] == ["Community services leave the list"]
    assert indicator.quality.range == (0, 100)
    assert (indicator.rolling_k, indicator.caveats, indicator.oversight_code) == (1, (), None)


@pytest.mark.parametrize(
    ("old", "new", "complaint"),
    [
        ('unit = "percent"', 'unit = "per cent"', "rtt_18w.toml: unit: Input should be 'percent'"),
        ('better = "higher"', 'better = "up"', "rtt_18w.toml: better: Input should be 'higher'"),
        ('cadence = "month"', 'cadence = "week"', "rtt_18w.toml: cadence: Input should be 'month'"),
        ('"acute", "england"', '"acute", "trust"', "rtt_18w.toml: org_levels.1: Input should be"),
        ("order = 40", "order = -1", "rtt_18w.toml: order: Input should be greater than or equal"),
        ("lag_days = 42", "lag_days = 1.5", "rtt_18w.toml: lag_days: Input should be a valid int"),
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
        ("scale = 100", "scale = 1", "a percent with a denominator needs scale = 100"),
        (
            'denominator_text = "All patients waiting"\n',
            "",
            "denominator_text must say what the denominator is",
        ),
        ("on = 2012-04-01", "on = 2030-01-01", "standards must be in order of date"),
    ],
)
def test_a_fault_is_told_by_file_and_field(
    tmp_path: Path, old: str, new: str, complaint: str
) -> None:
    told = faults(tmp_path, changed(old, new))
    assert told.startswith("rtt_18w.toml: ")
    assert complaint in told


def test_all_faults_of_a_file_are_told_at_once(tmp_path: Path) -> None:
    content = changed('unit = "percent"', 'unit = "x"').replace("order = 40", "order = -1")
    told = faults(tmp_path, content + "\n[extra]\n").splitlines()
    assert [line.split(": ")[1] for line in told] == ["unit", "order", "extra"]


@pytest.mark.parametrize(
    ("content", "complaint"),
    [
        ("title = ", "rtt_18w.toml: Invalid value (at end of document)"),
        (b'title = "\xff"', "rtt_18w.toml: 'utf-8' codec can't decode byte 0xff"),
    ],
)
def test_a_file_that_is_no_toml_is_named(
    tmp_path: Path, content: str | bytes, complaint: str
) -> None:
    assert faults(tmp_path, content).startswith(complaint)


def test_a_file_name_that_can_be_no_id_is_refused(tmp_path: Path) -> None:
    told = faults(tmp_path, GOOD, name="RTT-18w")
    assert told.startswith("RTT-18w.toml: indicator_id: String should match pattern")


def test_a_mean_needs_no_scale_and_a_count_no_denominator(tmp_path: Path) -> None:
    path = tmp_path / "rtt_wl.toml"
    path.write_text(
        changed('unit = "percent"', 'unit = "count"')
        .replace("scale = 100", "")
        .replace('denominator = "incomplete"', "")
    )
    measures = read_indicator(path).measures
    assert (measures.denominator, measures.scale) == (None, 1)
