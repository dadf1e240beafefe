-- One row per file kept, parsed or refused.
select
    snapshot_id,
    source_id,
    file_name,
    sha256,
    bytes::bigint as bytes,
    licence,
    kind,
    url,
    retrieved_at::timestamp as retrieved_at,
    layout,
    layout_rank::integer as layout_rank,
    period_start::date as period_start,
    period_end::date as period_end,
    published_on::date as published_on,
    status,
    reason,
    note
from raw.snapshots
