"""dim_icb_membership: which board an organisation belonged to, as far as dated files say."""

from tests.unit.sql.models import Row, run


def member(month: str, icb: str, org: str = "RAA", file: str = "a") -> Row:
    return {
        "org_code": org,
        "icb_code": icb,
        "valid_from": f"{month}-01",
        "source_id": "ae_monthly",
        "snapshot_id": file,
    }


def runs(*rows: Row) -> list[tuple[str, str, str, str]]:
    found = run("marts.dim_icb_membership", icb_memberships=list(rows))
    found = found.sort_values(["org_code", "first_stated"])
    return [
        (row.org_code, row.icb_code, f"{row.first_stated:%Y-%m}", f"{row.last_stated:%Y-%m}")
        for row in found.itertuples()
    ]


def test_months_that_say_the_same_are_one_run() -> None:
    rows = [member(month, "QAA") for month in ("2024-04", "2024-05", "2024-08")]
    assert runs(*rows) == [("RAA", "QAA", "2024-04", "2024-08")]


def test_a_change_ends_a_run_and_a_return_is_a_new_one() -> None:
    rows = [member("2024-04", "QAA"), member("2024-05", "QBB"), member("2024-06", "QAA")]
    assert runs(*rows) == [
        ("RAA", "QAA", "2024-04", "2024-04"),
        ("RAA", "QBB", "2024-05", "2024-05"),
        ("RAA", "QAA", "2024-06", "2024-06"),
    ]


def test_organisations_do_not_mix() -> None:
    rows = [member("2024-04", "QAA"), member("2024-05", "QBB", "RBB")]
    assert runs(*rows) == [
        ("RAA", "QAA", "2024-04", "2024-04"),
        ("RBB", "QBB", "2024-05", "2024-05"),
    ]


def test_a_statement_without_a_board_says_nothing() -> None:
    assert runs(member("2024-04", "QAA"), member("2024-05", "")) == [
        ("RAA", "QAA", "2024-04", "2024-04")
    ]
