-- Snapshots in force: parsed, and not replaced by a newer file of the same layout that covers their whole
-- period. One row per snapshot.
with parsed as (
    select *
    from staging.stg_snapshots
    where status = 'parsed'
),

replacements as (
    select
        older.snapshot_id,
        arg_max(
            newer.snapshot_id,
            (coalesce(newer.published_on, date '0001-01-01'), newer.period_end, newer.snapshot_id)
        ) as superseded_by
    from parsed as older
    inner join parsed as newer
        on older.source_id = newer.source_id
        and older.layout = newer.layout
        and older.snapshot_id <> newer.snapshot_id
        and newer.period_start <= older.period_start
        and newer.period_end >= older.period_end
        and (
            coalesce(newer.published_on, date '0001-01-01'),
            newer.period_end,
            coalesce(newer.retrieved_at, timestamp '0001-01-01'),
            newer.snapshot_id
        ) > (
            coalesce(older.published_on, date '0001-01-01'),
            older.period_end,
            coalesce(older.retrieved_at, timestamp '0001-01-01'),
            older.snapshot_id
        )
    group by older.snapshot_id
)

select
    parsed.*,
    replacements.superseded_by
from parsed
left join replacements using (snapshot_id)
