-- One row per indicator, organisation, period [period_start, period_end) and other publication that prints
-- the same rate: our value, theirs in our unit, the difference in points and whether it is 0.2 at most. Of
-- England nothing is compared: whose figures a publication adds up there is not always said.
with theirs as (
    select
        crosschecks.indicator_id,
        measures.org_code,
        (measures.period_start + to_months(crosschecks.months_later))::date as period_start,
        (measures.period_end + to_months(crosschecks.months_later))::date as period_end,
        (crosschecks.factor * measures.amount)::double as value,
        measures.source_id,
        measures.snapshot_id
    from intermediate.int_measures as measures
    inner join staging.stg_reference__crosschecks as crosschecks using (source_id, measure)
    where measures.level = 'provider'
)

-- A quarter is never held against a month: both ends must be the same.
select
    indicator_id,
    org_code,
    period_start,
    period_end,
    ours.value as own_value,
    theirs.value as other_value,
    ours.value - theirs.value as difference,
    round(abs(ours.value - theirs.value), 9) <= 0.2 as within_tolerance,
    ours.source_id,
    ours.snapshot_id,
    theirs.source_id as other_source_id,
    theirs.snapshot_id as other_snapshot_id
from marts.fct_indicator as ours
inner join theirs using (indicator_id, org_code, period_start, period_end)
where ours.value is not null and theirs.value is not null
