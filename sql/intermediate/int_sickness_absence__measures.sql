-- Sickness absence by calendar quarter: one row per level, organisation, quarter and measure. Published
-- months are added up where all three are there; compiled quarters are taken as they are. England is all
-- organisations of three published months: the compiled table does not hold them all.
with figures as (
    select
        org_code,
        period_start,
        period_end,
        snapshot_id,
        kind as basis,
        measure,
        amount
    from intermediate.int_figures__current
    where source_id = 'sickness_absence'
),

months as (
    select
        * exclude (period_end) replace (replace(measure, '_in_month', '') as measure),
        date_trunc('quarter', period_start)::date as quarter
    from figures
    where ends_with(measure, '_in_month')
),

added_up as (
    select
        'provider' as level,
        org_code,
        quarter as period_start,
        min(snapshot_id) as snapshot_id,
        min(basis) as basis,
        measure,
        sum(amount) as amount,
        case when count(amount) < 3 then 'not published for all three months' end as missing_reason
    from months
    group by org_code, quarter, measure
),

england_months as (
    select
        quarter,
        period_start,
        measure,
        min(snapshot_id) as snapshot_id,
        min(basis) as basis,
        sum(amount) as amount,
        count(amount) as organisations
    from months
    group by quarter, period_start, measure
),

england as (
    select
        'england' as level,
        'ENG' as org_code,
        quarter as period_start,
        min(snapshot_id) as snapshot_id,
        min(basis) as basis,
        measure,
        sum(amount) as amount,
        case
            when count(*) < 3 then 'not published for all three months'
            -- A month with far fewer organisations than its neighbours is a file cut short.
            when min(organisations) < 0.85 * max(organisations)
                then 'too few organisations in one of the three months'
        end as missing_reason
    from england_months
    group by quarter, measure
),

counted as (
    select * from added_up
    union all by name
    select * from england
),

quarters as (
    select
        level,
        org_code,
        period_start,
        (period_start + interval 3 month)::date as period_end,
        snapshot_id,
        basis,
        measure,
        case when missing_reason is null then amount end as amount,
        missing_reason
    from counted
    union all by name
    select
        'provider' as level,
        figures.*,
        case when amount is null then 'not published' end as missing_reason
    from figures
    where not ends_with(measure, '_in_month')
),

chosen as (
    select quarters.*
    from quarters
    -- A care board's own few staff are not its system.
    anti join staging.stg_ods__icbs as boards on quarters.org_code = boards.icb_code
    qualify row_number() over (
            partition by level, org_code, period_start, measure
            order by amount is null, basis desc
        ) = 1
),

beside as (
    select
        *,
        -- Ten people's quarter or more without a single day of sickness is a return that was not made.
        measure = 'days_lost'
        and amount = 0
        and max(amount) over (partition by level, org_code, period_start) > 1000 as is_unlikely
    from chosen
)

select
    * exclude (is_unlikely) replace (
        case when not is_unlikely then amount end as amount,
        case when is_unlikely then 'no day lost: not reported' else missing_reason end
            as missing_reason
    )
from beside
