-- A share of people or incidents cannot lie outside 0 to 100 percent.
select
    fct_indicator.source_id,
    fct_indicator.indicator_id,
    fct_indicator.org_code,
    fct_indicator.period_start,
    fct_indicator.value
from marts.fct_indicator
inner join marts.dim_indicator using (indicator_id)
where dim_indicator.unit = 'percent' and not fct_indicator.value between 0 and 100
