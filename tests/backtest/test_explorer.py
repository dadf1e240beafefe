"""The Explorer's figures on the real warehouse, counted again another way: in SQL, from the marts alone."""

import pandas as pd
import pytest

from indicators.aligned_scale import scaled
from indicators.since_entry import changes_since_entry, first_exposed
from sql.reads import read

SHREWSBURY = "RXW"


def figures(marts, month: str) -> dict[str, float]:
    """Four-hour performance in one month: of Shrewsbury and Telford, and the median of acute trusts."""
    query = (
        "select max(value) filter (org_code = 'RXW'), median(value) from marts.fct_indicator "
        "join marts.dim_organisation using (org_code) where indicator_id = 'ae_4h_all' "
        "and org_type = 'acute' and value is not null and period_start = ?"
    )
    own, median = marts.cursor().execute(query, [month]).fetchone()
    return {"own": own, "median": median}


def test_a_change_since_entry_is_that_between_two_published_months(marts) -> None:
    """Shrewsbury and Telford entered the RSP in July 2021: June 2021 and May 2026."""
    spells = read(marts, "spells")
    mine = spells[(spells["org_code"] == SHREWSBURY) & (spells["programme"] == "rsp")]
    entry = mine.assign(month_zero=first_exposed(mine), org_type="acute")
    values = read(marts, "series", indicator="ae_4h_all", orgs=[SHREWSBURY])
    peers = read(marts, "indicator_peers", indicator="ae_4h_all", by_region=False)
    entry = entry[["org_code", "org_type", "month_zero"]]
    (row,) = changes_since_entry(values, entry, peers).itertuples()
    before, last = figures(marts, "2021-06-01"), figures(marts, "2026-05-01")
    assert (f"{row.before_on:%Y-%m}", f"{row.last_on:%Y-%m}") == ("2021-06", "2026-05")
    assert row.change == pytest.approx(last["own"] - before["own"])
    assert row.peers_change == pytest.approx(last["median"] - before["median"])
    assert (round(row.change, 1), round(row.peers_change, 1)) == (-15.4, -6.8)


def test_the_first_month_exposed_is_that_of_the_aligned_view(marts) -> None:
    rows = read(marts, "aligned_series", indicator="rtt_18w", programmes=["rsp", "qsm", "fsm"])
    zero = rows[rows["event"] == "entry"].groupby("spell_id")["month_zero"].first()
    spells = read(marts, "spells").set_index("spell_id").loc[zero.index]
    assert len(zero) > 20
    assert (first_exposed(spells) == zero).all()


def test_scales_agree_with_the_marts(marts) -> None:
    """One month of one spell: its own year before July 2021, and the acute trusts never in a programme."""
    rows = read(marts, "aligned_series", indicator="ae_4h_all", programmes=["rsp"])
    mine = rows[(rows["org_code"] == SHREWSBURY) & (rows["event"] == "entry")]
    run = marts.cursor().execute
    (mean,) = run(
        "select avg(value) from marts.fct_indicator where indicator_id = 'ae_4h_all' and "
        "org_code = 'RXW' and period_start between '2020-07-01' and '2021-06-01'"
    ).fetchone()
    (never,) = run(
        "select median(value) from marts.fct_indicator join marts.dim_organisation using (org_code) "
        "where indicator_id = 'ae_4h_all' and org_type = 'acute' and period_start = '2022-07-01' and "
        "org_code not in (select org_code from marts.fct_programme_spell)"
    ).fetchone()
    year_on = mine["period_start"] == pd.Timestamp("2022-07-01")
    assert mine.loc[year_on, "month"].tolist() == [12]
    raw = mine.loc[year_on, "value"].item()
    assert scaled(mine, "percent")[year_on]["value"].item() == pytest.approx(100 * raw / mean)
    assert scaled(mine, "difference")[year_on]["value"].item() == pytest.approx(raw - never)


def test_peers_of_a_region_add_up_to_those_of_the_type(marts) -> None:
    whole = read(marts, "indicator_peers", indicator="rtt_18w", by_region=False)
    parts = read(marts, "indicator_peers", indicator="rtt_18w", by_region=True)
    keys = ["org_type", "period_start"]
    counted = parts.groupby(keys, dropna=False)["n"].sum()
    assert (whole.set_index(keys)["n"].sort_index() == counted.sort_index()).all()
