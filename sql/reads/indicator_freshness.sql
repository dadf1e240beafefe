-- Every indicator with a value: its last period [last_start, last_end), the newest day on which a file with
-- values of that period was published and fetched (missing where no file says), and what its next figures
-- are expected by: `step_months` from one end to the next, `lag_days` from an end to publication.
with latest as (
    select
        indicator_id,
        period_start,
        period_end,
        snapshot_id
    from marts.fct_indicator
    where value is not null
    qualify period_start = max(period_start) over (partition by indicator_id)
)

select
    dim_indicator.indicator_id,
    dim_indicator.status,
    dim_indicator.step_months,
    dim_indicator.lag_days,
    max(latest.period_start) as last_start,
    max(latest.period_end) as last_end,
    max(fct_snapshot.published_on) as published_on,
    max(fct_snapshot.retrieved_at) as retrieved_at
from latest
inner join marts.dim_indicator using (indicator_id)
left join marts.fct_snapshot using (snapshot_id)
group by
    dim_indicator.indicator_id,
    dim_indicator.status,
    dim_indicator.step_months,
    dim_indicator.lag_days,
    dim_indicator.list_order
order by dim_indicator.list_order
