-- Every comparison of a file's own England figure with the sum of its providers.
select
    fct_reconciliation.*,
    fct_snapshot.file_name
from marts.fct_reconciliation
inner join marts.fct_snapshot using (snapshot_id)
where fct_reconciliation.source_id = $source
order by fct_reconciliation.period_start desc, fct_reconciliation.measure
