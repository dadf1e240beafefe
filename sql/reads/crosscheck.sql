-- Every comparison of a source's results with what another publication prints, differences beyond 0.2 first.
select
    dim_indicator.short_title as indicator,
    fct_crosscheck.*,
    dim_organisation.org_name,
    fct_snapshot.file_name as other_file
from marts.fct_crosscheck
inner join marts.dim_indicator using (indicator_id)
inner join marts.dim_organisation using (org_code)
inner join marts.fct_snapshot on fct_crosscheck.other_snapshot_id = fct_snapshot.snapshot_id
where fct_crosscheck.source_id = $source
order by
    fct_crosscheck.within_tolerance,
    abs(fct_crosscheck.difference) desc,
    fct_crosscheck.period_start desc,
    fct_crosscheck.indicator_id,
    fct_crosscheck.org_code
