-- Counts, times, shares and scores cannot be negative; growth, margins and differences can.
select
    fct_indicator.source_id,
    fct_indicator.indicator_id,
    fct_indicator.org_code,
    fct_indicator.period_start,
    fct_indicator.value
from marts.fct_indicator
inner join marts.dim_indicator using (indicator_id)
where fct_indicator.value < 0 and dim_indicator.unit not in ('signed_percent', 'points')
