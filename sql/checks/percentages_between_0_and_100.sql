-- A share of people or incidents cannot lie outside 0 to 100 percent; where an indicator's file allows more
-- (beds can be overfull), not above that.
with allowed as (
    select
        indicator_id,
        (definition ->> '$.quality.range[1]')::double as most
    from marts.dim_indicator
    where unit = 'percent'
)

select
    fct_indicator.indicator_id,
    fct_indicator.org_code,
    fct_indicator.period_start,
    fct_indicator.value
from marts.fct_indicator
inner join allowed using (indicator_id)
where not fct_indicator.value between 0 and greatest(100, coalesce(allowed.most, 100))
