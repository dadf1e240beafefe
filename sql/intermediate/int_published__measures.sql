-- Publications whose figures are measures as they stand: one row per source, level, organisation, period and
-- measure. England is the publication's own figure. Where its files print none, what can be added up is
-- added up, over published files only: a compiled table may not hold every provider.
with figures as (
    select
        source_id,
        level,
        org_code,
        period_start,
        period_end,
        snapshot_id,
        kind as basis,
        measure,
        amount,
        case when amount is null then 'not published' end as missing_reason
    from intermediate.int_figures__current
    where source_id not in (
            'ae_monthly',
            'rtt',
            'ambulance_quality',
            'kh03',
            'trust_accounts',
            'sickness_absence',
            'workforce',
            'discharge_sitrep',
            'staff_survey',
            'shmi',
            'hcai',
            'friends_family',
            'oversight_framework',
            'cqc_ratings'
        )
),

printed as (
    select distinct
        source_id,
        measure,
        period_start
    from figures
    where level = 'england'
),

added_up as (
    select
        source_id,
        'england' as level,
        'ENG' as org_code,
        period_start,
        period_end,
        min(snapshot_id) as snapshot_id,
        'published' as basis,
        measure,
        sum(amount) as amount,
        case when sum(amount) is null then 'not published' end as missing_reason
    from figures
    anti join printed using (source_id, measure, period_start)
    anti join staging.stg_sources__rates using (source_id, measure)
    where level = 'provider'
    group by source_id, period_start, period_end, measure
    having bool_and(basis = 'published')
)

select * from figures
union all by name
select * from added_up
