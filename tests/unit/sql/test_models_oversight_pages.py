"""Statements of pages: kept as written, countable, with a code only where one name is one organisation."""

import pytest

from tests.unit.sql.models import Row, run, trust


def statement(name: str, **more: str) -> Row:
    return {
        "page": "england.nhs.uk/x",
        "captured_at": "2024-04-12T09:30:00",
        "stated_on": "",
        "org_name": name,
        "org_code": "",
        "segment": "4",
        "programme": "",
        "row_text": name,
        "source_id": "oversight_pages",
        "snapshot_id": "page",
    } | more


NAMES = [
    trust("RAA", org_name="Alpha Hospitals NHS Trust"),
    trust("RBB", org_name="Twice NHS Trust"),
    trust("RCC", org_name="Twice NHS Trust"),
]
ICB: Row = {"icb_code": "QOC", "icb_name": "NHS Gamma Integrated Care Board"}


def codes(*rows: Row) -> list[str | None]:
    found = run(
        "marts.fct_page_statement",
        page_statements=list(rows),
        reference_org_types=NAMES,
        icbs=[ICB],
    )
    return [None if code != code else code for code in found["org_code"].astype(object)]


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("Alpha Hospitals NHS Trust", "RAA"),
        ("ALPHA  HOSPITALS NHS TRUST", "RAA"),
        ("NHS Gamma Integrated Care Board", "QOC"),
        ("Alpha Hospitals", None),
        ("Alpha Hospitals NHS Trust (entered July 2021)", None),
        ("Twice NHS Trust", None),
    ],
)
def test_a_name_is_an_organisation_only_if_it_is_exactly_its_and_no_other(name, code):
    assert codes(statement(name)) == [code]


def test_a_code_the_page_prints_is_kept():
    assert codes(statement("Alpha Hospitals NHS Trust", org_code="RZZ")) == ["RZZ"]


def test_statements_can_be_counted_by_page_and_capture():
    rows = [statement("A NHS Trust"), statement("B NHS Trust", segment="", programme="rsp")]
    rows += [rows[0], rows[0] | {"captured_at": "2024-05-12T09:30:00"}]
    found = run("marts.fct_page_statement", page_statements=rows)
    counts = found.groupby("captured_at")["org_name"].nunique()
    assert counts.tolist() == [2, 1]
    assert found["segment"].dropna().tolist() == [4, 4]
    assert found["programme"].dropna().tolist() == ["rsp"]
