-- Lines of providers' yearly accounts in the common shape, in thousands of pounds; income is the sum of two
-- lines. There is no England: of the two workbooks of a year one may not be at hand, and providers also pay
-- each other.
with lines as (
    select
        level,
        org_code,
        period_start,
        period_end,
        min(snapshot_id) as snapshot_id,
        min(kind) as basis,
        any_value(amount) filter (where measure = 'operating_surplus') as surplus,
        any_value(amount) filter (where measure = 'patient_care_income') as patient_care_income,
        any_value(amount) filter (where measure = 'other_operating_income') as other_income,
        any_value(amount) filter (where measure = 'agency_cost') as agency_cost,
        any_value(amount) filter (where measure = 'staff_cost') as staff_cost
    from intermediate.int_figures__current
    where source_id = 'trust_accounts'
    group by level, org_code, period_start, period_end
),

measures as (
    select
        level,
        org_code,
        period_start,
        period_end,
        snapshot_id,
        basis,
        unnest([
            { 'measure': 'operating_surplus', 'amount': surplus },
            {
                'measure': 'operating_income',
                'amount': complete_sum([patient_care_income, other_income])
            },
            { 'measure': 'agency_cost', 'amount': agency_cost },
            { 'measure': 'staff_cost', 'amount': staff_cost }
        ], recursive := true)
    from lines
)

select
    *,
    case when amount is null then 'not published' end as missing_reason
from measures
