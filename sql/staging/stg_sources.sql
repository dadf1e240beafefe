-- One row per publication.
select
    source_id,
    title,
    publisher,
    cadence,
    landing_page,
    licence
from raw.sources
