-- Of how many organisations each indicator has a figure; without an indicator_id: any of them. Regions and
-- England are no organisations.
select
    fct_indicator.indicator_id,
    count(distinct fct_indicator.org_code) as organisations
from marts.fct_indicator
inner join marts.dim_organisation using (org_code)
where fct_indicator.value is not null
    and coalesce(dim_organisation.org_type, 'unknown') not in ('region', 'england')
group by grouping sets ((fct_indicator.indicator_id), ())
order by fct_indicator.indicator_id
