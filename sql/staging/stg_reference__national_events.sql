-- One row per dated national event.
select
    event_id,
    first_day(happened_on) as happened_on,
    happened_on as stated_as,
    first_day(ended_on) as ended_on,
    kind,
    title,
    source_url
from raw.reference_national_events
