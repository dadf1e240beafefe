"""Made rows of the ledger: programmes, eras, spells, segment statements and published counts."""

from tests.unit.sql.models import Row, trust

PROGRAMMES: list[Row] = [
    {"programme": programme, "started": started, "ended": ended}
    for programme, started, ended in (
        ("qsm", "2013-07", "2021-07"),
        ("fsm", "2016-07", "2021-07"),
        ("rsp", "2021-07", ""),
    )
]

ERAS: list[Row] = [
    {
        "era_id": era_id,
        "short_name": era_id,
        "starts_on": starts_on,
        "ends_on": ends_on,
        "lowest_segment": "1",
        "highest_segment": highest,
        "intensive_support": support,
    }
    for era_id, starts_on, ends_on, highest, support in (
        ("R0", "2016-10", "2021-07", "4", "qsm; fsm"),
        ("R1", "2021-07", "2025-06-26", "4", "rsp"),
        ("R2", "2025-06-26", "", "5", "rsp; pip; irp"),
    )
]

TRUSTS: list[Row] = [trust("RAA"), trust("RBB"), trust("RCC")]


def spell(spell_id: str = "rsp-RAA-1", **more: str) -> Row:
    """A spell without dates, of the programme and organisation that its identifier names."""
    programme, org, _ = spell_id.split("-")
    usual: Row = {
        "spell_id": spell_id,
        "org_code": org,
        "org_type": "icb" if org.startswith("Q") else "acute",
        "programme": programme,
        "left_kind": "left_unspecified" if more.get("left") else "not_established",
        "confidence": "high",
        "source_urls": "https://a.example/spell",
    }
    return usual | more


def statement(stated: str, segment: int, org: str = "RAA", **more: str) -> Row:
    """A segment stated for a day, month, quarter or year of the 2021/22 and 2022/23 frameworks."""
    usual: Row = {
        "org_code": org,
        "snapshot_date": stated,
        "framework": "NOF 2022/23",
        "era_id": "R1",
        "segment": str(segment),
        "source_url": f"https://a.example/{stated}",
    }
    return usual | more


def count(day: str, **more: str) -> Row:
    """A published count of trusts in segment 4."""
    usual: Row = {
        "date": day,
        "framework": "NOF 2022/23",
        "level": "trusts",
        "segment": "4",
        "count": "2",
        "source_url": "https://a.example/count",
    }
    return usual | more


def ledger(
    *spells: Row, statements: tuple[Row, ...] = (), counts: tuple[Row, ...] = ()
) -> dict[str, list[Row]]:
    """Everything a model of the ledger is made of, with these spells, statements and counts."""
    return {
        "reference_programmes": PROGRAMMES,
        "reference_framework_eras": ERAS,
        "reference_org_types": TRUSTS,
        "reference_programme_spells": list(spells),
        "reference_segment_snapshots": list(statements),
        "reference_segment_counts": list(counts),
    }
