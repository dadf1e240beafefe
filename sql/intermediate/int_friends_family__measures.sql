-- Friends and Family answers in the common shape: responses as published, and those that say very good or
-- good together. Where one of the two is suppressed, so is their sum. England is the publisher's own figure.
with answers as (
    select
        *,
        split_part(measure, '_', 1) as setting,
        measure like '%_responses' as is_responses
    from intermediate.int_figures__current
    where source_id = 'friends_family'
),

counted as (
    select
        level,
        org_code,
        period_start,
        period_end,
        any_value(snapshot_id) as snapshot_id,
        any_value(kind) as basis,
        setting || case when is_responses then '_responses' else '_positive' end as measure,
        case
            when is_responses then max(amount)
            when count(amount) = 2 then sum(amount)
        end as amount
    from answers
    group by level, org_code, period_start, period_end, setting, is_responses
)

select
    *,
    case when amount is null then 'suppressed' end as missing_reason
from counted
