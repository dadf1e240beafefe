"""Every source that a reference table cites is a document, found again by another reading of the tables."""

import re
from pathlib import Path

import pandas as pd
import pytest

REFERENCE = Path(__file__).resolve().parents[2] / "data_sources" / "reference"
CITING = ("source_url", "source_urls", "last_known_in_source")
# Sources of these are ids of publications we read, or say how a type was found.
NOT_CITING = {"crosschecks", "org_types"}


@pytest.fixture(scope="module")
def documents(marts) -> pd.DataFrame:
    return marts.cursor().execute("from marts.dim_document").df()


@pytest.fixture(scope="module")
def tables() -> dict[str, pd.DataFrame]:
    return {
        path.stem: pd.read_csv(path, dtype=str, keep_default_na=False)
        for path in REFERENCE.glob("*.csv")
    }


def bare(address: str) -> str:
    return re.sub(r"^https?://(www\.)?", "", address).rstrip("/")


def addresses(tables: dict[str, pd.DataFrame]) -> set[str]:
    cells = {cell for table in tables.values() for column in table for cell in table[column]}
    found = {word for cell in cells for word in re.findall(r"https?://[^\s()]+", cell)}
    return {bare(address.rstrip(".,;")) for address in found}


def test_every_address_in_any_cell_of_a_reference_table_is_a_document_and_no_other_is(
    documents, tables
) -> None:
    known = documents["url"].dropna().map(bare)
    assert known.is_unique
    assert set(known) == addresses(tables)


def test_every_source_named_without_an_address_is_a_document(documents, tables) -> None:
    cited = {
        part.strip()
        for name, table in tables.items()
        if name not in NOT_CITING
        for column in CITING
        if column in table
        for cell in table[column]
        for part in cell.split(" ; ")
        if part.strip() and "http" not in part
    }
    names = {part.removeprefix("secondary: ").partition(" (")[0] for part in cited}
    assert names == set(documents.loc[documents["url"].isna(), "name"])
    assert len(names) == 11


def test_every_citation_leads_to_a_fact_about_its_organisation(marts, tables) -> None:
    found = marts.cursor().execute("from marts.fct_document_fact").df()
    spells = found[found["fact_kind"] == "spell"].groupby("fact_id")["as_cited"].agg(set)
    for row in tables["programme_spells"].itertuples():
        assert spells[row.spell_id] == set(row.source_urls.split(" ; "))
    segments = found[found["fact_kind"] == "segment"]
    assert set(zip(segments["org_code"], segments["as_cited"], strict=True)) == {
        (row.org_code, part)
        for row in tables["segment_snapshots"].itertuples()
        for part in row.source_url.split(" ; ")
    }
    assert found["fact"].notna().all()
    assert set(found["document_id"]) <= set(
        marts.cursor().execute("select document_id from marts.dim_document").df()["document_id"]
    )


def test_how_many_there_are_and_how_many_are_undated(documents) -> None:
    assert (len(documents), int(documents["dated_written"].isna().sum())) == (259, 191)
    assert documents["document_id"].is_unique
    assert documents["date_basis"].value_counts().to_dict() == {
        "address": 30,
        "spell_source": 16,
        "cqc_rating": 15,
        "stated": 7,
    }


def test_no_document_is_dated_after_the_tables_were_compiled_or_before_the_programmes(
    documents,
) -> None:
    dated = documents.dropna(subset="dated_earliest")
    assert dated["dated_earliest"].min() >= pd.Timestamp("2013-07-01")
    assert dated["dated_latest"].max() <= pd.Timestamp("2026-11-26")


READ_BY_EYE = {
    "england.nhs.uk/midlands/2022/03/16/": "2022-03-16",
    "england.nhs.uk/2018/11/": "2018-11",
    "bhrhospitals.nhs.uk/bhrut-weekly-update/1209-": "2025-09-12",
    "westhertshospitals.nhs.uk/newsandmedia/mediareleases/2018/january/": "2018-01",
    "hansard.parliament.uk/Commons/2024-03-26/": "2024-03-26",
    "itv.com/news/granada/2021-08-18/": "2021-08-18",
    "thelincolnite.co.uk/2018/09/": "2018-09-12",
    "lpft.nhs.uk/about-us/accessing-our-information/annual-reports-and-accounts/annual-report-2021-": None,
}


@pytest.mark.parametrize(("begins", "dated"), READ_BY_EYE.items())
def test_a_date_read_by_eye_in_an_address(documents, begins: str, dated: str | None) -> None:
    (found,) = documents.loc[
        documents["url"].fillna("").map(bare).str.startswith(begins), "dated_written"
    ]
    assert (None if pd.isna(found) else found) == dated
