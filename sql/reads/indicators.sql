-- Every indicator with its span in the data.
with spans as (
    select
        indicator_id,
        min(period_start) as first_month,
        max(period_start) as last_month,
        count(distinct org_code) as organisations
    from marts.fct_indicator
    where value is not null
    group by indicator_id
)

select
    dim_indicator.*,
    spans.first_month,
    spans.last_month,
    spans.organisations
from marts.dim_indicator
left join spans using (indicator_id)
order by dim_indicator.list_order
