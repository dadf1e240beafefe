-- How one indicator spreads over organisations of a type, by period: tenths, quarters and middle where at
-- least five have a value, and the middle of those certainly inside the Recovery Support Programme on its
-- first day, where at least five of them have one.
with inside as (
    select
        org_code,
        inside_by,
        outside_earliest
    from marts.fct_programme_spell
    where programme = 'rsp' and outside_earliest is not null
),

figures as (
    select
        fct_indicator.period_start,
        fct_indicator.value,
        exists(
            select 1
            from inside
            where inside.org_code = fct_indicator.org_code
                and inside.inside_by <= fct_indicator.period_start
                and inside.outside_earliest > fct_indicator.period_start
        ) as is_inside
    from marts.fct_indicator
    inner join marts.dim_organisation using (org_code)
    where fct_indicator.indicator_id = $indicator
        and fct_indicator.value is not null
        and dim_organisation.org_type = $org_type
)

select
    period_start,
    quantile_cont(value, 0.1) as p10,
    quantile_cont(value, 0.25) as p25,
    median(value) as median,
    quantile_cont(value, 0.75) as p75,
    quantile_cont(value, 0.9) as p90,
    count(*) as n,
    case when count(*) filter (where is_inside) >= 5 then median(value) filter (where is_inside) end
        as inside_median,
    count(*) filter (where is_inside) as inside_n
from figures
group by period_start
having count(*) >= 5
order by period_start
