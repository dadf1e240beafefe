-- Ambulance response items in the common shape, as published (seconds and counts) at every level.
select
    level,
    org_code,
    period_start,
    period_end,
    snapshot_id,
    kind as basis,
    measure,
    amount,
    case when amount is null then 'not published' end as missing_reason
from intermediate.int_figures__current
where source_id = 'ambulance_quality'
