-- Patients remaining in hospital who no longer meet the criteria to reside, as a mean of the days of a month:
-- the mean of those ready to leave less the mean of those discharged that day, each over days with a return.
--
-- A day on which nobody was ready is a day without a return: no trust has a month in which its other days
-- average below 13, and where 13 are usual a true zero comes up once in some 400,000 days. A day without a
-- discharge is one too, unless the other days average below 10: small hospitals discharge nobody on some
-- days. A mean of fewer than half of the month's days is withheld, and so is one of nobody remaining all
-- month: that is a form filled in with the day's discharges, not a hospital where all leave on time.
with pieces as (
    select
        level,
        org_code,
        period_start,
        period_end,
        min(snapshot_id) filter (where measure = 'no_longer_meeting') as snapshot_id,
        min(kind) filter (where measure = 'no_longer_meeting') as basis,
        max(amount) filter (where measure = 'no_longer_meeting') as ready,
        max(amount) filter (where measure = 'no_longer_meeting_days') as ready_days,
        max(amount) filter (where measure = 'no_longer_meeting_zero_days') as ready_zero_days,
        max(amount) filter (where measure = 'discharged') as discharged,
        max(amount) filter (where measure = 'discharged_days') as discharged_days,
        max(amount) filter (where measure = 'discharged_zero_days') as discharged_zero_days
    from intermediate.int_figures__current
    where source_id = 'discharge_sitrep'
    group by level, org_code, period_start, period_end
),

returned as (
    select
        *,
        ready * ready_days as all_ready,
        ready_days - ready_zero_days as days_with_ready,
        discharged * discharged_days as all_discharged,
        discharged_days - discharged_zero_days as days_with_discharged
    from pieces
    where snapshot_id is not null
),

judged as (
    select
        *,
        case
            when all_discharged >= 10 * days_with_discharged then days_with_discharged
            else days_with_ready
        end as days_of_discharges
    from returned
),

subtracted as (
    select
        *,
        (
            all_ready / nullif(days_with_ready, 0) - all_discharged / nullif(days_of_discharges, 0)
        )::decimal(24, 6) as remaining,
        2 * least(days_with_ready, days_of_discharges) >= period_end - period_start as is_half_known
    from judged
)

select
    level,
    org_code,
    period_start,
    period_end,
    snapshot_id,
    basis,
    'remaining' as measure,
    case when is_half_known and remaining > 0 then remaining end as amount,
    case
        when ready is null or discharged is null then 'not published'
        when days_with_ready = 0 or days_with_discharged = 0 then 'zero on every day: no return'
        when not is_half_known then 'fewer than half of the days returned'
        when remaining is null or remaining <= 0 then 'nobody reported as remaining'
    end as missing_reason
from subtracted
