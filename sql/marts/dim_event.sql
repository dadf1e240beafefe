-- One row per dated event, national where `org_code` is null; [happened_on, ended_on) where it lasted.
-- `stated_as`: the date as its source gives it, where that may be less than a day.
select
    event_id,
    null::varchar as org_code,
    happened_on,
    ended_on,
    stated_as,
    kind,
    title,
    source_url
from staging.stg_reference__national_events
union all by name
select
    'cqc-' || org_code || '-' || happened_on as event_id,
    org_code,
    happened_on,
    stated_as,
    'cqc_rating' as kind,
    'Rated ' || lower(overall) || ' overall by the Care Quality Commission' as title,
    source_url
from staging.stg_reference__cqc_ratings
where overall is not null and happened_on is not null
union all by name
select
    'change-' || predecessor_code || '-' || row_number() over (
        partition by predecessor_code order by happened_on, successor_name
    ) as event_id,
    predecessor_code as org_code,
    happened_on,
    'organisation_change' as kind,
    change_type || ': ' || predecessor_name || ' to ' || successor_name as title,
    source_url
from staging.stg_reference__org_changes
where predecessor_code is not null and happened_on is not null
