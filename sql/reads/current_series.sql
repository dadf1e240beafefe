-- Every indicator of one organisation of today, its predecessors' figures added to its own.
select
    fct_indicator_current.*,
    fct_snapshot.file_name,
    fct_snapshot.kind,
    fct_snapshot.note
from marts.fct_indicator_current
left join marts.fct_snapshot using (snapshot_id)
where fct_indicator_current.org_code = $org
order by fct_indicator_current.indicator_id, fct_indicator_current.period_start
