-- One row per published, compiled or reference file kept: `current`, `superseded` by a newer one, `refused`
-- when it was read, or `held` back from publication because its figures fail a release check.
-- What was known on a day D: files with known_from <= D and (known_until is null or known_until > D); a file
-- whose day of publication and of retrieval are both unknown has no known_from.
select
    stg_snapshots.snapshot_id,
    stg_snapshots.source_id,
    stg_snapshots.url,
    stg_snapshots.file_name,
    stg_snapshots.sha256,
    stg_snapshots.bytes,
    stg_snapshots.kind,
    stg_snapshots.layout,
    stg_snapshots.licence,
    stg_snapshots.period_start,
    stg_snapshots.period_end,
    stg_snapshots.retrieved_at,
    stg_snapshots.published_on,
    case
        when stg_snapshots.status in ('refused', 'held') then stg_snapshots.status
        when int_snapshots__current.superseded_by is not null then 'superseded'
        else 'current'
    end as status,
    stg_snapshots.reason,
    stg_snapshots.note,
    int_snapshots__current.superseded_by,
    int_snapshots__current.known_from,
    int_snapshots__current.known_until
from staging.stg_snapshots
left join intermediate.int_snapshots__current using (snapshot_id)
