-- A file's own England figure is the sum of its organisations, within 0.1 percent.
select
    source_id,
    snapshot_id,
    period_start,
    measure,
    published,
    computed
from marts.fct_reconciliation
where not within_tolerance
