-- How many organisations have a figure of at least one indicator; regions and England are none.
select count(distinct fct_indicator.org_code) as organisations
from marts.fct_indicator
inner join marts.dim_organisation using (org_code)
where fct_indicator.value is not null
    and coalesce(dim_organisation.org_type, 'unknown') not in ('region', 'england')
