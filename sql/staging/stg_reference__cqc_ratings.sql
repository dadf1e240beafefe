-- One row per dated overall or well-led rating of an organisation by the Care Quality Commission.
select
    org_code,
    "date" as stated_as,
    first_day("date") as happened_on,
    last_day_of("date") as happened_latest,
    blank_to_null("date") as happened_written,
    blank_to_null(overall) as overall,
    blank_to_null(well_led) as well_led,
    blank_to_null(note) as note,
    source_url
from raw.reference_cqc_ratings
