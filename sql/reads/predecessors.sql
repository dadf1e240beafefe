-- Organisations that are part of one of today, the first to pass into it first; those with a known day only.
-- `is_part`: another took over the rest of it.
with lineage as (
    select
        org_code,
        current_code,
        passed_on,
        count(*) over (partition by org_code) > 1 as is_part
    from marts.dim_lineage
)

select
    lineage.org_code,
    dim_organisation.short_name,
    lineage.is_part,
    lineage.passed_on
from lineage
inner join marts.dim_organisation using (org_code)
where lineage.current_code = $org and lineage.passed_on is not null
order by lineage.passed_on, lineage.org_code
