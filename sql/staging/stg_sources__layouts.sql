-- One row per publication and file shape, the preferred shape first.
select
    source_id,
    layout,
    layout_rank::integer as layout_rank,
    is_unconfirmed::boolean as is_unconfirmed
from raw.layouts
