-- One row per merger, rename or boundary change.
select
    blank_to_null(predecessor_code) as predecessor_code,
    predecessor_name,
    blank_to_null(successor_code) as successor_code,
    successor_name,
    first_day("date") as happened_on,
    last_day_of("date") as happened_latest,
    blank_to_null("date") as happened_written,
    blank_to_null("precision") as happened_precision,
    change_type,
    blank_to_null(confidence) as confidence,
    blank_to_null(note) as note,
    source_url
from raw.reference_org_changes
