-- Figures of systems that are not what their providers in the same workbook add up to: in February 2025 the
-- admissions and the waits for a bed stand in other systems' rows, though England's total is right. One row
-- per system, month and family of figures.
with figures as (
    select *
    from intermediate.int_figures__current
    where source_id = 'ae_monthly' and layout = 'provider_workbook'
),

added_up as (
    select
        memberships.icb_code,
        providers.snapshot_id,
        providers.period_start,
        providers.measure,
        coalesce(sum(providers.amount), 0) as amount
    from figures as providers
    inner join staging.stg_ods__icb_memberships as memberships
        on providers.org_code = memberships.org_code
        and providers.snapshot_id = memberships.snapshot_id
    where providers.level = 'provider'
    group by
        memberships.icb_code, providers.snapshot_id, providers.period_start, providers.measure
)

select distinct
    systems.org_code,
    systems.period_start,
    case
        when starts_with(systems.measure, 'dta_') then 'waits for a bed'
        when starts_with(systems.measure, 'admissions_') then 'admissions'
        else 'four hours'
    end as family
from figures as systems
inner join added_up
    on systems.org_code = added_up.icb_code
    and systems.snapshot_id = added_up.snapshot_id
    and systems.period_start = added_up.period_start
    and systems.measure = added_up.measure
where systems.level = 'system'
    and coalesce(systems.amount, 0) <> added_up.amount
    and systems.measure <> 'percent_within_4h'
