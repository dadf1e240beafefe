"""Who can stand for an organisation that entered: rows made for the purpose."""

from tests.unit.sql.models import answer, trust
from tests.unit.sql.test_reads_aligned import NEVER, calls, made


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
