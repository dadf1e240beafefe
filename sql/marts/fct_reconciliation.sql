-- One row per file in force, period and measure for which the file prints its own England figure:
-- what it prints, what its providers add up to, and whether the two agree within 0.1 percent. Published files
-- only: a compiled table may hold an England row but not every provider.
with in_force as (
    select stg_figures.*
    from staging.stg_figures
    inner join intermediate.int_snapshots__current using (snapshot_id)
    where int_snapshots__current.superseded_by is null and int_snapshots__current.kind = 'published'
),

published as (
    select
        source_id,
        snapshot_id,
        period_start,
        measure,
        amount
    from in_force
    where level = 'england' and amount is not null
),

computed as (
    select
        snapshot_id,
        period_start,
        measure,
        sum(amount) as amount,
        count(amount) as organisations
    from in_force
    where level = 'provider'
    group by snapshot_id, period_start, measure
)

select
    published.source_id,
    published.snapshot_id,
    published.period_start,
    published.measure,
    published.amount as published,
    computed.amount as computed,
    computed.amount - published.amount as difference,
    -- A total whose every part is missing agrees with nothing.
    coalesce(
        abs(computed.amount - published.amount) <= 0.001 * abs(published.amount), false
    ) as within_tolerance,
    computed.organisations
from published
inner join computed using (snapshot_id, period_start, measure)
-- Rates, means and centiles cannot be added up.
anti join staging.stg_sources__rates as rates
    on published.source_id = rates.source_id
    and published.measure = rates.measure
