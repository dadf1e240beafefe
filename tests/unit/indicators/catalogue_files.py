"""Catalogue files that a test writes: a good one, changes of it, and the faults that are told of them."""

from pathlib import Path

from indicators.registry import examine

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
owner = "C"
author = "A"
checker = "B"
reviewed_on = 2026-11-22
next_review = 2027-11-22
status = "published"
"""


def changed(*changes: tuple[str, str]) -> str:
    """The good file with each first text, which stands in it once, replaced by the second."""
    content = GOOD
    for old, new in changes:
        assert content.count(old) == 1
        content = content.replace(old, new)
    return content


def another(number: int, *changes: tuple[str, str]) -> str:
    """A good file that shares nothing with those of other numbers that no two files may share."""
    distinct = (
        ('title = "Patients', f'title = "{number} patients'),
        ('short_title = "RTT', f'short_title = "{number} RTT'),
        ("order = 40", f"order = {number}"),
        ('numerator = "within', f'numerator = "within_{number}'),
    )
    return changed(*distinct, *changes)


def write(folder: Path, place: str, content: str | bytes = GOOD) -> Path:
    """The file at `place` (`group/id.toml`) of a catalogue."""
    path = folder / place
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


def told_of(folder: Path, content: str | bytes, name: str = "rtt_18w") -> list[str]:
    """The faults of a catalogue of one file."""
    write(folder, f"elective/{name}.toml", content)
    return [str(fault) for fault in examine(folder)[1]]
