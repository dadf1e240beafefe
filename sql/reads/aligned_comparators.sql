-- For the same indicator, types and calendar months as the chosen spells ($events: month zero and type of
-- each): organisations with no spell in any programme on record, by month from the event (of quarters and
-- years, counted as in aligned_series).
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
    indicator.step_months * ceil(
        date_diff('month', events.month_zero::date, never.period_start) / indicator.step_months
    )::integer as month,
    median(never.value) as median,
    quantile_cont(never.value, 0.1) as p10,
    quantile_cont(never.value, 0.9) as p90,
    count(*) as n
from events
inner join never
    on events.org_type = never.org_type
cross join indicator
where month between -24 and 24
group by all
order by event, month
