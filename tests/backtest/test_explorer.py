"""The Explorer's figures on the real warehouse, counted again another way: in SQL, from the marts alone."""

from datetime import date

import pandas as pd
import pytest

from indicators.aligned_scale import scaled
from indicators.changes import first_exposed, means_by_organisation, peers_change, windows_since
from indicators.comparators import comparator_pool
from sql.reads import read

SHREWSBURY = "RXW"


CHANGES = """
with never as (
    -- Open acute trusts without a spell, and not what one with a spell has passed into.
    select org_code from marts.dim_organisation
    where org_type = 'acute' and closed_on is null
        and org_code not in (select org_code from marts.fct_programme_spell)
        and org_code not in (
            select current_code from marts.dim_lineage
            where org_code in (select org_code from marts.fct_programme_spell)
        )
),
sides as (
    select org_code,
        avg(value) filter (period_start between '2021-04-01' and '2021-06-01') as before,
        avg(value) filter (period_start between '2026-03-01' and '2026-05-01') as now,
        count(value) filter (period_start between '2021-04-01' and '2021-06-01'
            or period_start between '2026-03-01' and '2026-05-01') as months
    from marts.fct_indicator where indicator_id = 'ae_4h_all' group by 1
)
select max(now - before) filter (org_code = 'RXW'),
    median(now - before) filter (org_code in (select org_code from never)),
    count(*) filter (org_code in (select org_code from never))
from sides where months = 6
"""


def test_a_change_since_entry_is_that_between_two_means_of_three_months(marts) -> None:
    """Shrewsbury and Telford entered the RSP in July 2021: April to June 2021, March to May 2026."""
    values = read(marts, "lineage_values", indicator="ae_4h_all", lineage="as_was")
    wide = values.pivot_table(index="org_code", columns="period_start", values="value")
    windows = windows_since(date(2021, 7, 1), date(2026, 5, 1), 1)
    assert windows is not None
    found = means_by_organisation(wide, windows)["change"]
    spells = read(marts, "spells")
    pool = comparator_pool(read(marts, "organisations"), set(spells["org_code"].dropna()))
    peers = peers_change(found, set(pool.loc[pool["org_type"] == "acute", "org_code"]))
    own, median, number = marts.cursor().execute(CHANGES).fetchone()
    assert peers is not None
    assert found[SHREWSBURY] == pytest.approx(own)
    assert (peers.median, peers.number) == (pytest.approx(median), number)
    assert (round(own, 1), round(median, 1)) == (-18.2, -8.2)


def test_the_first_month_exposed_is_that_of_the_aligned_view(marts) -> None:
    rows = read(marts, "aligned_series", indicator="rtt_18w", programmes=["rsp", "qsm", "fsm"])
    zero = rows[rows["event"] == "entry"].groupby("spell_id")["month_zero"].first()
    spells = read(marts, "spells").set_index("spell_id").loc[zero.index]
    assert len(zero) > 20
    exposed = pd.to_datetime(spells["entered_on"].map(first_exposed))
    assert (exposed == zero).all()


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
        "org_code not in (select org_code from marts.fct_programme_spell) and org_code not in "
        # These took over a trust that had a spell.
        "('RA7', 'RGN', 'RNN', 'RTG')"
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
