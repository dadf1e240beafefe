-- One indicator for spells of the chosen programmes, months -24 to +24 from entry and from exit. Month 0 is
-- the first month exposed, or the quarter or year that holds it, and longer periods are whole numbers of
-- themselves away; a spell counts only where the day or month of the event is known. Beside each value: the
-- median of the same type never in a programme in the same period (where at least five have a value), and
-- the organisation's own mean over months -12 to -1 of the spell's entry, with the months that it covers.
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
),

placed as (
    select
        chosen.*,
        fct_indicator.period_start,
        indicator.step_months,
        indicator.step_months * ceil(
            date_diff('month', chosen.month_zero, fct_indicator.period_start) / indicator.step_months
        )::integer as month,
        fct_indicator.value,
        fct_indicator.numerator,
        fct_indicator.denominator,
        fct_indicator.basis,
        fct_indicator.snapshot_id
    from chosen
    inner join marts.fct_indicator
        on chosen.org_code = fct_indicator.org_code
        and fct_indicator.indicator_id = $indicator
    cross join indicator
    where fct_indicator.value is not null
),

before_entry as (
    select
        spell_id,
        avg(value) as pre_entry_mean,
        sum(step_months)::integer as pre_entry_months
    from placed
    where event = 'entry' and month between -12 and -1
    group by spell_id
),

never as (
    select
        dim_organisation.org_type,
        fct_indicator.period_start,
        median(fct_indicator.value) as comparators_median,
        count(*) as comparators
    from marts.fct_indicator
    inner join marts.dim_organisation using (org_code)
    semi join marts.dim_comparator using (org_code)
    where fct_indicator.indicator_id = $indicator and fct_indicator.value is not null
    group by all
    having count(*) >= 5
),

zeroes as (
    select
        spell_id,
        month_zero as entry_zero
    from chosen
    where event = 'entry'
)

select
    placed.* exclude (snapshot_id, step_months),
    zeroes.entry_zero,
    dim_organisation.short_name as org_name,
    dim_organisation.org_type,
    dim_organisation.region,
    dim_organisation.icb_code,
    never.comparators_median,
    never.comparators,
    before_entry.pre_entry_mean,
    before_entry.pre_entry_months,
    fct_snapshot.file_name,
    fct_snapshot.kind,
    fct_snapshot.note
from placed
inner join marts.dim_organisation using (org_code)
left join zeroes using (spell_id)
left join before_entry using (spell_id)
left join never
    on dim_organisation.org_type = never.org_type
    and placed.period_start = never.period_start
left join marts.fct_snapshot on placed.snapshot_id = fct_snapshot.snapshot_id
where placed.month between -24 and 24
order by placed.event, placed.spell_id, placed.period_start
