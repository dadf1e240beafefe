-- One row per organisation that the reference reports lack and one that it, or a part of it, passed into.
select
    predecessor_code,
    successor_code,
    first_day(happened_on) as happened_on,
    source_url
from raw.reference_successions
