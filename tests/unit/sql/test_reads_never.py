"""Who can stand for an organisation that entered: rows made for the purpose."""

from tests.unit.sql.ledger import ERAS
from tests.unit.sql.models import answer, trust
from tests.unit.sql.test_reads_aligned import NEVER, calls, made
from tests.unit.sql.test_reads_candidates import segment


def never(org: str) -> list[str]:
    """RAA entered in May 2022, RB1 to RB5 never did, all acute; RMM is of another type."""
    rows = made()
    rows["figures"] = rows["figures"] + calls("RMM", [1.0], ["2022-01"])
    rows["reference_org_types"] = [*rows["reference_org_types"], trust("RMM", "mental_health")]
    return list(answer("never_in_programme", {"org": org}, **rows)["org_code"])


def test_organisations_of_its_type_that_never_entered() -> None:
    assert never("RAA") == list(NEVER)


def test_one_that_never_entered_does_not_stand_for_itself() -> None:
    assert never("RB2") == ["RB1", "RB3", "RB4", "RB5"]
    assert never("RMM") == []


def test_the_segments_they_were_ever_in() -> None:
    """RB2 was in 3 only, RB3 in 3 and later in 4, RB4 in 5 of another era; RAA entered and is left out."""
    rows = made()
    rows["reference_framework_eras"] = ERAS
    rows["reference_segment_snapshots"] = [
        segment("RB2", "2022-08-10", "3"),
        segment("RB3", "2022-08-10", "3"),
        segment("RB3", "2024-08-10", "4"),
        segment("RB4", "2025-09-10", "5", "R2"),
        segment("RAA", "2022-08-10", "3"),
    ]
    found = answer("never_by_segment", {}, **rows).set_index("org_code")
    assert list(found.index) == list(NEVER)
    assert list(found.index[found["was_in_three"]]) == ["RB2", "RB3"]
    assert list(found.index[found["was_in_four"]]) == ["RB3", "RB4"]
    assert set(found["org_type"]) == {"acute"}
