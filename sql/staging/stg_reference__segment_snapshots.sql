-- One row per statement that an organisation was in a segment.
select
    org_code,
    org_name as org_name_at_time,
    org_type as org_type_stated,
    era_id,
    framework,
    snapshot_date as stated_as,
    first_day(snapshot_date) as stated_earliest,
    last_day_of(snapshot_date) as stated_latest,
    segment::integer as segment,
    coalesce(blank_to_null(confidence), 'high') as confidence,
    source_url
from raw.reference_segment_snapshots
