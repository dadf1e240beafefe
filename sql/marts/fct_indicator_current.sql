-- One row per indicator, organisation of today with predecessors, and period: what its parts add up to,
-- numerators and denominators each, rates never averaged. Only where every predecessor passed into it
-- undivided and the indicator's figures can be added; a part without a figure leaves the whole without one.
with additive as (
    select dim_indicator.*
    from marts.dim_indicator
    anti join staging.stg_sources__rates as numerators
        on dim_indicator.source_id = numerators.source_id
        and dim_indicator.numerator = numerators.measure
    anti join staging.stg_sources__rates as denominators
        on coalesce(dim_indicator.denominator_source, dim_indicator.source_id) = denominators.source_id
        and dim_indicator.denominator = denominators.measure
),

members as (
    select
        org_code,
        current_code
    from intermediate.int_organisations__lineage
    where is_whole
    union
    select distinct
        current_code as org_code,
        current_code
    from intermediate.int_organisations__lineage
    where is_whole
),

parts as (
    select
        members.current_code,
        additive.scale,
        additive.denominator is null as is_count,
        fct_indicator.*
    from marts.fct_indicator
    inner join members using (org_code)
    inner join additive using (indicator_id)
),

-- A part is expected from its first figure to its last: a month between without a row is a gap of the whole.
spans as (
    select
        indicator_id,
        current_code,
        org_code,
        min(period_start) as first_start,
        max(period_start) as last_start
    from parts
    group by indicator_id, current_code, org_code
),

expected as (
    select
        periods.indicator_id,
        periods.current_code,
        periods.period_start,
        list(spans.org_code order by spans.org_code) as member_codes
    from (
        select distinct
            indicator_id,
            current_code,
            period_start
        from parts
    ) as periods
    inner join spans
        on periods.indicator_id = spans.indicator_id
        and periods.current_code = spans.current_code
        and periods.period_start between spans.first_start and spans.last_start
    group by periods.indicator_id, periods.current_code, periods.period_start
),

summed as (
    select
        indicator_id,
        current_code,
        period_start,
        min(period_end) as period_end,
        any_value(scale) as scale,
        any_value(is_count) as is_count,
        sum(numerator) as numerator,
        sum(denominator) as denominator,
        count(value) as parts_known,
        min(basis) as basis,
        any_value(source_id) as source_id,
        min(snapshot_id) as snapshot_id
    from parts
    group by indicator_id, current_code, period_start
),

judged as (
    select
        summed.*,
        expected.member_codes,
        summed.parts_known = len(expected.member_codes) as is_complete
    from summed
    inner join expected using (indicator_id, current_code, period_start)
)

select
    indicator_id,
    current_code as org_code,
    period_start,
    period_end,
    case when is_complete then numerator end as numerator,
    case when is_complete then denominator end as denominator,
    case
        when is_complete and is_count then (scale * numerator)::double
        when is_complete then (scale * numerator)::double / nullif(denominator, 0)::double
    end as value,
    case when not is_complete then 'a part of the organisation has no figure' end as missing_reason,
    member_codes,
    basis,
    source_id,
    snapshot_id
from judged
