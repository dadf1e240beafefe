"""Every fact of the public register is in the marts, row by row, with its source and its interval."""

import calendar
import re
from datetime import date
from pathlib import Path

import pandas as pd
import pytest

pytestmark = pytest.mark.published


def rows_of(register: Path, name: str) -> list[dict[str, str]]:
    frame = pd.read_csv(register / f"{name}.csv", dtype=str, keep_default_na=False)
    return [{str(key): value for key, value in row.items()} for row in frame.to_dict("records")]


def days(written: str) -> tuple[date, date] | None:
    """First and last day of a shortened date, worked out apart from the warehouse's SQL."""
    found = re.match(r"(\d{4})(?:-Q([1-4])|-(\d\d)(?:-(\d\d))?)?", written)
    if found is None:
        return None
    year, quarter, month, day = (part and int(part) for part in found.groups())
    if day:
        return date(year, month, day), date(year, month, day)
    first, last = (month, month) if month else (1, 12)
    if quarter:
        first, last = 3 * quarter - 2, 3 * quarter
    return date(year, first, 1), date(year, last, calendar.monthrange(year, last)[1])


@pytest.fixture(scope="module")
def facts(marts) -> pd.DataFrame:
    return marts.cursor().execute("from marts.fct_ledger").df().set_index("fact_id")


def found(facts: pd.DataFrame, when: str, sources: str, **is_: object) -> pd.DataFrame:
    """Facts with these values, this interval and these sources."""
    chosen = facts
    for name, value in is_.items():
        chosen = chosen[chosen[name].isna() if value is None else chosen[name] == value]
    expected = [url for url in sources.split(" ; ") if url]
    is_sourced = [set(expected) <= {*urls} for urls in chosen["source_urls"]]
    chosen = chosen[pd.Series(is_sourced, index=chosen.index, dtype=bool)]
    interval = days(when)
    if interval is None:
        return chosen[chosen["best"].isna() & chosen["reason"].notna()]
    first, last = map(pd.Timestamp, interval)
    inside = chosen["best"].between(first, last)
    return chosen[(chosen["earliest"] == first) & (chosen["latest"] == last) & inside]


@pytest.mark.parametrize("name", ["rsp_register", "special_measures"])
def test_entries_and_exits(register, facts, name: str) -> None:
    for number, row in enumerate(rows_of(register, name), start=1):
        origin = {"org_code": row["org_code"], "register_row": f"{name}.csv:{number}"}
        if regime := row.get("regime"):
            origin["programme"] = regime.lower()
        entry = found(facts, row["entry_date"], row["source_url"], kind="entered", **origin)
        assert len(entry) == 1, row
        assert entry["written"].iloc[0] == row["entry_date"] or not row["entry_date"]
        exits = found(facts, row["exit_date"], row["source_url"], kind="left", **origin)
        assert len(exits) == (1 if row["exit_date"] else len(exits)), row
        # Solent alone ended, on no date that the register gives.
        assert row["exit_date"] or len(exits) == (row["org_code"] == "R1C")


def test_last_sightings(register, facts) -> None:
    for row in rows_of(register, "rsp_last_known_in"):
        seen = found(
            facts,
            row["last_known_in"],
            row["source_url"],
            kind="last_known_in",
            org_code=row["org_code"],
            precision=row["precision"],
            reason=row["note"],
        )
        assert len(seen) == 1, row


def test_segments(register, facts) -> None:
    stated = facts[facts["kind"] == "segment"]
    assert len(stated) == 339
    for row in rows_of(register, "segment_snapshots"):
        same = stated[
            (stated["org_code"] == row["org_code"])
            & (stated["written"] == row["snapshot_date"])
            & (stated["segment"] == int(row["segment"]))
            & (stated["source_urls"].map(" ; ".join) == row["source_url"])
        ]
        assert len(same) == 1, row
        (fact,) = same.itertuples()
        assert row["framework"] in fact.says
        # A release speaks of its quarter; any other statement of its own date, within its framework.
        interval = days(row["snapshot_date"])
        quarter = re.search(r"(\d{4})/\d\d Q([1-4])", row["framework"])
        if quarter:
            year, number = int(quarter[1]), int(quarter[2]) + 1
            interval = days(f"{year + (number > 4)}-Q{(number - 1) % 4 + 1}")
        assert interval is not None
        assert interval[0] <= fact.earliest.date() <= fact.latest.date() <= interval[1]


def test_published_counts(register, facts) -> None:
    for row in rows_of(register, "segment_counts"):
        counted = found(facts, row["date"], row["source_url"], kind="count", org_code=None)
        ending = f"{row['level']} in {row['segment']}: {row['count']}."
        assert counted["says"].str.endswith(ending).sum() == 1, row


def test_exit_targets(register, facts, marts) -> None:
    kept = marts.cursor().execute("from marts.dim_exit_target").df().set_index("org_code")
    for row in rows_of(register, "exit_targets"):
        for target in filter(None, (row["target_exit"], row["revised_target"])):
            announced = found(
                facts,
                target,
                row["source_url"],
                kind="announced_target",
                org_code=row["org_code"],
                written=target,
            )
            assert len(announced) == 1, row
        actual = days(row["actual_exit"])
        bounds = kept.loc[row["org_code"], ["actual_earliest", "actual_latest"]]
        assert actual == tuple(day.date() for day in bounds) if actual else bounds.isna().all()
        assert (kept.loc[row["org_code"], "note"] or "") == row["note"] or not row["note"]


def test_actual_exits_of_the_targets_are_those_of_the_spells(marts) -> None:
    query = (
        "select count(*) from marts.dim_exit_target as targets anti join marts.fct_programme_spell "
        "as spells on targets.org_code = spells.org_code and spells.programme = 'rsp' "
        "and targets.actual_written is not distinct from spells.left_written"
    )
    assert marts.cursor().execute(query).fetchone() == (0,)


def test_ratings(register, facts) -> None:
    for row in rows_of(register, "cqc_ratings"):
        rated = found(facts, row["date"], row["source_url"], kind="rated", org_code=row["org_code"])
        overall = f"Overall {row['overall'].lower()}" if row["overall"] else ""
        well_led = f"ell led {row['well_led'].lower()}" if row["well_led"] else ""
        says = [words for words in rated["says"] if overall in words and well_led in words]
        assert len(says) == 1, row


def test_changes_of_organisations(register, facts) -> None:
    for row in rows_of(register, "org_changes"):
        code = row["predecessor_code"] or None
        changed = found(facts, row["date"], row["source_url"], kind="changed", org_code=code)
        words = f"{row['change_type']}: {row['predecessor_name']} to {row['successor_name']}."
        assert (changed["says"] == words).sum() == 1, row


def test_metrics_of_the_frameworks(register, marts) -> None:
    kept = marts.cursor().execute("from marts.dim_framework_metric").fetchall()
    given = [
        tuple(
            row[name] or None
            for name in ("framework", "code", "metric", "theme", "level", "source_url", "note")
        )
        for row in rows_of(register, "oversight_metrics")
    ]
    assert sorted(kept, key=str) == sorted(given, key=str)


def test_scores_of_the_third_quarter(register, marts) -> None:
    kept = marts.cursor().execute("from marts.fct_framework_score").df().set_index("org_code")
    names = {
        "segment": "segment",
        "rank_in_type": "rank_in_type",
        "avg_score": "average_score",
        "dom_access": "segment_access",
        "dom_eff": "segment_effectiveness",
        "dom_fin": "segment_finance",
        "dom_safety": "segment_safety",
        "dom_people": "segment_people",
    }
    given = rows_of(register, "nof_2025_26_q3_detail")
    assert len(given) == len(kept) == 150
    for row in given:
        for theirs, ours in names.items():
            value = kept.loc[row["org_code"], ours]
            assert (pd.isna(value) and not row[theirs]) or float(value) == float(row[theirs])
        assert kept.loc[row["org_code"], "source_url"] == row["source_url"]


def test_every_fact_was_known_on_the_day_the_register_was_read(facts) -> None:
    assert (facts["known_latest"] <= facts["retrieved_on"]).all()
    assert (facts["retrieved_on"] == pd.Timestamp("2026-11-22")).all()
    assert facts.index.is_unique
