-- One row per published national count of organisations in a segment or programme.
select
    "date" as stated_as,
    first_day("date") as stated_on,
    last_day_of("date") as stated_until,
    framework,
    level,
    segment as counted,
    "count"::integer as organisations,
    blank_to_null(note) as note,
    source_url
from raw.reference_segment_counts
