-- A&E attendances and waits, one row per level, organisation and month, booked appointments included.
-- One layout speaks for an organisation's month: a workbook's dash is never filled from a CSV's zero.
with figures as (
    select *
    from intermediate.int_figures__current
    where source_id = 'ae_monthly'
    qualify layout_rank = min(layout_rank) over (partition by level, org_code, period_start)
),

pivoted as (
    select
        level,
        org_code,
        period_start,
        period_end,
        any_value(snapshot_id) as snapshot_id,
        any_value(kind) as kind,
        max(amount) filter (where measure = 'attendances_type1') as attendances_type1,
        max(amount) filter (where measure = 'attendances_type2') as attendances_type2,
        max(amount) filter (where measure = 'attendances_other') as attendances_other,
        max(amount) filter (where measure = 'attendances_unbooked_type1') as unbooked_type1,
        max(amount) filter (where measure = 'attendances_unbooked_type2') as unbooked_type2,
        max(amount) filter (where measure = 'attendances_unbooked_other') as unbooked_other,
        max(amount) filter (where measure = 'attendances_booked_type1') as booked_type1,
        max(amount) filter (where measure = 'attendances_booked_type2') as booked_type2,
        max(amount) filter (where measure = 'attendances_booked_other') as booked_other,
        max(amount) filter (where measure = 'over_4h_type1') as over_type1,
        max(amount) filter (where measure = 'over_4h_type2') as over_type2,
        max(amount) filter (where measure = 'over_4h_other') as over_other,
        max(amount) filter (where measure = 'over_4h_total') as over_total,
        max(amount) filter (where measure = 'over_4h_unbooked_type1') as over_unbooked_type1,
        max(amount) filter (where measure = 'over_4h_unbooked_type2') as over_unbooked_type2,
        max(amount) filter (where measure = 'over_4h_unbooked_other') as over_unbooked_other,
        max(amount) filter (where measure = 'over_4h_booked_type1') as over_booked_type1,
        max(amount) filter (where measure = 'over_4h_booked_type2') as over_booked_type2,
        max(amount) filter (where measure = 'over_4h_booked_other') as over_booked_other,
        max(amount) filter (where measure = 'within_4h_total') as within_total,
        max(amount) filter (where measure = 'within_4h_type1') as within_type1,
        max(amount) filter (where measure = 'dta_over_12h') as dta_over_12h,
        max(amount) filter (where measure = 'admissions_via_ae') as admissions_via_ae,
        max(amount) filter (where measure = 'admissions_type1') as admissions_type1,
        max(amount) filter (where measure = 'admissions_type2') as admissions_type2,
        max(amount) filter (where measure = 'admissions_other') as admissions_other,
        max(published_text) filter (where measure in ('over_4h_total', 'over_4h_type1'))
            as over_text
    from figures
    group by level, org_code, period_start, period_end
),

with_booked as (
    select
        level,
        org_code,
        period_start,
        period_end,
        snapshot_id,
        kind,
        dta_over_12h,
        within_total,
        within_type1,
        over_text,
        coalesce(attendances_type1, unbooked_type1 + booked_type1) as attendances_type1,
        coalesce(attendances_type2, unbooked_type2 + booked_type2) as attendances_type2,
        coalesce(attendances_other, unbooked_other + booked_other) as attendances_other,
        coalesce(over_type1, over_unbooked_type1 + over_booked_type1) as over_type1,
        coalesce(over_type2, over_unbooked_type2 + over_booked_type2) as over_type2,
        coalesce(over_other, over_unbooked_other + over_booked_other) as over_other,
        over_total,
        coalesce(
            admissions_via_ae,
            coalesce(admissions_type1, 0) + coalesce(admissions_type2, 0)
            + coalesce(admissions_other, 0)
        ) as admissions_via_ae
    from pivoted
),

totals as (
    select
        *,
        coalesce(attendances_type1, 0) + coalesce(attendances_type2, 0)
        + coalesce(attendances_other, 0) as attendances_total,
        coalesce(
            over_total,
            coalesce(over_type1, 0) + coalesce(over_type2, 0) + coalesce(over_other, 0)
        ) as over_counted
    from with_booked
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
    totals.attendances_total,
    totals.over_type1,
    totals.over_counted as over_total,
    coalesce(totals.within_type1, totals.attendances_type1 - totals.over_type1) as within_type1,
    coalesce(totals.within_total, totals.attendances_total - totals.over_counted) as within_total,
    totals.dta_over_12h,
    totals.admissions_via_ae,
    case
        when totals.level = 'provider' and field_test.org_code is not null
            then 'not collected: field test of new A&E standards'
        when totals.level = 'provider' and totals.over_text = '-' then 'not published'
        when totals.level = 'provider' and totals.attendances_type1 > 3000
            and totals.over_counted = 0
            then 'withheld: over 3,000 type 1 attendances and none over four hours'
    end as four_hour_missing_reason
from totals
left join field_test
    on totals.org_code = field_test.org_code
    and totals.period_start >= field_test.missing_from
    and totals.period_start < field_test.missing_to
