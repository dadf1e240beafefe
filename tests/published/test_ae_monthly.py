"""Monthly A&E files as published: every one is read, adds up, and says what is known of its month."""

from datetime import date
from pathlib import Path

import pandas as pd
import pytest

from data_sources import ae_monthly as ae
from data_sources.periods import month_after
from data_sources.source import Parsed, Snapshot, SourceError

pytestmark = pytest.mark.published

FIELD_TEST = {
    *("RC9", "RDU", "RFR", "RGR", "RGT", "RHU", "RK9"),
    *("RNQ", "RQM", "RVW", "RX1", "RXF", "RYJ"),
}
"""With R0D, before October 2020 RD3, the trusts without four-hour figures from May 2019 to May 2023."""

WHOLE_CSVS = {
    "Monthly-AE-August-2019-revised-210720-gh920.csv": {},
    "May-2020-revised-260421-de345.csv": {},
    "November-2021-revised-120522-CDE131.csv": {},
    "Monthly-AE-June-2024.csv": {},
    # The CSV is the first release, the workbook the revision of 13 November 2025: 982 attendances more
    # of type 3 at Newcastle (RTD).
    "July-2025-CSV-9jfy4.csv": {"attendances_other": -982},
    "Monthly-AE-December-2025-revised-g9Hy6.csv": {},
}


@pytest.fixture(scope="module")
def workbooks(published: Path) -> dict[str, Parsed]:
    paths = sorted((published / "published" / "ae").glob("*.xls"))
    return {path.name: parsed(path) for path in paths}


def parsed(path: Path) -> Parsed:
    assert ae.recognises(path, path.name), path.name
    return ae.parse(Snapshot("s", "ae_monthly", path, path.name, "", 0))


def table(file: Parsed, level: str) -> pd.DataFrame:
    """Published text, one row per organisation and one column per measure."""
    figures = file.tables["figures"]
    rows = figures[figures["level"] == level]
    return rows.pivot_table("value", index="org_code", columns="measure", aggfunc="first")


def added(file: Parsed, level: str) -> pd.Series:
    """Sum of each measure over the organisations that reported it."""
    return table(file, level).apply(pd.to_numeric, errors="coerce").sum()


def test_every_month_from_april_2019_to_may_2026_is_there(workbooks):
    months = [date(2019, 4, 1)]
    while months[-1] < date(2026, 5, 1):
        months.append(month_after(months[-1]))
    assert len(months) == 86
    assert sorted({file.period_start for file in workbooks.values()}) == months
    twice = [date(2023, 11, 1), date(2023, 12, 1), date(2024, 1, 1), date(2024, 2, 1)]
    assert sorted(file.period_start for file in workbooks.values()) == sorted(months + twice)


@pytest.mark.parametrize("level", ["provider", "system"])
def test_england_is_the_sum_of_its_parts_in_every_count(workbooks, level):
    for name, file in workbooks.items():
        england = added(file, "england").drop("percent_within_4h")
        parts = added(file, level).drop("percent_within_4h")
        assert parts.to_dict() == england.to_dict(), name


def test_england_percentage_is_over_those_who_reported(workbooks):
    for name, file in workbooks.items():
        england = added(file, "england")
        within, over = england["within_4h_total"], england["over_4h_total"]
        assert england["percent_within_4h"] == pytest.approx(within / (within + over), abs=1e-9), (
            name
        )


@pytest.mark.parametrize(
    ("month", "percent"),
    [
        (date(2020, 8, 1), 89.17),
        (date(2022, 3, 1), 71.63),
        (date(2024, 3, 1), 74.35),
        (date(2025, 3, 1), 74.98),
        (date(2025, 4, 1), 74.78),
        (date(2026, 3, 1), 77.11),
    ],
)
def test_england_percentage_is_the_published_headline(workbooks, month, percent):
    file = next(file for file in workbooks.values() if file.period_start == month)
    assert added(file, "england")["percent_within_4h"] * 100 == pytest.approx(percent, abs=0.005)


def test_exactly_the_field_test_trusts_have_dashes_and_exactly_while_it_ran(workbooks):
    for name, file in workbooks.items():
        over = table(file, "provider")["over_4h_total"]
        dorset = "R0D" if file.period_start >= date(2020, 10, 1) else "RD3"
        ran = date(2019, 5, 1) <= file.period_start <= date(2023, 5, 1)
        expected = FIELD_TEST | {dorset} if ran else set()
        assert set(over[over == "-"].index) == expected, name


def test_memberships_give_every_provider_a_system_of_the_month(workbooks):
    for name, file in workbooks.items():
        assert ("icb_memberships" in file.tables) == (file.period_start >= date(2022, 7, 1)), name
        if "icb_memberships" not in file.tables:
            continue
        systems = file.tables["icb_memberships"].set_index("org_code")["icb_code"]
        assert systems.index.is_unique
        counted = systems.reindex(table(file, "provider").index)
        assert set(counted) <= set(table(file, "system").index), name


def test_memberships_add_providers_up_to_their_systems(workbooks):
    for name, file in workbooks.items():
        if "icb_memberships" not in file.tables:
            continue
        systems = file.tables["icb_memberships"].set_index("org_code")["icb_code"]
        providers = table(file, "provider")["attendances_total"].astype(int)
        sums = providers.groupby(systems.reindex(providers.index)).sum()
        stated = table(file, "system")["attendances_total"].astype(int)
        assert sums.to_dict() == stated.to_dict(), name


def test_a_revision_is_published_later_than_the_release_it_replaces(workbooks):
    by_month: dict[date | None, dict[str, date | None]] = {}
    for name, file in workbooks.items():
        by_month.setdefault(file.period_start, {})[name] = file.published_on
    pairs = [files for files in by_month.values() if len(files) == 2]
    assert len(pairs) == 4
    for files in pairs:
        (revision,) = (name for name in files if "revised" in name)
        (release,) = files.keys() - {revision}
        assert files[revision] == date(2024, 6, 13)
        assert files[release] < files[revision]


@pytest.mark.parametrize("name", WHOLE_CSVS)
def test_csv_adds_up_to_the_workbook_of_its_month(published, workbooks, name):
    csv = parsed(published / "published" / "ae" / name)
    england = added(csv, "england")
    assert england.to_dict() == added(csv, "provider").to_dict()
    twin = next(file for file in workbooks.values() if file.period_start == csv.period_start)

    without_booking = england.rename(lambda measure: measure.replace("unbooked_", ""))
    both = (
        without_booking.rename(lambda measure: measure.replace("booked_", ""))
        .groupby(level=0)
        .sum()
    )
    both["dta_over_4h"] = both.pop("dta_4_to_12h") + both["dta_over_12h"]

    differences = both - added(twin, "england").reindex(both.index)
    assert len(both) == 12
    assert differences[differences != 0].to_dict() == WHOLE_CSVS[name]


@pytest.mark.parametrize("month", ["April-2026-CSV-QD21vf", "May-2026-CSV-F4flrg"])
def test_rows_of_one_provider_are_not_taken_for_the_whole_file(published, month):
    with pytest.raises(SourceError, match="cut short"):
        parsed(published / "published" / "ae" / f"{month}.RDY-rows.csv")


def test_no_file_of_another_publication_is_claimed(published):
    own = published / "published" / "ae"
    others = [path for path in published.rglob("*.*") if path.is_file() and path.parent != own]
    assert len(others) > 100
    assert [path.name for path in others if ae.recognises(path, path.name)] == []
