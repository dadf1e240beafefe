-- A&E attendances and waits, one row per level, organisation and month, booked appointments included.
-- One layout speaks for an organisation's month: a workbook's dash is never filled from a CSV's zero.
with figures as (
    select *
    from intermediate.int_figures__current
    where source_id = 'ae_monthly'
    qualify layout_rank = min(layout_rank) over (partition by level, org_code, period_start)
),

with_booked as (
    select
        level,
        org_code,
        period_start,
        period_end,
        any_value(snapshot_id) as snapshot_id,
        any_value(kind) as kind,
        replace(replace(measure, '_unbooked', ''), '_booked', '') as counted,
        complete_sum(list(amount)) as amount
    from figures
    group by level, org_code, period_start, period_end, counted
),

pivoted as (
    select
        level,
        org_code,
        period_start,
        period_end,
        any_value(snapshot_id) as snapshot_id,
        any_value(kind) as kind,
        max(amount) filter (where counted = 'attendances_type1') as attendances_type1,
        max(amount) filter (where counted = 'over_4h_type1') as over_type1,
        max(amount) filter (where counted = 'over_4h_total') as over_total,
        max(amount) filter (where counted = 'within_4h_type1') as within_type1,
        max(amount) filter (where counted = 'within_4h_total') as within_total,
        max(amount) filter (where counted = 'dta_over_12h') as dta_over_12h,
        max(amount) filter (where counted = 'admissions_via_ae') as admissions_via_ae,
        complete_sum(list(amount) filter (
            where counted in ('attendances_type1', 'attendances_type2', 'attendances_other')
        )) as attendances_summed,
        complete_sum(list(amount) filter (
            where counted in ('over_4h_type1', 'over_4h_type2', 'over_4h_other')
        )) as over_summed,
        complete_sum(list(amount) filter (
            where counted in ('admissions_type1', 'admissions_type2', 'admissions_other')
        )) as admissions_summed
    from with_booked
    group by level, org_code, period_start, period_end
),

totals as (
    select
        * replace (
            coalesce(over_total, over_summed) as over_total,
            coalesce(admissions_via_ae, admissions_summed) as admissions_via_ae
        )
    from pivoted
),

field_test as (
    select * from staging.stg_reference__field_test_trusts
)

select
    totals.level,
    totals.org_code,
    totals.period_start,
    totals.period_end,
    totals.snapshot_id,
    totals.kind,
    totals.attendances_type1,
    totals.attendances_summed as attendances_total,
    totals.over_type1,
    totals.over_total,
    coalesce(totals.within_type1, totals.attendances_type1 - totals.over_type1) as within_type1,
    coalesce(totals.within_total, totals.attendances_summed - totals.over_total) as within_total,
    totals.dta_over_12h,
    totals.admissions_via_ae,
    case
        when totals.level = 'provider' and field_test.org_code is not null
            then 'not collected: field test of new A&E standards'
        when totals.level = 'provider' and totals.attendances_type1 > 3000
            and totals.over_total = 0
            then 'withheld: over 3,000 type 1 attendances and none over four hours'
    end as four_hour_missing_reason
from totals
left join field_test
    on totals.org_code = field_test.org_code
    and totals.period_start >= field_test.missing_from
    and totals.period_start < field_test.missing_to
