-- For the same indicator, types and calendar months as the chosen spells ($events: month zero and type of
-- each): organisations with no spell in any programme on record, by month from the event.
with events as (
    select unnest($events, recursive := true)
),

never as (
    select
        fct_indicator.period_start,
        dim_organisation.org_type,
        fct_indicator.value
    from marts.fct_indicator
    inner join marts.dim_organisation using (org_code)
    anti join marts.fct_programme_spell using (org_code)
    where fct_indicator.indicator_id = $indicator and fct_indicator.value is not null
)

select
    events.event,
    date_diff('month', events.month_zero::date, never.period_start) as month,
    median(never.value) as median,
    quantile_cont(never.value, 0.1) as p10,
    quantile_cont(never.value, 0.9) as p90,
    count(*) as n
from events
inner join never
    on events.org_type = never.org_type
    and date_diff('month', events.month_zero::date, never.period_start) between -24 and 24
group by all
order by event, month
