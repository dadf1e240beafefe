-- The file of every snapshot that figures come from: its name, its kind and what has to be said of it.
select
    snapshot_id,
    file_name,
    kind,
    note
from marts.fct_snapshot
order by snapshot_id
