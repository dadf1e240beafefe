"""Compiled tables, written small with the headers they have."""

from datetime import date
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from data_sources import _compiled_figures as by_month
from data_sources import ods
from data_sources.compiled import parse_compiled, recognise_compiled, tables
from data_sources.registry import sources
from data_sources.source import FIGURE_COLUMNS, Parsed, Snapshot, SourceError

WEEKS = "within_18wk,over_52wk,over_65wk,over_78wk,over_104wk"
AE = "month,org_code,type,attendances,breaches,admissions"
TRUSTS = (
    f"month,org_code,org_name,parent_code,total,{WEEKS},total_incl_nonc,with_dta,"
    "completed_admitted,completed_nonadmitted,new_periods,basis"
)
SYSTEMS = f"month,parent_code,parent_name,total,{WEEKS}"
ORGANISATIONS = f"month,org_code,org_name,level,total,{WEEKS},status"
SUCCESSORS = (
    f"org_code,month,total_incomplete,{WEEKS},published_total,published_within_18wk,"
    "published_over_52wk,published_over_65wk,published_over_78wk"
)
DATES = (
    "org_code,org_name,status,primary_role_id,is_nhs_trust,is_foundation_trust,"
    "legal_start_date,legal_end_date,valid_from,valid_to,post_code"
)
SUCCESSIONS = "predecessor_code,successor_code,legal_start_date"
MAPPING = "org_code,org_name,org_type,region_name,icb_code,icb_name,icb_code_2022,icb_name_2022"
ICBS = "org_code,icb_name,open_date,close_date,is_current,icb_ons_code"
SOURCE_OF = {
    AE: ("ae_monthly", "compiled_trust_month"),
    TRUSTS: ("rtt", "compiled_full_extract"),
    SYSTEMS: ("rtt", "compiled_full_extract_systems"),
    ORGANISATIONS: ("rtt", "compiled_org_month"),
    SUCCESSORS: ("rtt", "compiled_successor_month"),
    DATES: ("ods", "compiled_organisations"),
    SUCCESSIONS: ("ods", "compiled_successions"),
    MAPPING: ("ods", "compiled_memberships"),
    ICBS: ("ods", "compiled_icbs"),
}
BEYOND = (52, 65, 78, 104)
PATHWAYS = ["incomplete", "within_18_weeks", *(f"over_{weeks}_weeks" for weeks in BEYOND)]
FULL = "10,8,2,{later},11,,,,,full extract"


def table(folder: Path, header: str, *rows: str, source_id: str | None = None) -> Snapshot:
    path = folder / "table.csv"
    path.write_text("".join(f"{line}\n" for line in (header, *rows)))
    return Snapshot("s", source_id or SOURCE_OF[header][0], path, "table.csv", "", 0)


def read(folder: Path, header: str, *rows: str) -> Parsed:
    return parse_compiled(table(folder, header, *rows))


def values(parsed: Parsed) -> dict[str, str]:
    """Measure and value of the only organisation of the only month."""
    figures = parsed.tables["figures"]
    assert figures["measure"].is_unique
    return dict(zip(figures["measure"], figures["value"], strict=True))


def refusal(snapshot: Snapshot) -> str:
    """The sentence with which a table is refused."""
    with pytest.raises(SourceError) as error:
        parse_compiled(snapshot)
    return str(error.value)


def test_tables_are_recognised_by_their_header_as_a_layout_of_their_source(tmp_path):
    found = {header: recognise_compiled(table(tmp_path, header).path) for header in SOURCE_OF}
    assert found == SOURCE_OF
    assert set(tables()) >= set(SOURCE_OF)


def test_every_table_is_a_layout_of_its_source():
    known = sources()
    for table in tables().values():
        assert table.layout in known[table.source_id].SOURCE.layouts


@pytest.mark.parametrize(
    "content", [b"", b"PK\x03\x04\xff", AE.encode()[:-1], AE.encode() + b",more\n", b"\xff" * 2000]
)
def test_other_files_are_not_recognised(tmp_path, content):
    path = tmp_path / "ae_trust_month_2016_2019.csv"
    path.write_bytes(content)

    assert recognise_compiled(path) is None


def test_ae_gives_attendances_over_four_hours_and_admissions_by_type(tmp_path):
    rows = ("2019-03,RAL,1,900,300,200", "2019-03,RAL,2,80,3,2", "2019-03,RAL,other,70,,0")
    parsed = read(tmp_path, AE, *rows)
    assert values(parsed) == {
        **{"attendances_type1": "900", "over_4h_type1": "300", "admissions_type1": "200"},
        **{"attendances_type2": "80", "over_4h_type2": "3", "admissions_type2": "2"},
        **{"attendances_other": "70", "over_4h_other": "", "admissions_other": "0"},
    }
    figures = parsed.tables["figures"]
    assert tuple(figures.columns) == FIGURE_COLUMNS
    assert figures.iloc[0].to_list() == [
        *("2019-03-01", "2019-04-01", "provider", "RAL", "", "attendances_type1", "900", "csv", 2)
    ]
    assert (parsed.period_start, parsed.period_end) == (date(2019, 3, 1), date(2019, 4, 1))


def test_rtt_trusts_give_pathways_as_published(tmp_path):
    parsed = read(tmp_path, TRUSTS, "2021-04,RAL,ROYAL FREE,QMJ," + FULL.format(later="1,0,"))

    assert values(parsed) == dict(zip(PATHWAYS, ("10", "8", "2", "1", "0", ""), strict=True))


def test_thresholds_beyond_52_weeks_do_not_exist_before_april_2021(tmp_path):
    first = "2021-03,RAL,ROYAL FREE,QMJ," + FULL.format(later=",,")
    nothing = "2021-03,RAP,NORTH MIDDLESEX,QMJ,,,,,,,,,5,,,full extract"
    figures = read(tmp_path, TRUSTS, first, nothing).tables["figures"]
    assert set(figures["measure"]) == set(PATHWAYS[:3])
    assert figures.loc[figures["org_code"] == "RAP", "value"].to_list() == ["", "", ""]


def test_month_of_totals_only_gives_the_total_with_patients_from_outside_england(tmp_path):
    row = '2022-01,RAL,ROYAL FREE,QMJ,,,,,,,97661,1,2,3,4,"totals only, incl. NONC"'
    assert values(read(tmp_path, TRUSTS, row)) == {"incomplete_incl_nonc": "97661"}

    filled = row.replace("QMJ,,,", "QMJ,,8,")
    assert refusal(table(tmp_path, TRUSTS, filled)) == (
        "table.csv, sheet 'csv', cell F2: expected nothing, as this month has totals only, found '8'."
    )


def test_systems_begin_in_april_2020_and_keep_national_commissioning_apart(tmp_path):
    teams = "2020-03,Q71,NHS ENGLAND LONDON,9,8,1,,,"
    rows = ("2020-04,QMJ,NORTH LONDON PARTNERS,10,8,2,,,", "2020-04,,,5,4,1,,,")
    parsed = read(tmp_path, SYSTEMS, teams, *rows)
    figures = parsed.tables["figures"]
    assert set(figures["level"]) == {"system"}
    assert set(figures["org_code"]) == {"QMJ", by_month.NATIONAL}
    assert set(figures["measure"]) == set(PATHWAYS[:3])
    assert parsed.period_start == date(2020, 4, 1)


def test_organisations_are_providers_or_systems(tmp_path):
    rows = (
        "2022-04,QMJ,NORTH CENTRAL LONDON,icb,20,18,2,1,0,0,final",
        "2022-04,RAL,ROYAL FREE,provider,10,8,2,1,0,0,final",
    )
    figures = read(tmp_path, ORGANISATIONS, *rows).tables["figures"]
    totals = figures[figures["measure"] == "incomplete"]
    assert totals[["level", "org_code", "value", "source_row"]].to_numpy().tolist() == [
        ["provider", "RAL", "10", 3],
        ["system", "QMJ", "20", 2],
    ]
    assert len(figures) == 2 * 6


def test_successor_table_reads_blank_weeks_as_none_waiting(tmp_path):
    parsed = read(tmp_path, SUCCESSORS, "RAL,2022-01,113941,70000,3,,,,,,,,")

    assert list(values(parsed)) == [f"{measure}_incl_nonc" for measure in PATHWAYS]
    assert list(values(parsed).values()) == ["113941", "70000", "3", "0", "0", "0"]


def test_successor_table_is_read_only_where_no_better_table_is_and_beside_it(tmp_path):
    months = pd.period_range("2021-04", "2026-05", freq="M").astype(str)
    figures = read(
        tmp_path, SUCCESSORS, *(f"RAL,{month},5,4,1,1,0,0,,,,," for month in months)
    ).tables["figures"]

    assert sorted(figures["period_start"].str[:7].unique()) == [
        *("2021-12", "2022-01", "2022-02", "2022-03", "2022-04", "2026-04", "2026-05")
    ]


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    months=st.sets(st.dates(date(2015, 10, 1), date(2029, 12, 1)), min_size=1, max_size=5),
    codes=st.sets(
        st.from_regex(r"R[A-Z0-9]{2}|[0-9][A-Z0-9]{4,5}", fullmatch=True), min_size=1, max_size=5
    ),
)
def test_counts_are_neither_lost_nor_doubled(tmp_path, months, codes):
    keys = sorted({(f"{month:%Y-%m}", code) for month in months for code in codes})
    rows = [
        f"{month},{code},NAME,Q71,{count}" + ",1,1,1,1,1,1,,,,,full extract"
        for count, (month, code) in enumerate(keys)
    ]
    figures = read(tmp_path, TRUSTS, *rows).tables["figures"]
    totals = figures[figures["measure"] == "incomplete"]
    found = zip(totals["period_start"].str[:7], totals["org_code"], totals["value"], strict=True)
    assert list(found) == [(*key, str(count)) for count, key in enumerate(keys)]


def test_organisations_close_on_their_legal_day_else_the_operational_one(tmp_path):
    rows = (
        "RAP,NORTH MIDDLESEX,Active,RO197,True,False,1991-04-01,2024-12-31,1992-04-01,9999-12-31,N18 1QX",
        "RAL,ROYAL FREE,Active,RO197,True,True,,,1991-04-01,9999-12-31,NW3 2QG",
        "TAF,CAMDEN,Active,RO107,False,True,,,2002-04-01,2024-10-31,",
        "BF1,YORK DMU,Inactive,RO111,False,False,,,1991-04-01,1992-03-31,YO30 7BY",
    )
    organisations = read(tmp_path, DATES, *rows).tables["organisations"]
    assert tuple(organisations.columns) == ods.ORGANISATION_COLUMNS
    assert organisations.drop(
        columns=["org_name", "region_code", "icb_code"]
    ).to_numpy().tolist() == [
        ["RAP", "trust", "1991-04-01", "2024-12-31", "N18 1QX"],
        ["RAL", "trust", "1991-04-01", "", "NW3 2QG"],
        ["TAF", "trust", "2002-04-01", "2024-10-31", ""],
        ["BF1", "RO111", "1991-04-01", "1992-03-31", "YO30 7BY"],
    ]


def test_successions_keep_both_days_of_a_pair(tmp_path):
    rows = ("RY1,RW4,2018-03-31", "RY1,RW4,2018-04-01")
    successions = read(tmp_path, SUCCESSIONS, *rows).tables["successions"]
    assert list(successions.columns) == ["predecessor_code", "successor_code", "happened_on"]
    assert successions["happened_on"].to_list() == ["2018-03-31", "2018-04-01"]


def test_memberships_are_those_of_july_2022(tmp_path):
    rows = (
        "RAL,Royal Free,NHS Trust,London,Z9B2Z,New,QMJ,Old",
        "A5D4Q,NEMS,Other,Midlands,QT1,Notts,,",
    )
    memberships = read(tmp_path, MAPPING, *rows).tables["icb_memberships"]
    assert tuple(memberships.columns) == ods.MEMBERSHIP_COLUMNS
    assert memberships.to_numpy().tolist() == [
        ["RAL", "Royal Free", "London", "Old", "QMJ", "2022-07-01"],
    ]


def test_icbs_carry_their_days_and_ons_code(tmp_path):
    icbs = read(tmp_path, ICBS, "QMJ,NCL,2017-04-01,2026-03-31,false,E54000028").tables["icbs"]

    assert list(icbs.columns) == ["icb_code", "icb_name", "opened_on", "closed_on", "ons_code"]
    assert icbs.iloc[0].to_list() == ["QMJ", "NCL", "2017-04-01", "2026-03-31", "E54000028"]


@pytest.mark.parametrize(
    ("header", "row", "place", "expected", "found"),
    [
        (AE, "March 2019,RAL,1,9,3,2", "cell A2", "a month such as 2024-04", "March 2019"),
        (AE, "2019-13,RAL,1,9,3,2", "cell A2", "a month such as 2024-04", "2019-13"),
        (AE, "2019-03,,1,9,3,2", "cell B2", "an organisation's code", ""),
        (AE, "2019-03,RAL,3,9,3,2", "cell C2", "a department type 1, 2 or other", "3"),
        (AE, "2019-03,RAL,1,9", "row 2", "6 cells", 4),
        (
            ORGANISATIONS,
            "2022-04,ENG,ALL,total,9,9,9,9,9,9,final",
            "cell D2",
            "provider, icb or national",
            "total",
        ),
        (
            ORGANISATIONS,
            "2022-04,ENG,ALL,national,9,9,9,9,9,9,final",
            "cell D2",
            "provider or icb",
            "national",
        ),
        (
            *(TRUSTS, "2022-04,RAL,RF,QMJ,9,9,9,9,9,9,9,,,,,totals", "cell P2"),
            *("'full extract' or 'totals only, incl. NONC'", "totals"),
        ),
        (
            SUCCESSIONS,
            "RAP,RAL,1/1/25",
            "cell C2",
            "a day such as 2024-04-01, or nothing",
            "1/1/25",
        ),
        (ICBS, "QMJ,NCL,2017,,true,", "cell C2", "a day such as 2024-04-01, or nothing", "2017"),
        (DATES, "RAA,B,C,D,yes,False,,,2000-01-01,2001-01-01,", "cell E2", "True or False", "yes"),
        (DATES, "RAA,B,C,D,True,False,,,,2001-01-01,", "cell I2", "a day such as 2024-04-01", ""),
    ],
)
def test_row_that_cannot_be_placed_is_refused(tmp_path, header, row, place, expected, found):
    assert refusal(table(tmp_path, header, row)) == (
        f"table.csv, sheet 'csv', {place}: expected {expected}, found {found!r}."
    )


@pytest.mark.parametrize(
    ("header", "row", "what"),
    [
        (AE, "2019-03,RAL,1,9,3,2", "RAL in 2019-03-01"),
        (DATES, "RAL,B,C,D,True,False,,,2000-01-01,2001-01-01,", "RAL"),
        (SUCCESSIONS, "RAP,RAL,2025-01-01", "RAP, RAL, 2025-01-01"),
        (MAPPING, "RAL,Royal Free,NHS Trust,London,Z9B2Z,New,QMJ,Old", "RAL"),
        (ICBS, "QMJ,NCL,2017-04-01,,true,", "QMJ"),
    ],
)
def test_second_row_for_the_same_thing_is_refused(tmp_path, header, row, what):
    assert refusal(table(tmp_path, header, row, row)) == (
        f"table.csv, sheet 'csv', row 3: a second row for {what}."
    )


def test_unknown_foreign_or_empty_table_is_refused(tmp_path):
    unknown = "table.csv, sheet 'csv', cell A1: expected the header of a table compiled from rtt"
    assert refusal(table(tmp_path, "month,code", source_id="rtt")) == f"{unknown}, found 'month'."
    assert refusal(table(tmp_path, AE, source_id="rtt")) == f"{unknown}, found 'month'."
    assert refusal(table(tmp_path, TRUSTS)) == "table.csv: no row that is read."
    team = table(tmp_path, SYSTEMS, "2020-03,Q71,NHS ENGLAND LONDON,9,8,1,,,")
    assert refusal(team) == "table.csv: no row that is read."


def test_a_table_cut_inside_its_last_line_is_refused(tmp_path):
    whole = table(tmp_path, AE, "2019-03,RAL,1,900,300,200")
    whole.path.write_bytes(whole.path.read_bytes().rstrip(b"\n")[:-1])
    assert refusal(whole) == "table.csv: the last line has no end: the table is cut short."


def test_a_parent_that_is_no_code_is_refused(tmp_path):
    row = "2021-04,North Central London,NCL,10,8,6,5,4,3"
    assert refusal(table(tmp_path, SYSTEMS, row)) == (
        "table.csv, sheet 'csv', cell B2: expected a system's code, or nothing, "
        "found 'North Central London'."
    )


def test_the_headings_once_more_are_refused(tmp_path):
    row = "RAL,Royal Free,NHS Trust,London,Z9B2Z,New,QMJ,Old"
    assert refusal(table(tmp_path, MAPPING, row, MAPPING)) == (
        "table.csv, sheet 'csv', cell A3: expected a row, not the headings once more, "
        "found 'org_code'."
    )
    assert refusal(table(tmp_path, MAPPING, row.replace("QMJ", "Old"))) == (
        "table.csv, sheet 'csv', cell G2: expected an ICB's code such as QMJ, or nothing, "
        "found 'Old'."
    )
