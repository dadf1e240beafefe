-- Snapshots in force: parsed, and not replaced by a newer file of the same layout that covers their whole
-- period. A file without a period tells how things stand, so a newer one covers it. One row per snapshot.
with parsed as (
    select
        *,
        coalesce(published_on, retrieved_at::date) as known_from,
        (
            coalesce(published_on, date '0001-01-01'),
            coalesce(period_end, date '0001-01-01'),
            coalesce(retrieved_at, timestamp '0001-01-01'),
            snapshot_id
        ) as standing
    from staging.stg_snapshots
    where status = 'parsed'
),

replacements as (
    select
        older.snapshot_id,
        arg_max(newer.snapshot_id, newer.standing) as superseded_by,
        min(newer.known_from) as known_until
    from parsed as older
    inner join parsed as newer
        on older.source_id = newer.source_id
        and older.layout = newer.layout
        and newer.standing > older.standing
        and (
            (newer.period_start <= older.period_start and newer.period_end >= older.period_end)
            or (newer.period_start is null and older.period_start is null)
        )
    group by older.snapshot_id
)

select
    parsed.* exclude (standing),
    replacements.superseded_by,
    replacements.known_until
from parsed
left join replacements using (snapshot_id)
