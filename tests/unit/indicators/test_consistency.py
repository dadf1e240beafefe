"""Fields of one file that do not go together: each rule with a file that breaks it alone."""

from pathlib import Path

import pytest

from tests.unit.indicators.catalogue_files import GOOD, changed, told_of

NO_DENOMINATOR = ('denominator = "incomplete"\n', "")
COUNT = (('unit = "percent"', 'unit = "count"'), NO_DENOMINATOR, ("min_denominator = 20\n", ""))
STANDARDS = GOOD[GOOD.index("[[standard]]") : GOOD.index("[[break]]")]

BROKEN = {
    "a percent times one": (
        [("scale = 100", "scale = 1")],
        "from.scale: a percent with a denominator needs 100, not 1",
    ),
    "a change in percent times one": (
        [("scale = 100", "scale = 1"), ('unit = "percent"', 'unit = "signed_percent"')],
        "from.scale: a percent with a denominator needs 100, not 1",
    ),
    "a denominator from elsewhere that is none": (
        [
            ('unit = "percent"', 'unit = "score"'),
            (NO_DENOMINATOR[0], 'denominator_source = "kh03"\n'),
            ("min_denominator = 20\n", ""),
        ],
        "from.denominator_source: there is no denominator",
    ),
    "a denominator without words": (
        [('denominator_text = "All patients waiting"\n', "")],
        "denominator_text: must say what the denominator is",
    ),
    "a published percent of nobody knows what": (
        [
            ('denominator_text = "All patients waiting"\n', ""),
            NO_DENOMINATOR,
            ("min_denominator = 20\n", ""),
        ],
        "denominator_text: must say what it is a percentage of",
    ),
    "a level twice": (
        [('["acute", "england"]', '["acute", "acute"]')],
        "org_levels: names a level twice",
    ),
    "a tag twice": (
        [('theme = "', 'tags = ["RTT", "rtt"]\ntheme = "')],
        "tags: has a word twice",
    ),
    "twelve quarters taken for twelve months": (
        [
            (
                'cadence = "month"',
                'cadence = "quarter"\nradar_exclusion = "They share data."\nrolling_k = 12',
            )
        ],
        "rolling_k: 12 quarters are 36 months: a window is a year at most",
    ),
    "overlap without a word to the radar": (
        [('cadence = "month"', 'cadence = "month"\noverlap = 11')],
        "radar_exclusion: must say that neighbouring figures share data",
    ),
    "overlap told twice": (
        [
            (
                'cadence = "month"',
                'cadence = "month"\nradar_exclusion = "They share data."\noverlap = 11\nrolling_k = 12',
            )
        ],
        "overlap: follows from rolling_k: give one of them",
    ),
    "standards out of order": (
        [("on = 2012-04-01", "on = 2030-01-01")],
        "standard: must be in order of date",
    ),
    "two ambitions on one day": (
        [("on = 2012-04-01", 'kind = "ambition"\non = 2026-03-01')],
        "standard: has two of a kind on one day",
    ),
    "a standard that no share can reach": (
        [("value = 92", "value = 920")],
        "standard.0.value: 920 is no possible value",
    ),
    "a standard outside the range": (
        [("range = [0, 100]", "range = [70, 100]")],
        "standard.1.value: 65 is no possible value",
    ),
    "a standard above all without a range": (
        [("range = [0, 100]\n", ""), ("value = 65", "value = 100.5")],
        "standard.1.value: 100.5 is no possible value",
    ),
    "a count below nothing": (
        [*COUNT, ("range = [0, 100]\n", ""), ("value = 65", "value = -1")],
        "standard.1.value: -1 is no possible value",
    ),
    "a standard of what is neither good nor bad": (
        [('better = "higher"', 'better = "neither"')],
        "better: 'neither' leaves open on which side of its standard an indicator should lie",
    ),
    "a range from high to low": (
        [("range = [0, 100]", "range = [100, 0]"), (STANDARDS, "")],
        "quality.range: must begin below its end",
    ),
    "a range below nothing": (
        [("range = [0, 100]", "range = [-5, 100]")],
        "quality.range: begins below 0, where no percent can lie",
    ),
    "a least denominator of what has none": (
        [('unit = "percent"', 'unit = "count"'), NO_DENOMINATOR],
        "quality.min_denominator: there is no denominator",
    ),
    "breaks out of order": (
        [("[[break]]", '[[break]]\non = 2025-01-01\nlabel = "Later"\n\n[[break]]')],
        "break: must be in order of date, one for a day",
    ),
    "two breaks on one day": (
        [("[[break]]", '[[break]]\non = 2024-02-01\nlabel = "Again"\n\n[[break]]')],
        "break: must be in order of date, one for a day",
    ),
    "a next review before the last": (
        [("next_review = 2027", "next_review = 2025")],
        "review.next_review: must be after reviewed_on",
    ),
    "an author who checks himself": (
        [('checker = "B"', 'checker = "A"')],
        "review.checker: must be a second person",
    ),
}


@pytest.mark.parametrize(("changes", "complaint"), BROKEN.values(), ids=BROKEN)
def test_a_contradiction_is_told_by_file_and_field_and_alone(
    tmp_path: Path, changes: list[tuple[str, str]], complaint: str
) -> None:
    assert told_of(tmp_path, changed(*changes)) == [f"rtt_18w.toml: {complaint}"]


@pytest.mark.parametrize(
    "changes",
    [
        [
            (
                'cadence = "month"',
                'cadence = "month"\nradar_exclusion = "They share data."\nrolling_k = 12',
            )
        ],
        [
            (
                'cadence = "month"',
                'cadence = "quarter"\nradar_exclusion = "They share data."\nrolling_k = 4',
            )
        ],
        [
            (
                'cadence = "month"',
                'cadence = "year"\nradar_exclusion = "They share data."\nrolling_k = 3',
            )
        ],
        [*COUNT, ("range = [0, 100]\n", ""), ("value = 65", "value = 4000")],
        [("range = [0, 100]", "range = [0, 150]"), ("value = 65", "value = 110")],
        [(STANDARDS, ""), ('better = "higher"', 'better = "neither"')],
        [("on = 2012-04-01", "on = 2026-03-01")],
    ],
    ids=[
        "year of months",
        "year of quarters",
        "years",
        "count",
        "overfull",
        "context",
        "both kinds",
    ],
)
def test_what_is_unusual_but_sound_is_let_through(
    tmp_path: Path, changes: list[tuple[str, str]]
) -> None:
    assert told_of(tmp_path, changed(*changes)) == []


def test_all_contradictions_of_a_file_are_told_at_once(tmp_path: Path) -> None:
    told = told_of(tmp_path, changed(("scale = 100", "scale = 1"), ("value = 92", "value = 920")))
    assert [line.split(": ")[1] for line in told] == ["from.scale", "standard.0.value"]
