-- One row per organisation, era and statement of its segment. `effective_from` and `effective_to` bound the
-- time the statement speaks of, [from, to); `stated_as` is the date as the source gives it.
with quarters as (
    select
        *,
        regexp_extract(framework, 'Q([1-4])$', 1) as quarter
    from staging.stg_reference__segment_snapshots
),

dated as (
    select
        *,
        -- A release for a quarter of 2025/26 speaks of that quarter, whenever it came out.
        case
            when quarter <> ''
                then make_date(2025, 4, 1) + to_months(3 * (quarter::integer - 1))
            else stated_earliest
        end::date as effective_from
    from quarters
)

select
    org_code,
    era_id,
    case when stated_earliest = stated_latest then stated_earliest end as published_on,
    effective_from,
    case
        when quarter <> '' then effective_from + to_months(3)
        else stated_latest + 1
    end::date as effective_to,
    segment,
    null::integer as segment_before_override,
    framework,
    stated_as,
    confidence,
    source_url,
    'reference-segment_snapshots' as snapshot_id
from dated
