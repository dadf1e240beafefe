-- One row per predecessor and successor.
select distinct
    predecessor_code,
    successor_code,
    blank_to_null(happened_on)::date as happened_on
from raw.successions
