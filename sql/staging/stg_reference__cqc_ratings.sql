-- One row per dated overall rating of an organisation by the Care Quality Commission.
select
    org_code,
    "date" as stated_as,
    first_day("date") as happened_on,
    blank_to_null(overall) as overall,
    blank_to_null(well_led) as well_led,
    source_url
from raw.reference_cqc_ratings
