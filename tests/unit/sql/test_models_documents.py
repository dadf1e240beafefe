"""Documents: one for each address or named publication, with kind and date only as far as they are told."""

from typing import Any

import pandas as pd
import pytest

from tests.unit.sql.models import Row, answer, run

PAPER = "https://www.paper.example/news/trust-leaves-special-measures-after-a-year"
PUBLISHERS: list[Row] = [
    {"address_begins": "paper.example", "publisher": "The Paper", "kind": "news"},
    {"address_begins": "cqc.example", "publisher": "CQC", "kind": "cqc_report"},
    {"address_begins": "big.example", "publisher": "Big", "kind": "nhs_england"},
    {"address_begins": "big.example/statistics", "publisher": "Big", "kind": "data"},
]
PROGRAMMES: list[Row] = [{"programme": "rsp", "short_name": "RSP"}]


def spell(number: int = 1, org: str = "RAA", **more: str) -> Row:
    usual: Row = {
        "spell_id": f"rsp-{org}-{number}",
        "org_code": org,
        "programme": "rsp",
        "source_urls": PAPER,
    }
    return usual | more


def segment(source: str, org: str = "RAA", stated: str = "2025-09-09") -> Row:
    return {
        "org_code": org,
        "segment": "4",
        "framework": "NOF",
        "snapshot_date": stated,
        "source_url": source,
    }


def rating(source: str, day: str = "2019-02-12", org: str = "RAA") -> Row:
    return {"org_code": org, "date": day, "overall": "Good", "source_url": source}


def made(**raw: list[Row]) -> dict[str, Any]:
    usual: dict[str, list[Row]] = {
        "reference_document_publishers": PUBLISHERS,
        "reference_programmes": PROGRAMMES,
    }
    return usual | {f"reference_{name}": rows for name, rows in raw.items()}


def documents(**raw: list[Row]) -> list[dict[str, Any]]:
    frame = run("marts.dim_document", **made(**raw)).sort_values("name")
    return frame.astype(object).where(frame.notna(), None).to_dict("records")


def facts(**raw: list[Row]) -> pd.DataFrame:
    return run("marts.fct_document_fact", **made(**raw))


def only(**raw: list[Row]) -> dict[str, Any]:
    (document,) = documents(**raw)
    return document


def test_a_document_cited_for_many_facts_is_one_document() -> None:
    raw: dict[str, list[Row]] = {
        "programme_spells": [spell(), spell(org="RBB"), spell(2, last_known_in_source=PAPER)],
        "segment_snapshots": [segment(PAPER)],
    }
    document = only(**raw)
    assert document["url"] == PAPER
    found = facts(**raw)
    assert set(found["document_id"]) == {document["document_id"]}
    assert sorted(zip(found["org_code"], found["fact_kind"], strict=True)) == [
        ("RAA", "last_known_in"),
        ("RAA", "segment"),
        ("RAA", "spell"),
        ("RAA", "spell"),
        ("RBB", "spell"),
    ]


@pytest.mark.parametrize(
    "other",
    [
        "http://www.paper.example/news/trust-leaves-special-measures-after-a-year",
        "https://paper.example/news/trust-leaves-special-measures-after-a-year/",
        f"{PAPER}#comments",
        f"{PAPER} (rank 3 of 134)",
        f"{PAPER}.",
    ],
)
def test_other_ways_to_write_an_address_are_the_same_document(other: str) -> None:
    both = only(segment_snapshots=[segment(PAPER), segment(other, "RBB")])
    assert both["document_id"] == only(segment_snapshots=[segment(other)])["document_id"]
    assert both["url"] == max(PAPER, other.split(" ")[0].rstrip("."))


@pytest.mark.parametrize(
    "other", [f"{PAPER}?page=2", f"{PAPER}-and-more", "https://paper.example/news"]
)
def test_another_page_is_another_document(other: str) -> None:
    assert len(documents(segment_snapshots=[segment(PAPER), segment(other, "RBB")])) == 2


def test_every_source_of_a_list_is_a_document_and_so_is_one_inside_brackets() -> None:
    source = (
        "https://paper.example/a (segment from rank, https://paper.example/b) ; "
        "https://paper.example/c_(d) ; public log (entry of June)"
    )
    found = documents(segment_snapshots=[segment(source)])
    assert [document["url"] for document in found] == [
        "https://paper.example/a",
        "https://paper.example/b",
        "https://paper.example/c_(d)",
        None,
    ]
    assert found[-1]["name"] == "public log"


def test_what_was_read_in_a_document_stays_with_the_fact() -> None:
    told = "https://paper.example/list (rank 3; segment inferred)"
    assert set(facts(segment_snapshots=[segment(told)])["as_cited"]) == {told}


def test_a_named_publication_is_known_from_the_hand_kept_table() -> None:
    row = segment("secondary: public log (entry of June)")
    kept: Row = {"name": "public log", "kind": "data", "dated": "2024"}
    unknown, known = only(segment_snapshots=[row]), only(segment_snapshots=[row], documents=[kept])
    assert (unknown["kind"], known["kind"]) == ("other", "data")
    assert known["document_id"] == unknown["document_id"]
    assert (known["url"], known["publisher"], known["dated_written"]) == (None, None, "2024")


@pytest.mark.parametrize(
    ("url", "kind"),
    [
        ("https://www.big.example/statistics/waits", "data"),
        ("https://big.example/statistics", "data"),
        ("https://big.example/statistics-explained", "nhs_england"),
        ("https://big.example", "nhs_england"),
        ("https://notbig.example/a", "other"),
        ("https://big.example.evil.example/a", "other"),
    ],
)
def test_the_longest_beginning_that_fits_tells_the_kind(url: str, kind: str) -> None:
    assert only(segment_snapshots=[segment(url)])["kind"] == kind


def test_a_site_that_no_row_names_is_told_by_its_host() -> None:
    assert (
        only(segment_snapshots=[segment("https://www.new.example/a/b")])["publisher"]
        == "new.example"
    )


@pytest.mark.parametrize(
    ("tail", "written", "first", "last", "precision"),
    [
        ("2022/03/16/a-trust", "2022-03-16", "2022-03-16", "2022-03-16", "day"),
        ("news/2025-09-09/a", "2025-09-09", "2025-09-09", "2025-09-09", "day"),
        ("1-update-24-may-2024-4547", "2024-05-24", "2024-05-24", "2024-05-24", "day"),
        ("2018/11/a-trust", "2018-11", "2018-11-01", "2018-11-30", "month"),
        ("media/2018/january/a.asp", "2018-01", "2018-01-01", "2018-01-31", "month"),
        ("annual-report-2021-22", None, None, None, None),
        ("accounts-2010-11-final", None, None, None, None),
        ("news/5309908", None, None, None, None),
        ("2021/02/30/a", "2021-02", "2021-02-01", "2021-02-28", "month"),
    ],
)
def test_a_date_in_the_address_is_the_date_and_no_more_exact(
    tail: str, written: str | None, first: str | None, last: str | None, precision: str | None
) -> None:
    found = only(segment_snapshots=[segment(f"https://paper.example/{tail}")])
    bounds = [
        found[name] and f"{found[name]:%Y-%m-%d}" for name in ("dated_earliest", "dated_latest")
    ]
    assert [found["dated_written"], *bounds, found["dated_precision"]] == [
        written,
        first,
        last,
        precision,
    ]
    assert found["date_basis"] == ("address" if written else None)


def test_the_date_of_a_spells_only_source_is_the_documents() -> None:
    found = only(programme_spells=[spell(source_date="2021-09")])
    assert (found["dated_written"], found["date_basis"]) == ("2021-09", "spell_source")


def test_of_several_sources_the_date_is_nobodys() -> None:
    two = spell(source_urls=f"{PAPER} ; https://paper.example/b", source_date="2021-09")
    assert {document["dated_written"] for document in documents(programme_spells=[two])} == {None}


@pytest.mark.parametrize(
    ("one", "other", "dated"),
    [("2021-09", "2021-09-23", "2021-09-23"), ("2021", "2022", None), ("2021-09", "", "2021-09")],
)
def test_spells_that_date_one_document_must_agree(one: str, other: str, dated: str | None) -> None:
    rows = [spell(source_date=one), spell(org="RBB", source_date=other)]
    assert only(programme_spells=rows)["dated_written"] == dated


@pytest.mark.parametrize(
    ("source_date", "dated", "basis"),
    [
        ("2018-09-12", "2018-09-12", "spell_source"),
        ("2018-10-12", "2018-09", "address"),
        ("2018", "2018-09", "address"),
    ],
)
def test_an_address_that_tells_the_month_leaves_the_day_to_the_spell(
    source_date: str, dated: str, basis: str
) -> None:
    row = spell(source_urls="https://paper.example/2018/09/a", source_date=source_date)
    found = only(programme_spells=[row])
    assert (found["dated_written"], found["date_basis"]) == (dated, basis)


def test_a_rating_dates_the_page_of_the_commission_itself_and_no_other() -> None:
    own, press = "https://cqc.example/releases/a", "https://paper.example/rated"
    dated = {
        document["url"]: (document["dated_written"], document["date_basis"])
        for document in documents(cqc_ratings=[rating(own), rating(press, org="RBB")])
    }
    assert dated == {own: ("2019-02-12", "cqc_rating"), press: (None, None)}


def test_a_page_with_ratings_of_two_days_is_undated() -> None:
    own = "https://cqc.example/provider/RAA"
    assert only(cqc_ratings=[rating(own), rating(own, "2021-01-01")])["dated_written"] is None


def test_the_hand_kept_date_kind_and_title_come_first() -> None:
    url = "https://paper.example/2022/03/16/a"
    kept: Row = {"url": url, "kind": "board_paper", "title": "Report", "dated": "2022-03-17"}
    found = only(segment_snapshots=[segment(url)], documents=[kept])
    assert (found["kind"], found["name"], found["has_title"]) == ("board_paper", "Report", True)
    assert (found["dated_written"], found["date_basis"]) == ("2022-03-17", "stated")
    assert found["publisher"] == "The Paper"


@pytest.mark.parametrize(
    ("url", "name"),
    [
        (PAPER, "paper.example: trust leaves special measures after a year"),
        (
            "https://cqc.example/provider/RWE/inspection-summary",
            "cqc.example: RWE / inspection summary",
        ),
        (
            "https://paper.example/trust-leaves-special-measures/7023602.article",
            "paper.example: trust leaves special measures",
        ),
        ("https://paper.example/st-george%E2%80%99s", "paper.example: st george’s"),
        ("https://paper.example/", "paper.example"),
    ],
)
def test_words_of_the_address_stand_for_a_title_that_is_not_known(url: str, name: str) -> None:
    found = only(segment_snapshots=[segment(url)])
    assert (found["name"], found["has_title"]) == (name, False)


def fact_of(**raw: list[Row]) -> str:
    (fact,) = facts(**raw)["fact"]
    return str(fact)


def test_facts_are_told_in_words_with_their_dates() -> None:
    known = spell(entered="2021-07", left="2022-04-25")
    assert fact_of(programme_spells=[known]) == "RSP: entered Jul 2021, left 25 April 2022"
    unknown = "RSP: entered (date not established), exit not established"
    assert fact_of(programme_spells=[spell()]) == unknown
    assert fact_of(segment_snapshots=[segment(PAPER)]) == "segment 4 (NOF), 9 September 2025"
    assert fact_of(cqc_ratings=[rating(PAPER, "2019")]) == "CQC: good overall, 2019"
    undated = rating(PAPER, "") | {"overall": "", "well_led": "Inadequate"}
    assert fact_of(cqc_ratings=[undated]) == "CQC: inadequate for well led, date not established"
    target: Row = {"org_code": "RAA", "target_exit": "2024-05", "target_stated": "2024-Q1"}
    row = target | {"source_url": PAPER}
    assert fact_of(exit_targets=[row]) == "announced exit: 2024-05, said Jan to Mar 2024"
    count: Row = {"date": "2024-12-05", "level": "providers", "segment": "4", "count": "20"}
    counted = count | {"source_url": PAPER}
    assert fact_of(segment_counts=[counted]) == "20 providers, segment 4, 5 December 2024"


def test_a_date_that_sources_disagree_on_is_a_fact_about_the_spells_organisation() -> None:
    alternative: Row = {
        "spell_id": "rsp-RAA-1",
        "field": "entered",
        "stated": "2014-09",
        "is_chosen": "no",
        "source_url": "https://paper.example/b",
    }
    found = facts(programme_spells=[spell()], date_alternatives=[alternative])
    (row,) = found[found["fact_kind"] == "date_alternative"].to_dict("records")
    assert (row["org_code"], row["fact_id"]) == ("RAA", "rsp-RAA-1")
    assert row["fact"] == "entry stated as Sep 2014 (kept beside the one used)"


@pytest.mark.parametrize(
    ("before", "after", "orgs"),
    [
        ("RAA", "RBB", ["RAA", "RBB"]),
        ("RAA", "RAA", ["RAA"]),
        ("RAA", "", ["RAA"]),
        ("", "", [None]),
    ],
)
def test_a_change_is_a_fact_about_each_body_whose_code_is_known(
    before: str, after: str, orgs: list[str | None]
) -> None:
    change: Row = {
        "predecessor_code": before,
        "successor_code": after,
        "predecessor_name": "A",
        "successor_name": "B",
        "change_type": "merger",
        "source_url": PAPER,
    }
    found = facts(org_changes=[change])["org_code"]
    assert [None if pd.isna(org) else org for org in found.sort_values()] == orgs


def test_a_type_that_rests_on_a_file_is_no_citation() -> None:
    rows: list[Row] = [
        {"org_code": "RAA", "org_type": "acute", "source_detail": "Acute - Large"},
        {"org_code": "RBB", "org_type": "mental_health", "source_detail": PAPER},
    ]
    assert facts(org_types=rows)["org_code"].tolist() == ["RBB"]
    assert fact_of(org_types=rows) == "type of organisation: mental health"


def test_a_row_without_a_source_cites_nothing() -> None:
    assert documents(segment_snapshots=[segment("")]) == []


def asked(**raw: list[Row]) -> list[dict[str, Any]]:
    frame = answer("documents", {}, **made(**raw))
    return frame.astype(object).where(frame.notna(), None).to_dict("records")


def test_the_page_gets_a_row_per_document_and_organisation_newest_first_undated_last() -> None:
    old = "https://paper.example/2019/01/02/old"
    new = "https://paper.example/2020/01/02/new"
    rows = asked(
        segment_snapshots=[
            segment(PAPER, "RAA"),
            segment(old, "RBB", "2019"),
            segment(old, "RBB", "2018"),
            segment(old, "RAA", "2018"),
            segment(new, "RAA", "2020"),
        ],
        documents=[
            {"url": "https://big.example/note", "kind": "evaluation", "org_code": "RCC"},
            {"url": "https://big.example/other", "kind": "evaluation"},
        ],
    )
    assert [(row["url"], row["org_code"], row["supports"]) for row in rows] == [
        (new, "RAA", "segment 4 (NOF), 2020"),
        (old, "RAA", "segment 4 (NOF), 2018"),
        (old, "RBB", "segment 4 (NOF), 2018; segment 4 (NOF), 2019"),
        ("https://big.example/note", "RCC", None),
        ("https://big.example/other", None, None),
        (PAPER, "RAA", "segment 4 (NOF), 9 September 2025"),
    ]
