-- One indicator for spells of the chosen programmes, months -24 to +24 from entry and from exit. Month 0 is
-- the first month exposed, or the quarter or year that holds it, and longer periods are whole numbers of
-- themselves away; a spell counts only where the day or month of the event is known.
with indicator as (
    select step_months
    from marts.dim_indicator
    where indicator_id = $indicator
),

events as (
    select
        'entry' as event,
        *,
        entered_on as happened_on
    from marts.fct_programme_spell
    where entered_precision in ('day', 'month')
    union all by name
    select
        'exit' as event,
        *,
        left_on as happened_on
    from marts.fct_programme_spell
    where left_precision in ('day', 'month') and left_kind <> 'transferred'
),

chosen as (
    select
        events.event,
        events.spell_id,
        events.org_code,
        events.programme,
        case
            when day(events.happened_on) <= 15 then date_trunc('month', events.happened_on)
            else date_trunc('month', events.happened_on) + interval 1 month
        end::date as month_zero
    from events
    where list_contains($programmes, events.programme)
)

select
    chosen.event,
    chosen.spell_id,
    chosen.org_code,
    chosen.programme,
    chosen.month_zero,
    dim_organisation.short_name as org_name,
    dim_organisation.org_type,
    dim_organisation.region,
    dim_organisation.icb_code,
    fct_indicator.period_start,
    indicator.step_months * ceil(
        date_diff('month', chosen.month_zero, fct_indicator.period_start) / indicator.step_months
    )::integer as month,
    fct_indicator.value,
    fct_indicator.numerator,
    fct_indicator.denominator,
    fct_indicator.basis,
    fct_snapshot.file_name,
    fct_snapshot.kind,
    fct_snapshot.note
from chosen
inner join marts.dim_organisation using (org_code)
inner join marts.fct_indicator
    on chosen.org_code = fct_indicator.org_code
    and fct_indicator.indicator_id = $indicator
cross join indicator
left join marts.fct_snapshot on fct_indicator.snapshot_id = fct_snapshot.snapshot_id
where fct_indicator.value is not null and month between -24 and 24
order by chosen.event, chosen.spell_id, fct_indicator.period_start
