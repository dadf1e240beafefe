-- The grain of fct_indicator.
select
    any_value(source_id) as source_id,
    indicator_id,
    org_code,
    period_start,
    count(*) as copies
from marts.fct_indicator
group by indicator_id, org_code, period_start
having count(*) > 1
