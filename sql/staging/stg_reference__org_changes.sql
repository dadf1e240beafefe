-- One row per merger, rename or boundary change.
select
    blank_to_null(predecessor_code) as predecessor_code,
    predecessor_name,
    blank_to_null(successor_code) as successor_code,
    successor_name,
    first_day("date") as happened_on,
    change_type,
    source_url
from raw.reference_org_changes
