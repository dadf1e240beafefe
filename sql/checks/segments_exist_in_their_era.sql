-- A stated segment is one that its framework era has.
select
    fct_segment.org_code,
    fct_segment.era_id,
    fct_segment.segment
from marts.fct_segment
left join marts.dim_era using (era_id)
where dim_era.era_id is null
    or fct_segment.segment not between dim_era.lowest_segment and dim_era.highest_segment
