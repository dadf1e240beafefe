-- One row per framework era.
select
    era_id,
    framework,
    short_name,
    first_day(starts_on) as starts_on,
    first_day(ends_on) as ends_on,
    lowest_segment::integer as lowest_segment,
    highest_segment::integer as highest_segment,
    intensive_support,
    blank_to_null(comparable_with) as comparable_with,
    blank_to_null(note) as note,
    source_url
from raw.reference_framework_eras
