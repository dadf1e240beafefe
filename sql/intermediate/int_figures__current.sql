-- The figure to use for each source, level, period, organisation and measure: from a snapshot in force, and
-- where several layouts tell of it, from the preferred one; of two files of one layout from the later one, by
-- the day of publication, else by how far it reaches.
with in_force as (
    select
        stg_figures.* exclude (org_name, sheet, source_row),
        int_snapshots__current.layout,
        int_snapshots__current.layout_rank,
        int_snapshots__current.kind,
        int_snapshots__current.published_on,
        int_snapshots__current.period_end as file_end
    from staging.stg_figures
    inner join intermediate.int_snapshots__current using (snapshot_id)
    where int_snapshots__current.superseded_by is null
),

-- Most periods are told by one file: only the others need a choice, which takes most of the time.
told_twice as (
    select
        source_id,
        level,
        period_start
    from in_force
    group by source_id, level, period_start
    having count(distinct snapshot_id) > 1
),

chosen as (
    select * exclude (file_end)
    from in_force
    semi join told_twice using (source_id, level, period_start)
    qualify row_number() over (
            partition by source_id, level, period_start, org_code, measure
            order by layout_rank, published_on desc nulls last, file_end desc nulls last, snapshot_id desc
        ) = 1
)

select * from chosen
union all by name
select * exclude (file_end)
from in_force
anti join told_twice using (source_id, level, period_start)
