-- File shapes of one source, the preferred first, and whether a real file of each has been read.
select
    layout,
    is_unconfirmed,
    files_read
from marts.dim_layout
where source_id = $source
order by layout_rank
