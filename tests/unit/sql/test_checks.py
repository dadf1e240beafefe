"""Every release check finds the fault it is there for, and nothing in a warehouse without it."""

import re
from pathlib import Path

import duckdb
import pandas as pd
import pytest

from settings import Settings
from sql.build import CheckFailed, build_marts, run_checks
from sql.inputs import SQL_DIR
from tests.unit.sql.conftest import small_settings

_ROW = (
    "insert into marts.fct_indicator by name select 'ae_4h_all' as indicator_id, '{org}' as org_code, "
    "date '{month}' as period_start, date '{until}' as period_end, {value} as value, "
    "{reason} as missing_reason, 'reference-regions' as snapshot_id"
)


def row(
    value: str = "50",
    reason: str = "null",
    org: str = "RXW",
    month: str = "2024-04-01",
    until: str = "2024-05-01",
) -> str:
    return _ROW.format(value=value, reason=reason, org=org, month=month, until=until)


def compared(
    differing: int,
    agreeing: int = 0,
    other: str = "acute_provider_table",
    month: str = "2024-04-01",
) -> str:
    """So many values beyond and within what is allowed to differ from another publication's."""
    return (
        "insert into marts.fct_crosscheck by name select 'ae_4h_all' as indicator_id, "
        f"date '{month}' as period_start, 'rtt' as source_id, '{other}' as other_source_id, "
        f"1.5 as difference, number > {differing} as within_tolerance "
        f"from range(1, {differing + agreeing + 1}) as numbers (number)"
    )


NEIGHBOUR = (
    "insert into marts.dim_organisation by name select 'RZZ' as org_code, 'acute' as org_type"
)

MOVE = (
    "insert into marts.fct_segment_move by name select 'RXW' as org_code, '{era}' as era_id, "
    "{before} as from_segment, 3 as to_segment, date '{last}' as from_last_day, "
    "date '{first}' as to_first_day, false as is_contradicted"
)
ALTERNATIVE = (
    "insert into marts.fct_ledger by name select 'other' as fact_id, 'rsp-RXW-1' as spell_id, "
    "'alternative' as kind, '{field}' as alternative_to, date '{day}' as earliest, "
    "date '{day}' as best, date '{day}' as latest, ['x'] as source_urls"
)

FAULTS = {
    "alternatives_lie_within_their_spell": ALTERNATIVE.format(field="entered", day="2021-08-01"),
    "as_many_trusts_as_the_month_before": "; ".join(
        [NEIGHBOUR, row(), row(org="RZZ"), row(month="2024-05-01", until="2024-06-01")]
    ),
    "documents_have_a_name_of_their_own": (
        "insert into marts.dim_document by name select 'https://new.example/1' as url, "
        "'doc-1' as document_id"
    ),
    "england_equals_its_organisations": (
        "insert into marts.fct_reconciliation by name select 'rtt' as source_id, "
        "false as within_tolerance"
    ),
    "events_rest_on_documents": (
        "insert into marts.dim_event by name select 'cqc-RXW' as event_id, "
        "'https://nowhere.example/1' as source_url"
    ),
    "facts_are_sourced_and_dated_or_say_so": (
        "update marts.fct_ledger set source_urls = [], reason = null where kind = 'entered'"
    ),
    "field_test_trusts_have_no_four_hour_value": row(
        org="RGT", month="2019-05-01", until="2019-06-01"
    ),
    "figures_have_organisation_and_file": row(org="R??"),
    "known_months_have_their_known_values": (
        "insert into marts.fct_indicator by name select 'ae_4h_all' as indicator_id, "
        "'ENG' as org_code, date '2022-03-01' as period_start, date '2022-04-01' as period_end, "
        "1388093 as numerator, 2187866 as denominator, 63.4 as value, "
        "'reference-regions' as snapshot_id"
    ),
    "moves_stay_within_an_era": MOVE.format(
        era="R1", before=4, last="2023-01-01", first="2021-06-01"
    ),
    "no_negative_values": row("-1"),
    "one_row_per_indicator_organisation_period": f"{row()}; {row()}",
    "one_row_per_organisation": "insert into marts.dim_organisation by name select 'Total' as org_code",
    "own_results_equal_independent_ones": compared(3, other="ae_monthly"),
    "percentages_between_0_and_100": row("100.1"),
    "periods_fit_their_cadence": row(until="2024-06-01"),
    "segments_exist_in_their_era": (
        "insert into marts.fct_segment by name "
        "select 'RXW' as org_code, 'R1' as era_id, 5 as segment"
    ),
    "spells_are_in_order_and_sourced": "update marts.fct_programme_spell set source_urls = ['']",
    "value_or_reason": row("null"),
}
"""For each check something that it must find; a new check needs one."""


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    folder = tmp_path_factory.mktemp("built")
    build_marts(small_settings(folder), folder / "warehouse.duckdb")
    return (folder / "warehouse.duckdb").read_bytes()


@pytest.fixture
def sound(built: bytes, tmp_path: Path) -> Path:
    path = tmp_path / "warehouse.duckdb"
    path.write_bytes(built)
    return path


def test_a_sound_warehouse_passes_every_check(sound: Path) -> None:
    assert run_checks(sound) == sorted(FAULTS)


@pytest.mark.parametrize("check", sorted(path.stem for path in (SQL_DIR / "checks").glob("*.sql")))
def test_each_check_finds_its_fault(sound: Path, check: str) -> None:
    with duckdb.connect(str(sound)) as connection:
        connection.execute(FAULTS[check])
    with pytest.raises(CheckFailed, match=rf"Check {check} found 1 row\(s\), the first: "):
        run_checks(sound)


@pytest.mark.parametrize(
    ("check", "fault"),
    [
        ("value_or_reason", row("50", "'not published'")),
        ("percentages_between_0_and_100", row("-0.1")),
        ("periods_fit_their_cadence", row(month="2024-04-02", until="2024-05-02")),
        (
            "segments_exist_in_their_era",
            "insert into marts.fct_segment by name select 'R9' as era_id",
        ),
        (
            "spells_are_in_order_and_sourced",
            "update marts.fct_programme_spell set org_code = 'R??'",
        ),
        (
            "spells_are_in_order_and_sourced",
            "update marts.fct_programme_spell set left_latest = '2000-01-01'",
        ),
        (
            "alternatives_lie_within_their_spell",
            ALTERNATIVE.format(field="left", day="2026-02-28"),
        ),
        (
            "alternatives_lie_within_their_spell",
            "update marts.fct_ledger set kind = 'alternative', spell_id = 'x' where kind = 'left'",
        ),
        (
            "facts_are_sourced_and_dated_or_say_so",
            "update marts.fct_ledger set best = null, reason = null where kind = 'left'",
        ),
        (
            "facts_are_sourced_and_dated_or_say_so",
            "update marts.fct_ledger set known_earliest = known_latest + 1",
        ),
        (
            "facts_are_sourced_and_dated_or_say_so",
            "update marts.fct_ledger set latest = earliest - 1",
        ),
        (
            "moves_stay_within_an_era",
            MOVE.format(era="R1", before=5, last="2022-01-01", first="2023-01-01"),
        ),
        (
            "moves_stay_within_an_era",
            MOVE.format(era="R1", before=4, last="2025-06-30", first="2025-07-01"),
        ),
        (
            "moves_stay_within_an_era",
            MOVE.format(era="R2", before=5, last="2025-05-30", first="2025-06-01"),
        ),
        (
            "moves_stay_within_an_era",
            MOVE.format(era="R9", before=4, last="2022-01-01", first="2023-01-01"),
        ),
        (
            "one_row_per_organisation",
            "insert into marts.dim_organisation from marts.dim_organisation limit 1",
        ),
    ],
)
def test_a_check_finds_the_other_ways_to_be_wrong(sound: Path, check: str, fault: str) -> None:
    with duckdb.connect(str(sound)) as connection:
        connection.execute(fault)
    with pytest.raises(CheckFailed, match=f"Check {check} found"):
        run_checks(sound)


@pytest.mark.parametrize(
    "rows",
    [
        [compared(2)],  # too few to be more than revisions
        [compared(3, 57)],  # one in twenty
        [compared(2), compared(1, month="2024-05-01")],  # of two months
        [compared(2), compared(1, other="oversight_framework")],  # of two publications
    ],
)
def test_single_organisations_may_differ_from_another_publication(
    sound: Path, rows: list[str]
) -> None:
    with duckdb.connect(str(sound)) as connection:
        connection.execute("; ".join(rows))
    assert run_checks(sound) == sorted(FAULTS)


@pytest.mark.parametrize(
    ("other", "blamed"),
    [
        ("acute_provider_table", {"rtt", "acute_provider_table"}),
        ("ae_monthly", {"rtt"}),  # of which indicators are made
    ],
)
def test_the_own_publication_is_to_blame_and_one_that_only_checks(
    sound: Path, other: str, blamed: set[str]
) -> None:
    with duckdb.connect(str(sound)) as connection:
        connection.execute(compared(3, 56, other))
    with pytest.raises(CheckFailed) as failure:
        run_checks(sound)
    (fault,) = failure.value.faults
    assert fault.sources == blamed
    assert "organisations 59, differing 3, largest_difference 1.5" in str(fault)


def test_a_percentage_may_reach_as_far_as_its_indicator_says(sound: Path) -> None:
    allowed = """update marts.dim_indicator set definition = '{"quality": {"range": [0, 150]}}'"""
    with duckdb.connect(str(sound)) as connection:
        connection.execute(f"{allowed}; {row('150')}")
    assert run_checks(sound) == sorted(FAULTS)
    with duckdb.connect(str(sound)) as connection:
        connection.execute(row("150.1", month="2024-05-01", until="2024-06-01"))
    with pytest.raises(CheckFailed, match=r"percentages_between_0_and_100 found 1 row\(s\)"):
        run_checks(sound)


def test_all_faults_are_reported_at_once(sound: Path) -> None:
    with duckdb.connect(str(sound)) as connection:
        connection.execute(row("-1", "'x'", org="R??"))
    with pytest.raises(CheckFailed) as failure:
        run_checks(sound)
    assert re.findall(r"Check (\w+) found", str(failure.value)) == [
        "figures_have_organisation_and_file",
        "no_negative_values",
        "percentages_between_0_and_100",
        "value_or_reason",
    ]


def test_the_check_on_field_tests_names_every_trust_of_the_reference_table() -> None:
    check = SQL_DIR / "checks" / "field_test_trusts_have_no_four_hour_value.sql"
    table = pd.read_csv(Settings().reference_dir / "field_test_trusts.csv")
    assert set(re.findall(r"'(R\w\w)'", check.read_text())) == set(table["org_code"])
    assert (table["missing_from"].min(), table["missing_to"].max()) == ("2019-05-01", "2023-06-01")
