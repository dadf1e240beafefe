-- Every indicator by month: median and middle eighty percent of organisations of one type, where at least
-- five have a value.
select
    fct_indicator.indicator_id,
    fct_indicator.period_start,
    median(fct_indicator.value) as median,
    quantile_cont(fct_indicator.value, 0.1) as p10,
    quantile_cont(fct_indicator.value, 0.9) as p90,
    count(fct_indicator.value) as n
from marts.fct_indicator
inner join marts.dim_organisation using (org_code)
where dim_organisation.org_type = $org_type and fct_indicator.value is not null
group by fct_indicator.indicator_id, fct_indicator.period_start
having count(fct_indicator.value) >= 5
order by fct_indicator.indicator_id, fct_indicator.period_start
