-- Every figure leads to a known organisation and to a file in force.
select
    fct_indicator.source_id,
    fct_indicator.indicator_id,
    fct_indicator.org_code,
    fct_indicator.snapshot_id
from marts.fct_indicator
left join marts.dim_organisation using (org_code)
left join marts.fct_snapshot
    on fct_indicator.snapshot_id = fct_snapshot.snapshot_id
    and fct_snapshot.status = 'current'
where dim_organisation.org_code is null or fct_snapshot.snapshot_id is null
