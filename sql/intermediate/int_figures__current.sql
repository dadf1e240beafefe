-- The figure to use for each source, level, period, organisation and measure: from a snapshot in force, and
-- where several layouts tell of it, from the preferred one.
with in_force as (
    select
        stg_figures.* exclude (org_name, sheet, source_row),
        int_snapshots__current.layout,
        int_snapshots__current.layout_rank,
        int_snapshots__current.kind,
        int_snapshots__current.published_on
    from staging.stg_figures
    inner join intermediate.int_snapshots__current using (snapshot_id)
    where int_snapshots__current.superseded_by is null
)

select *
from in_force
qualify row_number() over (
        partition by source_id, level, period_start, org_code, measure
        order by layout_rank, published_on desc nulls last, snapshot_id desc
    ) = 1
