-- One row per indicator, organisation of today with predecessors, and period: what its parts add up to,
-- numerators and denominators each, rates never averaged. Only where every predecessor passed into it
-- undivided and the indicator's figures can be added; a part without a figure leaves the whole without one.
-- A part with no activity adds nothing: nothing of it is unknown.
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
        coalesce(fct_indicator.missing_reason = 'no activity reported', false) as is_idle,
        fct_indicator.*
    from marts.fct_indicator
    inner join members using (org_code)
    inner join additive using (indicator_id)
),

-- A part is expected from its first row to its last: a month between without a row is a gap of the whole. One
-- that stops amid activity, over a year before it passes on, is expected up to that day; of a shorter time
-- the successor counts it already (North Middlesex's beds, two months before Royal Free took it over).
spans as (
    select
        parts.indicator_id,
        parts.current_code,
        parts.org_code,
        min(parts.period_start) as first_start,
        case
            when not arg_max(parts.is_idle, parts.period_start)
                and max(parts.period_end) + interval 1 year < any_value(dim_lineage.passed_on)
                then any_value(dim_lineage.passed_on) - 1
            else max(parts.period_start)
        end as last_start
    from parts
    left join marts.dim_lineage
        on parts.org_code = dim_lineage.org_code and parts.current_code = dim_lineage.current_code
    group by parts.indicator_id, parts.current_code, parts.org_code
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
        count_if(is_idle or value is not null) as parts_known,
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
    case
        when not is_complete then 'a part of the organisation has no figure'
        when case when is_count then numerator else nullif(denominator, 0) end is null
            then 'no activity reported'
    end as missing_reason,
    member_codes,
    basis,
    source_id,
    snapshot_id
from judged
