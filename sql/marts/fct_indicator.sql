-- One row per indicator, organisation and period [period_start, period_end). A published absence is a row
-- without a value and with its reason.
with numerators as (
    select
        dim_indicator.indicator_id,
        dim_indicator.scale,
        dim_indicator.unit,
        dim_indicator.denominator as denominator_measure,
        coalesce(dim_indicator.denominator_source, dim_indicator.source_id) as denominator_source,
        int_measures.*
    from marts.dim_indicator
    inner join intermediate.int_measures
        on dim_indicator.source_id = int_measures.source_id
        and dim_indicator.numerator = int_measures.measure
    -- Figures of independent and community sites stay in the layers below: the marts hold the
    -- organisations that the oversight framework is about.
    semi join marts.dim_organisation on int_measures.org_code = dim_organisation.org_code
),

paired as (
    select
        numerators.*,
        denominators.amount as denominator_amount,
        denominators.missing_reason as denominator_reason
    from numerators
    left join intermediate.int_measures as denominators
        on numerators.denominator_source = denominators.source_id
        and numerators.level = denominators.level
        and numerators.org_code = denominators.org_code
        and numerators.period_start = denominators.period_start
        and numerators.period_end = denominators.period_end
        and numerators.denominator_measure = denominators.measure
),

valued as (
    select
        indicator_id,
        unit,
        org_code,
        period_start,
        period_end,
        amount as numerator,
        denominator_amount as denominator,
        case
            when denominator_measure is null then (scale * amount)::double
            else (scale * amount)::double / nullif(denominator_amount, 0)::double
        end as value,
        case
            when missing_reason is not null then missing_reason
            when denominator_measure is null then null
            when denominator_amount = 0 then 'no activity reported'
            when denominator_amount is null then coalesce(denominator_reason, 'denominator not published')
        end as missing_reason,
        basis,
        source_id,
        snapshot_id
    from paired
),

beside as (
    select
        *,
        lag(value) over series as value_before,
        lead(value) over series as value_after
    from valued
    window series as (partition by indicator_id, org_code order by period_start)
),

-- Nobody, or everybody, of over a thousand, and more than ten points away in the periods beside it: more
-- likely a return that failed than care that was perfect for a month.
judged as (
    select
        *,
        coalesce(
            unit = 'percent'
            and denominator > 1000
            and value in (0, 100)
            and abs(value - coalesce(value_before, value_after)) > 10
            and abs(value - coalesce(value_after, value_before)) > 10,
            false
        ) as is_extreme
    from beside
)

select
    indicator_id,
    org_code,
    period_start,
    period_end,
    numerator,
    denominator,
    case when not is_extreme then value end as value,
    case
        when is_extreme
            then 'withheld: exactly 0 % or 100 %, more than ten points from the periods beside it'
        else missing_reason
    end as missing_reason,
    basis,
    source_id,
    snapshot_id
from judged
