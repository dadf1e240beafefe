-- Healthcare-associated cases of twelve months by organism: hospital-onset and community-onset together. Each
-- release restates thirteen months; the latest one that holds a month speaks for it. A window without all
-- twelve months is not there; one in which a month was withheld is there without its amount.
with cases as (
    select
        figures.level,
        figures.org_code,
        figures.period_start,
        figures.period_end,
        figures.snapshot_id,
        snapshots.kind,
        split_part(figures.measure, '_', 1) as organism,
        figures.measure,
        figures.amount
    from staging.stg_figures as figures
    inner join intermediate.int_snapshots__current as snapshots using (snapshot_id)
    where figures.source_id = 'hcai' and snapshots.superseded_by is null
    qualify row_number() over (
            partition by figures.level, figures.org_code, figures.period_start, figures.measure
            order by
                snapshots.period_end desc, snapshots.published_on desc nulls last,
                snapshots.retrieved_at desc nulls last, figures.snapshot_id desc
        ) = 1
),

months as (
    select
        level,
        org_code,
        organism,
        period_start,
        period_end,
        min(snapshot_id) as snapshot_id,
        min(kind) as kind,
        case when count(amount) = 2 then sum(amount) end as amount
    from cases
    group by level, org_code, organism, period_start, period_end
),

windows as (
    select
        *,
        count(*) over year_to_month as months,
        count(amount) over year_to_month as months_known,
        sum(amount) over year_to_month as cases
    from months
    window
        year_to_month as (
            partition by level, org_code, organism
            order by period_start
            range between interval 11 months preceding and current row
        )
)

select
    level,
    org_code,
    (period_start - interval 11 months)::date as period_start,
    period_end,
    snapshot_id,
    kind as basis,
    organism || '_12_months' as measure,
    case when months_known = 12 then cases end as amount,
    case when months_known < 12 then 'not published' end as missing_reason
from windows
where months = 12
