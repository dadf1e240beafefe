-- Overnight beds in the common shape, as published at every level. A trust's zero can be true (a mental
-- health trust has no general and acute beds) or a return that failed: it is missing where the trust had over
-- 50 beds in the quarter before, or where no bed was occupied of over ten available. So are beds available
-- that more than double without patients: two trusts of 2024-25 Q3 seem to have added up where they
-- should have averaged.
with figures as materialized (
    select
        *,
        case
            when ends_with(measure, '_available') then 'available'
            when ends_with(measure, '_occupied') then 'occupied'
            else ''
        end as state,
        left(measure, len(measure) - len(state) - 1) as sector
    from intermediate.int_figures__current
    where source_id = 'kh03'
),

sectors as materialized (
    select
        level,
        org_code,
        sector,
        period_start,
        period_end,
        any_value(amount) filter (where state = 'available') as available,
        any_value(amount) filter (where state = 'occupied') as occupied
    from figures
    where level = 'provider' and state <> ''
    group by level, org_code, sector, period_start, period_end
),

compared as (
    select
        sectors.*,
        before.available as available_before,
        before.occupied as occupied_before
    from sectors
    left join sectors as before
        on sectors.level = before.level
        and sectors.org_code = before.org_code
        and sectors.sector = before.sector
        and sectors.period_start = before.period_end
),

-- England and the flags of estimated returns find no sector here, so nothing is held against them.
judged as (
    select
        figures.*,
        case
            when figures.amount is null then 'not published'
            when
                figures.amount = 0
                and if(figures.state = 'available', available_before, occupied_before) > 50
                then 'zero after more than 50 beds in the quarter before'
            when figures.state = 'occupied' and figures.amount = 0 and compared.available > 10
                then 'no bed occupied of more than ten available'
            when
                figures.state = 'available'
                and available_before > 50
                and figures.amount > 2 * available_before
                and occupied < 1.5 * occupied_before
                then 'more than twice the beds of the quarter before, without the patients'
        end as missing_reason
    from figures
    left join compared
        on figures.level = compared.level
        and figures.org_code = compared.org_code
        and figures.sector = compared.sector
        and figures.period_start = compared.period_start
)

select
    level,
    org_code,
    period_start,
    period_end,
    snapshot_id,
    kind as basis,
    measure,
    case when missing_reason is null then amount end as amount,
    missing_reason
from judged
