-- How many organisations of each type have a value of an indicator, by period.
select
    dim_organisation.org_type,
    fct_indicator.period_start,
    count(*) as n
from marts.fct_indicator
inner join marts.dim_organisation using (org_code)
where fct_indicator.indicator_id = $indicator
    and fct_indicator.value is not null
    and dim_organisation.org_type is not null
group by dim_organisation.org_type, fct_indicator.period_start
order by dim_organisation.org_type, fct_indicator.period_start
