-- One organisation's latest value of each indicator, the value a year before, and its place among
-- organisations of its type in that month (1 = most favourable; null where no direction is favourable).
with mine as (
    select *
    from marts.fct_indicator
    where org_code = $org and value is not null
    qualify row_number() over (partition by indicator_id order by period_start desc) = 1
),

peers as (
    select
        fct_indicator.indicator_id,
        fct_indicator.org_code,
        rank() over (
            partition by fct_indicator.indicator_id
            order by
                case
                    when dim_indicator.better = 'higher' then -fct_indicator.value
                    else fct_indicator.value
                end
        ) as place,
        count(*) over (partition by fct_indicator.indicator_id) as peers,
        median(fct_indicator.value) over (partition by fct_indicator.indicator_id) as peer_median
    from marts.fct_indicator
    inner join marts.dim_indicator using (indicator_id)
    inner join marts.dim_organisation using (org_code)
    semi join mine
        on fct_indicator.indicator_id = mine.indicator_id
        and fct_indicator.period_start = mine.period_start
    where fct_indicator.value is not null
        and dim_organisation.org_type
        = (
            select me.org_type from marts.dim_organisation as me
            where me.org_code = $org
        )
)

select
    mine.indicator_id,
    dim_indicator.short_title,
    dim_indicator.unit,
    dim_indicator.better,
    mine.period_start,
    mine.value,
    mine.numerator,
    mine.denominator,
    before.value as value_year_before,
    case when dim_indicator.better <> 'neither' then peers.place end as place,
    peers.peers,
    peers.peer_median,
    mine.basis,
    mine.source_id,
    fct_snapshot.file_name
from mine
inner join marts.dim_indicator using (indicator_id)
left join peers on mine.indicator_id = peers.indicator_id and peers.org_code = $org
left join marts.fct_indicator as before
    on mine.indicator_id = before.indicator_id
    and mine.org_code = before.org_code
    and before.period_start = mine.period_start - interval 1 year
left join marts.fct_snapshot on mine.snapshot_id = fct_snapshot.snapshot_id
order by dim_indicator.list_order
