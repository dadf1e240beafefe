-- Growth of staff over twelve months: what an organisation had a year before a month, and the change since.
-- One row per level, organisation, month and measure. An organisation that was new, had closed or merged, or
-- gained or lost over a tenth of its staff within one month has no growth: staff passed between
-- organisations, and nobody joined or left the NHS.
with staff as (
    select
        level,
        org_code,
        period_start,
        snapshot_id,
        kind as basis,
        amount
    from intermediate.int_figures__current
    -- A care board's own staff are not its system's.
    anti join staging.stg_ods__icbs as boards on int_figures__current.org_code = boards.icb_code
    where source_id = 'workforce' and measure = 'fte'
),

known_months as (
    select distinct period_start
    from staff
),

comparable_months as (
    select now.period_start
    from known_months as now
    inner join known_months as before
        on now.period_start = before.period_start + interval 12 month
),

sides as (
    select
        *,
        'now' as side
    from staff
    union all by name
    select
        * replace ((period_start + interval 12 month)::date as period_start),
        'before' as side
    from staff
),

compared as (
    select
        level,
        org_code,
        period_start,
        -- The later of the two months says where a figure is from.
        max_by(snapshot_id, side) as snapshot_id,
        max_by(basis, side) as basis,
        max(amount) filter (side = 'now') as now,
        max(amount) filter (side = 'before') as before
    from sides
    semi join comparable_months on sides.period_start = comparable_months.period_start
    group by level, org_code, sides.period_start
),

mergers as (
    select
        predecessor_code as org_code,
        happened_on
    from intermediate.int_organisations__successions
    union
    select
        successor_code as org_code,
        happened_on
    from intermediate.int_organisations__successions
),

-- What happens on the first of a month may show in the figures for the end of the month before.
merged as (
    select distinct
        compared.org_code,
        compared.period_start
    from compared
    inner join mergers
        on compared.org_code = mergers.org_code
        and mergers.happened_on between compared.period_start - interval 11 month
        and compared.period_start + interval 1 month
),

steps as (
    select
        later.org_code,
        later.period_start
    from staff as later
    inner join staff as earlier
        on later.level = earlier.level
        and later.org_code = earlier.org_code
        and later.period_start = earlier.period_start + interval 1 month
    where abs(later.amount - earlier.amount) > 0.1 * earlier.amount
),

stepped as (
    select distinct
        compared.org_code,
        compared.period_start
    from compared
    inner join steps
        on compared.org_code = steps.org_code
        and steps.period_start between compared.period_start - interval 11 month
        and compared.period_start
),

judged as (
    select
        compared.*,
        case
            when compared.before is null then 'no staff twelve months before'
            when compared.now is null then 'no staff any more'
            when merged.org_code is not null then 'merged or split within the twelve months'
            when stepped.org_code is not null
                then 'over a tenth of the staff came or went within one month'
        end as missing_reason
    from compared
    left join merged
        on compared.org_code = merged.org_code and compared.period_start = merged.period_start
    left join stepped
        on compared.org_code = stepped.org_code and compared.period_start = stepped.period_start
),

long as (
    select
        level,
        org_code,
        period_start,
        snapshot_id,
        basis,
        missing_reason,
        unnest([
            { 'measure': 'fte_change_12_months', 'amount': now - before },
            { 'measure': 'fte_12_months_before', 'amount': before }
        ], recursive := true)
    from judged
)

select
    level,
    org_code,
    period_start,
    (period_start + interval 1 month)::date as period_end,
    snapshot_id,
    basis,
    measure,
    case when missing_reason is null then amount end as amount,
    missing_reason
from long
