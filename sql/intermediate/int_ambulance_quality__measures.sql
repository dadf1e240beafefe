-- Ambulance response items in the common shape, as published (seconds and counts) at every level. A service
-- that did not yet report under the new standards holds zeros: a time of zero seconds is no time.
with judged as (
    select
        *,
        amount = 0 and measure in ('a25', 'a26', 'a31', 'a32') as is_no_time
    from intermediate.int_figures__current
    where source_id = 'ambulance_quality'
)

select
    level,
    org_code,
    period_start,
    period_end,
    snapshot_id,
    kind as basis,
    measure,
    case when not is_no_time then amount end as amount,
    case
        when is_no_time then 'no activity reported'
        when amount is null then 'not published'
    end as missing_reason
from judged
