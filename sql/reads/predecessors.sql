-- Organisations that are part of one of today, the first to pass into it first; those with a known day only.
select
    dim_lineage.org_code,
    dim_organisation.short_name,
    dim_lineage.is_whole,
    dim_lineage.passed_on
from marts.dim_lineage
inner join marts.dim_organisation using (org_code)
where dim_lineage.current_code = $org and dim_lineage.passed_on is not null
order by dim_lineage.passed_on, dim_lineage.org_code
