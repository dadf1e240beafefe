-- For the same indicator, types and calendar months as the chosen spells ($events: month zero, type and, of
-- its spell, the month zero of entry): organisations never in a programme (dim_comparator), by month from
-- the event (of quarters and years, counted as in aligned_series). On a $scale: `raw`; `difference` from the
-- median of their own type and period (of at least five); `percent` of their own mean over months -12 to -1
-- of the spell's entry (at least six months of it, and more than $least).
with indicator as (
    select step_months
    from marts.dim_indicator
    where indicator_id = $indicator
),

events as (
    select unnest($events, recursive := true)
),

never as (
    select
        fct_indicator.org_code,
        fct_indicator.period_start,
        dim_organisation.org_type,
        fct_indicator.value,
        median(fct_indicator.value) over same as middle,
        count(*) over same as beside
    from marts.fct_indicator
    inner join marts.dim_organisation using (org_code)
    semi join marts.dim_comparator using (org_code)
    where fct_indicator.indicator_id = $indicator and fct_indicator.value is not null
    window same as (partition by dim_organisation.org_type, fct_indicator.period_start)
),

before_entry as (
    select
        entries.entry_zero,
        never.org_code,
        avg(never.value) as mean_before
    from (select distinct events.entry_zero::date as entry_zero from events) as entries
    cross join indicator
    inner join never
        on indicator.step_months * ceil(
            date_diff('month', entries.entry_zero, never.period_start) / indicator.step_months
        ) between -12 and -1
    group by entries.entry_zero, never.org_code
    having sum(indicator.step_months) >= 6 and avg(never.value) > $least
),

placed as (
    select
        events.event,
        indicator.step_months * ceil(
            date_diff('month', events.month_zero::date, never.period_start) / indicator.step_months
        )::integer as month,
        case $scale
            when 'difference' then case when never.beside >= 5 then never.value - never.middle end
            when 'percent' then 100 * never.value / before_entry.mean_before
            else never.value
        end as value
    from events
    inner join never on events.org_type = never.org_type
    left join before_entry
        on events.entry_zero::date = before_entry.entry_zero
        and never.org_code = before_entry.org_code
    cross join indicator
)

select
    event,
    month,
    median(value) as median,
    quantile_cont(value, 0.1) as p10,
    quantile_cont(value, 0.9) as p90,
    count(value) as n
from placed
where month between -24 and 24 and value is not null
group by all
order by event, month
