-- Every row of one indicator but those of regions and England, with or without a value: whose it is, when
-- that organisation opened and closed [opened_on, closed_on), and why a value is missing.
select
    fct_indicator.org_code,
    dim_organisation.org_name,
    dim_organisation.short_name,
    dim_organisation.org_type,
    dim_organisation.opened_on,
    dim_organisation.closed_on,
    fct_indicator.period_start,
    fct_indicator.value is not null as has_value,
    fct_indicator.missing_reason
from marts.fct_indicator
inner join marts.dim_organisation using (org_code)
where fct_indicator.indicator_id = $indicator
    and coalesce(dim_organisation.org_type, 'unknown') not in ('region', 'england')
order by fct_indicator.org_code, fct_indicator.period_start
