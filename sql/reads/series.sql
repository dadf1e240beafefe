-- One indicator for some organisations, with the file each figure comes from.
select
    fct_indicator.*,
    fct_snapshot.file_name,
    fct_snapshot.kind,
    fct_snapshot.note,
    fct_snapshot.published_on
from marts.fct_indicator
left join marts.fct_snapshot using (snapshot_id)
where fct_indicator.indicator_id = $indicator
    and list_contains($orgs, fct_indicator.org_code)
order by fct_indicator.org_code, fct_indicator.period_start
