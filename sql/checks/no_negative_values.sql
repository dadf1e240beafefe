-- Counts and times cannot be negative.
select
    indicator_id,
    org_code,
    period_start,
    value
from marts.fct_indicator
where value < 0
