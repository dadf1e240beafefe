-- One row per publication and file shape. A shape written to a description is unconfirmed until a published
-- file of it has been read.
select
    layouts.source_id,
    layouts.layout,
    layouts.layout_rank,
    count(snapshots.snapshot_id) as files_read,
    layouts.is_unconfirmed and count(snapshots.snapshot_id) = 0 as is_unconfirmed
from staging.stg_sources__layouts as layouts
left join staging.stg_snapshots as snapshots
    on layouts.source_id = snapshots.source_id
    and layouts.layout = snapshots.layout
    and snapshots.status = 'parsed'
group by layouts.source_id, layouts.layout, layouts.layout_rank, layouts.is_unconfirmed
