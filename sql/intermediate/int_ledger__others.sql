-- What the record states beside spells: segments, announced targets of exit, published counts, ratings, and
-- changes of organisations. One row per fact.
with segments as (
    select
        concat_ws(':', 'segment', org_code, framework, stated_as, segment) as fact_id,
        'segment' as kind,
        org_code,
        era_id,
        segment,
        effective_from as earliest,
        effective_to - 1 as latest,
        stated_as as written,
        format('In segment {}, {}.', segment, framework) as says,
        confidence,
        string_split(source_url, ' ; ') as source_urls,
        published_on as source_earliest,
        published_on as source_latest,
        -- Nobody knows a segment before it comes out.
        published_on as known_from,
        snapshot_id
    from intermediate.int_segments__stated
),

targets as (
    select
        concat_ws(':', 'target', org_code, target_written) as fact_id,
        'announced_target' as kind,
        org_code,
        'rsp' as programme,
        target_earliest as earliest,
        target_latest as latest,
        target_written as written,
        format('Exit announced for {}.', target_written) as says,
        string_split(source_urls, ' ; ') as source_urls,
        stated_earliest as known_from,
        stated_latest as known_by,
        case when target_earliest is null then 'The source gives no date.' end as reason,
        'reference-exit_targets' as snapshot_id
    from staging.stg_reference__exit_targets
    union all by name
    select
        concat_ws(':', 'target', org_code, revised_written) as fact_id,
        'announced_target' as kind,
        org_code,
        'rsp' as programme,
        revised_earliest as earliest,
        revised_latest as latest,
        revised_written as written,
        format('Exit announced for {}, a revised target.', revised_written) as says,
        string_split(source_urls, ' ; ') as source_urls,
        stated_earliest as known_from,
        'reference-exit_targets' as snapshot_id
    from staging.stg_reference__exit_targets
    where revised_written is not null
),

counts as (
    select
        concat_ws(':', 'count', stated_as, framework, level, counted) as fact_id,
        'count' as kind,
        stated_on as earliest,
        stated_until as latest,
        stated_as as written,
        format('{} {} in {}: {}.', framework, level, counted, organisations) as says,
        note as reason,
        string_split(source_url, ' ; ') as source_urls,
        'reference-segment_counts' as snapshot_id
    from staging.stg_reference__segment_counts
),

ratings as (
    select
        concat_ws(
            ':', 'rating', org_code, coalesce(happened_written, 'undated'), row_number() over (
                partition by org_code, happened_written order by overall, well_led, source_url
            )
        ) as fact_id,
        'rated' as kind,
        org_code,
        happened_on as earliest,
        happened_latest as latest,
        happened_written as written,
        case
            when overall is null then format('Well led {}', lower(well_led))
            else concat_ws(', ', 'Overall ' || lower(overall), 'well led ' || lower(well_led))
        end || ' (Care Quality Commission).' as says,
        coalesce(note, case when happened_on is null then 'No source gives a date.' end) as reason,
        string_split(source_url, ' ; ') as source_urls,
        'reference-cqc_ratings' as snapshot_id
    from staging.stg_reference__cqc_ratings
),

changes as (
    select
        concat_ws(':', 'change', coalesce(predecessor_code, predecessor_name), successor_name) as fact_id,
        'changed' as kind,
        predecessor_code as org_code,
        happened_on as earliest,
        happened_latest as latest,
        happened_precision as precision,
        happened_written as written,
        format('{}: {} to {}.', change_type, predecessor_name, successor_name) as says,
        confidence,
        coalesce(note, case when source_url = '' then 'No source read.' end) as reason,
        case when source_url = '' then [] else string_split(source_url, ' ; ') end as source_urls,
        'reference-org_changes' as snapshot_id
    from staging.stg_reference__org_changes
)

select * from segments
union all by name
select * from targets
union all by name
select * from counts
union all by name
select * from ratings
union all by name
select * from changes
