-- One indicator by period and type of organisation, and by region too if $by_region (without it `region` is
-- null): median, middle eighty percent and number of organisations with a value, however few.
select
    dim_organisation.org_type,
    case when $by_region then dim_organisation.region end as region,
    fct_indicator.period_start,
    median(fct_indicator.value) as median,
    quantile_cont(fct_indicator.value, 0.1) as p10,
    quantile_cont(fct_indicator.value, 0.9) as p90,
    count(fct_indicator.value) as n
from marts.fct_indicator
inner join marts.dim_organisation using (org_code)
where fct_indicator.indicator_id = $indicator and fct_indicator.value is not null
group by all
order by org_type, region, fct_indicator.period_start
