"""dim_organisation: who is in it, under which name, of which region and system, and into whom it passed."""

import pytest

from tests.unit.sql.models import Row, by, figure, run, snapshot, trust

REPORT = snapshot("zz-report", "ods", layout="trust_report") | {"period_start": None}
REGISTER = snapshot("aa-register", "ods", layout="compiled_organisations") | {"period_start": None}
RTT = snapshot("rtt", "rtt")
LONDON: Row = {"region_code": "Y56", "region": "London"}


def organisations(**raw: list[Row]) -> dict[object, dict[str, object]]:
    raw = {"snapshots": [REPORT, REGISTER, RTT], **raw}
    return by("org_code", run("marts.dim_organisation", **raw))


def registered(org: str, name: str, origin: Row = REPORT, **more: str) -> Row:
    usual: Row = {
        "org_code": org,
        "org_name": name,
        "kind": "trust",
        "opened_on": "2000-04-01",
        "source_id": "ods",
        "snapshot_id": origin["snapshot_id"],
    }
    return usual | more


def mentioned(org: str, name: str = "", month: str = "2024-04") -> Row:
    """A figure of the organisation: only those that are spoken of are listed."""
    return figure(RTT, "incomplete", "1", org, month, org_name=name)


def test_england_and_the_regions_are_always_there() -> None:
    found = organisations(reference_regions=[LONDON])
    assert {org: (row["org_name"], row["org_type"]) for org, row in found.items()} == {
        "ENG": ("England", "england"),
        "Y56": ("London", "region"),
    }
    assert found["Y56"]["region"] == "London"


def test_a_site_that_is_no_trust_is_left_out() -> None:
    site = registered("NT1", "NUFFIELD HEALTH") | {"kind": "RO157"}
    found = organisations(organisations=[site], figures=[mentioned("NT1")])
    assert "NT1" not in found


def test_a_trust_that_nothing_is_said_about_is_left_out() -> None:
    assert "RAA" not in organisations(organisations=[registered("RAA", "ALPHA NHS TRUST")])


def test_a_trust_is_named_as_people_write_it() -> None:
    name = "THE QUEEN ELIZABETH HOSPITAL, KING'S LYNN, NHS FOUNDATION TRUST"
    row = organisations(organisations=[registered("RCX", name)], figures=[mentioned("RCX")])["RCX"]
    assert row["org_name"] == "The Queen Elizabeth Hospital, King's Lynn, NHS Foundation Trust"
    assert row["short_name"] == "Queen Elizabeth Hospital, King's Lynn"


def test_the_latest_name_in_upper_and_lower_case_goes_before_the_register() -> None:
    row = organisations(
        organisations=[registered("RAA", "ALPHA NHS TRUST")],
        figures=[
            mentioned("RAA", "alpha McBride NHS Trust", "2024-03"),
            mentioned("RAA", "Alpha MacBride NHS Trust", "2024-04"),
            mentioned("RAA", "ALPHA MACBRIDE", "2024-05"),
        ],
    )["RAA"]
    assert row["org_name"] == "Alpha MacBride NHS Trust"


@pytest.mark.parametrize("newer", [REPORT, REGISTER])
def test_of_two_registers_the_one_that_knows_later_days_gives_the_name_and_system(
    newer: Row,
) -> None:
    older = REGISTER if newer is REPORT else REPORT
    row = organisations(
        organisations=[
            registered("RAA", "OLD NAME NHS TRUST", older, icb_code="QOLD"),
            registered("RAA", "NEW NAME NHS TRUST", newer, icb_code="ANEW"),
            registered("RBB", "ANOTHER", older, closed_on="2024-12-31"),
            registered("RBB", "ANOTHER", newer, closed_on="2026-06-30"),
        ],
        figures=[mentioned("RAA")],
    )["RAA"]
    assert (row["org_name"], row["icb_code"]) == ("New Name NHS Trust", "ANEW")


def test_a_report_that_was_replaced_no_longer_speaks() -> None:
    new = {**REPORT, "snapshot_id": "aa-report", "retrieved_at": "2026-11-01T00:00:00"}
    row = organisations(
        snapshots=[REPORT, new, RTT],
        organisations=[
            registered("RAA", "OLD NHS TRUST", closed_on="2030-01-01"),
            registered("RAA", "NEW NHS TRUST", new),
        ],
        figures=[mentioned("RAA")],
    )["RAA"]
    assert (row["org_name"], row["closed_on"]) == ("New NHS Trust", None)


def test_a_trust_in_no_register_is_named_by_the_table_of_types() -> None:
    row = organisations(
        reference_org_types=[trust("TAD", "mental_health", org_name="Bradford District NHS FT")],
        figures=[mentioned("TAD")],
    )["TAD"]
    assert (row["org_name"], row["org_type"]) == ("Bradford District NHS FT", "mental_health")
    assert row["org_type_source"] == "x"


MOVE: Row = {"predecessor_code": "RAA", "successor_code": "RBB", "happened_on": "2020-10-01"}
BOTH = [
    registered("RAA", "ALPHA NHS TRUST", closed_on="2020-09-30"),
    registered("RBB", "BETA NHS TRUST", region_code="Y56", icb_code="QAA"),
    registered("RCC", "GAMMA NHS TRUST"),
]
SPOKEN_OF = [mentioned("RAA"), mentioned("RBB"), mentioned("RCC")]


def moved(*moves: Row, stated: list[Row] | None = None) -> dict[str, object]:
    return organisations(
        organisations=BOTH,
        figures=SPOKEN_OF,
        successions=list(moves),
        reference_org_changes=stated or [],
        reference_regions=[LONDON],
    )["RAA"]


def test_a_closed_trust_names_its_one_successor_and_takes_its_region_and_system() -> None:
    row = moved(MOVE)
    assert [row[name] for name in ("successor_code", "region", "icb_code")] == [
        "RBB",
        "London",
        "QAA",
    ]


def test_a_trust_that_was_split_has_no_successor() -> None:
    row = moved(MOVE, MOVE | {"successor_code": "RCC"})
    assert [row[name] for name in ("successor_code", "region")] == [None, None]


def test_of_moves_at_different_times_the_last_counts() -> None:
    earlier = MOVE | {"successor_code": "RCC", "happened_on": "2010-04-01"}
    assert moved(MOVE, earlier)["successor_code"] == "RBB"


def test_a_change_known_to_the_reference_data_alone_counts() -> None:
    stated: Row = {"predecessor_code": "RAA", "successor_code": "RBB", "date": "2020-10-01"}
    assert moved(stated=[stated])["successor_code"] == "RBB"


def test_a_renaming_is_no_succession() -> None:
    assert moved(MOVE | {"successor_code": "RAA"})["successor_code"] is None


def membership(org: str, valid_from: str, **more: str) -> Row:
    usual: Row = {"org_code": org, "valid_from": valid_from, "icb_code": "", "region_name": ""}
    return usual | more


def test_the_latest_stated_membership_goes_before_the_one_by_postcode() -> None:
    row = organisations(
        organisations=[registered("RAA", "ALPHA NHS TRUST", region_code="Y56", icb_code="QPOST")],
        figures=[mentioned("RAA")],
        reference_regions=[LONDON],
        icb_memberships=[
            membership("RAA", "2022-07-01", icb_code="QONE", region_name="NORTH WEST"),
            membership("RAA", "2024-04-01", icb_code="QTWO"),
        ],
    )["RAA"]
    assert (row["icb_code"], row["region"]) == ("QTWO", "North West")


def test_an_ambulance_service_belongs_to_no_single_system() -> None:
    row = organisations(
        organisations=[registered("RX6", "NORTH EAST AMBULANCE SERVICE", icb_code="QHM")],
        reference_org_types=[trust("RX6", "ambulance")],
        figures=[mentioned("RX6")],
    )["RX6"]
    assert (row["org_type"], row["icb_code"]) == ("ambulance", None)


def board(code: str, name: str, opened: str = "2017-04-01", closed: str = "") -> Row:
    return {"icb_code": code, "icb_name": name, "opened_on": opened, "closed_on": closed}


def test_a_board_lies_in_the_region_of_most_of_its_trusts_and_began_in_july_2022() -> None:
    members = [
        membership("R01", "2022-07-01", icb_code="QNC", region_name="MIDLANDS"),
        membership("R02", "2022-07-01", icb_code="QNC", region_name="MIDLANDS"),
        membership("R03", "2022-07-01", icb_code="QNC", region_name="NORTH WEST"),
    ]
    name = "NHS STAFFORDSHIRE AND STOKE-ON-TRENT INTEGRATED CARE BOARD"
    row = organisations(icbs=[board("QNC", name)], icb_memberships=members)["QNC"]
    assert row["org_name"] == row["icb_name"] == "Staffordshire and Stoke-on-Trent ICB"
    assert [row[key] for key in ("org_type", "org_type_source", "region", "icb_code")] == [
        "icb",
        "ODS",
        "Midlands",
        "QNC",
    ]
    assert f"{row['opened_on']:%Y-%m-%d}" == "2022-07-01"


def test_of_a_board_filed_elsewhere_for_a_while_the_last_file_counts() -> None:
    """A&E workbooks of three years put Gloucestershire in the South East; later ones do not."""
    stated = [
        *(
            membership("R01", f"2025-0{n}-01", icb_code="QR1", region_name="SOUTH EAST")
            for n in (1, 2)
        ),
        membership("R01", "2025-03-01", icb_code="QR1", region_name="SOUTH WEST"),
    ]
    boards = [board("QR1", "NHS GLOUCESTERSHIRE INTEGRATED CARE BOARD")]
    found = organisations(icbs=boards, icb_memberships=stated)
    assert found["QR1"]["region"] == "South West"


def test_a_later_board_keeps_its_own_days() -> None:
    row = organisations(icbs=[board("D7T5G", "NHS ESSEX ICB", "2026-04-01", "2030-03-31")])["D7T5G"]
    assert [f"{row[key]:%Y-%m-%d}" for key in ("opened_on", "closed_on")] == [
        "2026-04-01",
        "2030-03-31",
    ]


def test_a_trust_carries_the_name_of_its_board() -> None:
    row = organisations(
        organisations=[registered("RAA", "ALPHA NHS TRUST", icb_code="QNC")],
        figures=[mentioned("RAA")],
        icbs=[board("QNC", "NHS ESSEX INTEGRATED CARE BOARD")],
    )["RAA"]
    assert row["icb_name"] == "Essex ICB"


def test_a_trust_known_from_a_spell_alone_is_listed_with_the_region_of_the_register() -> None:
    spell: Row = {
        "spell_id": "qsm-RAA-1",
        "org_code": "RAA",
        "org_type": "acute",
        "org_name_at_time": "Alpha at the Time NHS Trust",
        "region": "East",
    }
    row = organisations(
        reference_programme_spells=[spell], reference_org_types=[trust("RAA", org_name="")]
    )["RAA"]
    assert (row["org_name"], row["region"]) == ("Alpha at the Time NHS Trust", "East of England")
