-- RTT incomplete pathways in the common shape, patients of commissioners outside England left out. Where
-- the only table of a month counts those patients too, a provider's figure is used if it made no
-- difference of more than half a percent to that provider in a month within four months for which both
-- figures are known, and is missing otherwise.
with figures as (
    select
        level,
        org_code,
        period_start,
        period_end,
        snapshot_id,
        kind as basis,
        measure,
        -- In the provider sheet a dash is a zero.
        case
            when layout = 'provider_sheet' and published_text = '-' then 0
            else amount
        end as amount
    from intermediate.int_figures__current
    where source_id = 'rtt' and level in ('provider', 'system')
),

as_published as (
    select *
    from figures
    where not ends_with(measure, '_incl_nonc')
),

including as (
    select * replace (replace(measure, '_incl_nonc', '') as measure)
    from figures
    where ends_with(measure, '_incl_nonc')
),

both_known as (
    select
        including.org_code,
        including.period_start,
        abs(including.amount - as_published.amount) <= 0.005 * as_published.amount as is_same
    from including
    inner join as_published using (level, org_code, period_start, measure)
    where including.measure = 'incomplete' and including.level = 'provider'
),

comparable as (
    select
        including.org_code,
        including.period_start,
        coalesce(bool_and(both_known.is_same), false) as is_comparable
    from (
        select distinct
            org_code,
            period_start
        from including
    ) as including
    left join both_known
        on including.org_code = both_known.org_code
        and abs(date_diff('month', including.period_start, both_known.period_start)) <= 4
    group by including.org_code, including.period_start
),

filled as (
    select
        including.* replace (
            case when comparable.is_comparable then including.amount end as amount,
            'compiled, patients from outside England included' as basis
        ),
        case
            when not comparable.is_comparable
                then 'only known with patients of commissioners outside England'
            when including.amount is null then 'not published'
        end as missing_reason
    from including
    inner join comparable using (org_code, period_start)
    anti join as_published using (level, period_start, measure)
),

organisations as (
    select
        *,
        case when amount is null then 'not published' end as missing_reason
    from as_published
    union all by name
    select * from filled
),

england as (
    select
        'england' as level,
        'ENG' as org_code,
        period_start,
        period_end,
        min(snapshot_id) as snapshot_id,
        min(basis) as basis,
        measure,
        case when not bool_or(basis like '%outside England%') then sum(amount) end as amount,
        case
            when bool_or(basis like '%outside England%')
                then 'no England figure without patients of commissioners outside England'
            when sum(amount) is null then 'not published'
        end as missing_reason
    from organisations
    where level = 'provider'
    group by period_start, period_end, measure
)

select * from organisations
union all by name
select * from england
