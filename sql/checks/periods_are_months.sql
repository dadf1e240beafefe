-- Periods begin on the first of a month and end on the first of the next.
select
    indicator_id,
    org_code,
    period_start,
    period_end
from marts.fct_indicator
where period_start <> date_trunc('month', period_start)
    or period_end <> period_start + interval 1 month
