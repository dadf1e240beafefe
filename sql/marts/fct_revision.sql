-- One row per source, level, organisation, period and measure whose figure differs between a replaced file
-- and the file in force that replaced it. An organisation only one of them names has no amount in the other.
with replaced as (
    select
        snapshot_id as old_snapshot_id,
        superseded_by as new_snapshot_id
    from intermediate.int_snapshots__current
    where superseded_by is not null
),

old_figures as (
    select
        replaced.*,
        figures.*
    from replaced
    inner join staging.stg_figures as figures on replaced.old_snapshot_id = figures.snapshot_id
),

-- A newer file may tell of more months than the one it replaced: only those of both are compared.
new_figures as (
    select
        replaced.*,
        figures.*
    from replaced
    inner join staging.stg_figures as figures on replaced.new_snapshot_id = figures.snapshot_id
    semi join old_figures
        on replaced.old_snapshot_id = old_figures.old_snapshot_id
        and figures.period_start = old_figures.period_start
        and figures.measure = old_figures.measure
)

select
    source_id,
    level,
    org_code,
    period_start,
    measure,
    old_figures.published_text as old_text,
    new_figures.published_text as new_text,
    old_figures.amount as old_amount,
    new_figures.amount as new_amount,
    new_figures.amount - old_figures.amount as difference,
    old_snapshot_id,
    new_snapshot_id
from old_figures
full join new_figures
    using (source_id, level, org_code, period_start, measure, old_snapshot_id, new_snapshot_id)
where old_figures.amount is distinct from new_figures.amount
