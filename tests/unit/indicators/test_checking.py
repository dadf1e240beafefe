"""The catalogue against what its files refer to: sources that are read, metrics of the frameworks' lists."""

from datetime import date
from pathlib import Path

import pandas as pd
import pytest

from indicators.checking import Known, check_catalogue, known_here
from settings import Settings
from tests.unit.indicators.catalogue_files import another, changed, write

TODAY = date(2026, 11, 26)
KNOWN = Known(
    frozenset({"rtt", "kh03"}),
    pd.DataFrame(
        [
            ("NOF 2025/26", "OF0023", "Waits of 18 weeks or less", "Access to services"),
            ("NOF 2025/26", "OF5002", "Average metric score", "Summary"),
            ("NOF 2025/26", "", "Ambulance response times", "Access to services"),
            ("Oversight Framework 2019/20", "", "CQC rating", "Quality of care"),
        ],
        columns=["framework", "code", "metric", "theme"],
    ),
)
THEME = 'theme = "'


def told(folder: Path, *changes: tuple[str, str]) -> list[str]:
    write(folder, "elective/one.toml", changed(*changes))
    return [str(fault) for fault in check_catalogue(folder, KNOWN, TODAY).faults]


def test_a_file_that_refers_to_what_there_is_has_no_fault(tmp_path: Path) -> None:
    fields = 'oversight_code = "OF0023"\nin_segment_formula = ["R2"]\n'
    assert told(tmp_path, (THEME, fields + THEME)) == []


@pytest.mark.parametrize(
    ("changes", "complaint"),
    [
        (
            [('source = "rtt"', 'source = "rtl"')],
            "from.source: no source 'rtl' is read, and no publication is named",
        ),
        (
            [('source = "rtt"', 'source = "new"\npublication = "New"')],
            "review.status: must be 'awaiting_data' while the source is not read",
        ),
        (
            [('source = "rtt"', 'source = "rtt"\npublication = "RTT"')],
            "from.publication: the source is read, and has its title from there",
        ),
        (
            [('source = "rtt"', 'source = "rtt"\ndenominator_source = "kh04"')],
            "from.denominator_source: no source 'kh04' is read",
        ),
        (
            [(THEME, 'oversight_code = "OF9999"\n' + THEME)],
            "oversight_code: no framework's list has 'OF9999'",
        ),
        (
            [(THEME, 'oversight_names = ["Ambulances"]\n' + THEME)],
            "oversight_names: no framework's list has 'Ambulances' without a code",
        ),
        (
            [(THEME, 'oversight_names = ["Average metric score"]\n' + THEME)],
            "oversight_names: no framework's list has 'Average metric score' without a code",
        ),
        (
            [(THEME, 'oversight_code = "OF0023"\n' + THEME)],
            "in_segment_formula: R2 is missing: NOF 2025/26 scores this metric",
        ),
        (
            [(THEME, 'oversight_names = ["Ambulance response times"]\n' + THEME)],
            "in_segment_formula: R2 is missing: NOF 2025/26 scores this metric",
        ),
        (
            [(THEME, 'oversight_names = ["CQC rating"]\nin_segment_formula = ["R2"]\n' + THEME)],
            "in_segment_formula: R2: no metric of NOF 2025/26 is named",
        ),
    ],
)
def test_what_a_file_refers_to_and_is_not_there_is_told(
    tmp_path: Path, changes: list[tuple[str, str]], complaint: str
) -> None:
    assert complaint in [line.removeprefix("one.toml: ") for line in told(tmp_path, *changes)]


@pytest.mark.parametrize(
    "fields",
    [
        'oversight_code = "OF5002"\n',
        'oversight_code = "OF5002"\nin_segment_formula = ["R2", "R3"]\n',
        'oversight_names = ["CQC rating"]\n',
        'in_segment_formula = ["R1"]\n',
    ],
)
def test_what_is_not_scored_may_or_may_not_be_an_input(tmp_path: Path, fields: str) -> None:
    assert told(tmp_path, (THEME, fields + THEME)) == []


def test_a_source_that_is_not_read_yet_is_named_by_its_publication(tmp_path: Path) -> None:
    source = ('source = "rtt"', 'source = "new"\npublication = "A new one"')
    assert told(tmp_path, source, ('status = "published"', 'status = "awaiting_data"')) == []


def test_faults_of_all_kinds_are_told_at_once(tmp_path: Path) -> None:
    write(tmp_path, "beds/one.toml", "title = ")
    write(tmp_path, "beds/two.toml", another(2, ('source = "rtt"', 'source = "rtl"')))
    write(tmp_path, "urgent/three.toml", another(3, ("scale = 100", "scale = 1")))
    found = check_catalogue(tmp_path, KNOWN, TODAY)
    assert [(fault.file, fault.field) for fault in found.faults] == [
        ("one.toml", ""),
        ("three.toml", "from.scale"),
        ("two.toml", "from.source"),
    ]


@pytest.mark.parametrize(
    ("today", "is_overdue"), [(date(2027, 11, 22), False), (date(2027, 11, 23), True)]
)
def test_a_review_is_overdue_from_the_day_after_it_was_due(
    tmp_path: Path, today: date, is_overdue: bool
) -> None:
    write(tmp_path, "elective/one.toml")
    found = check_catalogue(tmp_path, KNOWN, today)
    assert (found.number, found.faults) == (1, ())
    assert [str(one) for one in found.warnings] == (
        ["one.toml: review.next_review: the review is overdue"] if is_overdue else []
    )


def test_the_catalogue_of_the_project_refers_to_what_there_is() -> None:
    settings = Settings()
    found = check_catalogue(settings.catalogue_dir, known_here(settings.reference_dir), TODAY)
    assert (found.faults, found.warnings, found.number) == ((), (), 65)
