-- One row per row of a reference table and column of sources: what it states, about whom, and its sources as
-- written. `states` and `detail` are the row's own words; `written` and `until_written` its shortened dates.
select
    'spell' as fact_kind,
    spell_id as fact_id,
    org_code,
    programme as states,
    null::varchar as detail,
    entered as written,
    "left" as until_written,
    source_urls as cited,
    source_date as source_dated
from raw.reference_programme_spells
union all by name
select
    'last_known_in' as fact_kind,
    spell_id as fact_id,
    org_code,
    programme as states,
    last_known_in as written,
    last_known_in_source as cited
from raw.reference_programme_spells
union all by name
select
    'date_alternative' as fact_kind,
    alternatives.spell_id as fact_id,
    spells.org_code,
    alternatives.field as states,
    alternatives.is_chosen as detail,
    alternatives.stated as written,
    alternatives.source_url as cited
from raw.reference_date_alternatives as alternatives
left join raw.reference_programme_spells as spells using (spell_id)
union all by name
select
    'segment' as fact_kind,
    org_code,
    segment as states,
    framework as detail,
    snapshot_date as written,
    source_url as cited
from raw.reference_segment_snapshots
union all by name
select
    'score' as fact_kind,
    org_code,
    avg_score as states,
    framework as detail,
    source_url as cited
from raw.reference_nof_2025_26_q3_detail
union all by name
select
    'cqc_rating' as fact_kind,
    org_code,
    overall as states,
    well_led as detail,
    "date" as written,
    source_url as cited
from raw.reference_cqc_ratings
union all by name
select
    'exit_target' as fact_kind,
    org_code,
    target_exit as states,
    revised_target as detail,
    target_stated as written,
    source_url as cited
from raw.reference_exit_targets
union all by name
select
    'organisation_change' as fact_kind,
    unnest(both_or_national(predecessor_code, successor_code)) as org_code,
    change_type as states,
    predecessor_name || ' to ' || successor_name as detail,
    "date" as written,
    source_url as cited
from raw.reference_org_changes
union all by name
select
    'succession' as fact_kind,
    unnest(both_or_national(predecessor_code, successor_code)) as org_code,
    predecessor_code as states,
    successor_code as detail,
    happened_on as written,
    source_url as cited
from raw.reference_successions
union all by name
select
    'no_four_hour_figures' as fact_kind,
    org_code,
    missing_from as written,
    missing_to as until_written,
    source_url as cited
from raw.reference_field_test_trusts
union all by name
select
    'published_count' as fact_kind,
    segment as states,
    "count" || ' ' || level as detail,
    "date" as written,
    source_url as cited
from raw.reference_segment_counts
union all by name
select
    'programme' as fact_kind,
    programme as fact_id,
    name as states,
    started as written,
    source_url as cited
from raw.reference_programmes
union all by name
select
    'framework' as fact_kind,
    era_id as fact_id,
    framework as states,
    starts_on as written,
    source_url as cited
from raw.reference_framework_eras
union all by name
select
    'event' as fact_kind,
    event_id as fact_id,
    title as states,
    happened_on as written,
    source_url as cited
from raw.reference_national_events
union all by name
select
    'metric' as fact_kind,
    metric as states,
    framework as detail,
    source_url as cited
from raw.reference_oversight_metrics
union all by name
select
    'org_type' as fact_kind,
    org_code,
    org_type as states,
    source_detail as cited
from raw.reference_org_types
-- The other types rest on files that are read, not on a document.
where source_detail like '%://%'
