-- The oversight framework's figures as measures: one row per organisation, quarter and measure. Flags are 1
-- for yes and 0 for no; a flag that is not given is missing, never a no. Ranges stay text in the layers
-- below. Nothing is added up: segments, scores and percentages of trusts make no figure of England.
with written as (
    select
        *,
        case lower(trim(published_text))
            when 'yes' then 1
            when 'no' then 0
            else amount
        end as figure
    from intermediate.int_figures__current
    where source_id = 'oversight_framework' and measure not in ('score_range', 'rank_range')
)

select
    source_id,
    level,
    org_code,
    period_start,
    period_end,
    snapshot_id,
    kind as basis,
    measure,
    figure as amount,
    case when figure is null then 'not published' end as missing_reason
from written
