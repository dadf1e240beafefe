-- One row per programme of intensive support.
select
    programme,
    name,
    short_name,
    programme_group,
    first_day(started) as started_on,
    first_day(ended) as ended_on,
    blank_to_null(note) as note,
    source_url
from raw.reference_programmes
