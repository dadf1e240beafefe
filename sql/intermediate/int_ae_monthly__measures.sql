-- A&E measures in the common shape: one row per level, organisation, month and measure. England is the sum
-- of providers; the four-hour measures count only the providers that reported them.
with long as (
    select
        level,
        org_code,
        period_start,
        period_end,
        snapshot_id,
        kind,
        four_hour_missing_reason,
        unnest([
            { 'measure': 'within_4h_all', 'amount': within_total },
            { 'measure': 'attendances_4h_all', 'amount': within_total + over_total },
            { 'measure': 'within_4h_t1', 'amount': within_type1 },
            { 'measure': 'attendances_4h_t1', 'amount': within_type1 + over_type1 },
            { 'measure': 'dta_over_12h', 'amount': dta_over_12h },
            { 'measure': 'admissions_via_ae', 'amount': admissions_via_ae }
        ], recursive := true)
    from intermediate.int_ae_monthly__counts
    where level in ('provider', 'system')
),

organisations as (
    select
        level,
        org_code,
        period_start,
        period_end,
        snapshot_id,
        kind,
        measure,
        case when contains(measure, '4h') then four_hour_missing_reason end as four_hour_reason,
        case
            when contains(measure, '4h') then 'four hours'
            when starts_with(measure, 'dta_') then 'waits for a bed'
            else 'admissions'
        end as family,
        amount
    from long
    -- The compiled table of 2016 to 2019 does not carry decision-to-admit waits.
    where kind = 'published' or measure <> 'dta_over_12h'
),

judged as (
    select
        level,
        org_code,
        period_start,
        period_end,
        snapshot_id,
        kind as basis,
        measure,
        case
            when four_hour_reason is null and contradictions.family is null then amount
        end as amount,
        coalesce(
            four_hour_reason,
            case
                when contradictions.family is not null
                    then 'withheld: not what the providers in the same file add up to'
                -- The compiled table has rows only for the departments an organisation has.
                when amount is null and kind = 'compiled' then 'no activity reported'
                when amount is null then 'not published'
            end
        ) as missing_reason
    from organisations
    left join intermediate.int_ae_monthly__contradictions as contradictions
        using (org_code, period_start, family)
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
        sum(amount) as amount,
        case when sum(amount) is null then 'not published' end as missing_reason
    from judged
    where level = 'provider'
    group by period_start, period_end, measure
)

select * from judged
union all by name
select * from england
