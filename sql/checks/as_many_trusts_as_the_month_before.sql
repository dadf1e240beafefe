-- A month in which over fifteen percent of a source's trusts appear or vanish is a file cut short or counted
-- twice, not a change in the NHS. Only adjacent months are compared.
with trusts as (
    select
        fct_indicator.source_id,
        fct_indicator.period_start,
        count(distinct fct_indicator.org_code) as trusts
    from marts.fct_indicator
    inner join marts.dim_organisation using (org_code)
    where dim_organisation.org_type not in ('icb', 'region', 'england')
    group by fct_indicator.source_id, fct_indicator.period_start
),

compared as (
    select
        *,
        lag(trusts) over (partition by source_id order by period_start) as trusts_before,
        lag(period_start) over (partition by source_id order by period_start) as month_before
    from trusts
)

select
    source_id,
    period_start,
    trusts,
    trusts_before
from compared
where month_before = period_start - interval 1 month
    and abs(trusts - trusts_before) > 0.15 * trusts_before
