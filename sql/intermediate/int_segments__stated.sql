-- Every statement of an organisation's segment, from whichever record speaks for its quarter: of a quarter
-- from 2025/26 on the publisher's own file where one was read, else the register's statements, else a
-- compiled table. `quarter_start`: of the quarter that a release speaks of as a whole. One row per
-- organisation, era and statement.
with statements as (
    select
        stated.*,
        eras.starts_on,
        eras.ends_on,
        -- 'NOF 2025/26 Q3' is October to December 2025: financial years begin in April.
        regexp_extract(stated.framework, '(\d{4})/\d\d Q([1-4])$', ['year', 'quarter']) as named
    from staging.stg_reference__segment_snapshots as stated
    left join staging.stg_reference__framework_eras as eras using (era_id)
),

with_quarter as (
    select
        *,
        make_date(try_cast(named.year as integer), 4, 1)
        + to_months(3 * (try_cast(named.quarter as integer) - 1)) as quarter_start
    from statements
),

registered as (
    select
        org_code,
        era_id,
        quarter_start,
        -- A quarter's own last day is not the day its segments came out.
        case
            when stated_earliest = stated_latest
                and (quarter_start is null or stated_earliest >= quarter_start + to_months(3))
                then stated_earliest
        end as published_on,
        case
            -- A release for a quarter speaks of that quarter, whenever it came out.
            when quarter_start is not null then quarter_start
            -- A year or quarter of a source reaches no further than the framework it speaks of.
            when starts_on between stated_earliest and stated_latest then starts_on
            else stated_earliest
        end::date as effective_from,
        case
            when quarter_start is not null then quarter_start + to_months(3)
            when ends_on > stated_earliest and ends_on <= stated_latest then ends_on
            else stated_latest + 1
        end::date as effective_to,
        segment,
        null::integer as segment_before_override,
        framework,
        stated_as,
        confidence,
        source_url,
        'reference-segment_snapshots' as snapshot_id
    from with_quarter
),

from_files as (
    select
        org_code,
        era_id,
        period_start as quarter_start,
        published_on,
        period_start as effective_from,
        period_end as effective_to,
        segment,
        segment_before_override,
        framework || ' ' || quarter as framework,
        stated_as,
        case basis when 'published' then 'high' else 'medium' end as confidence,
        source_url,
        snapshot_id,
        basis = 'published' as is_published
    from intermediate.int_oversight_framework__segments
),

published as (
    select * exclude (is_published)
    from from_files
    where is_published
),

compiled as (
    select from_files.* exclude (is_published)
    from from_files
    anti join registered using (org_code, quarter_start)
    where not from_files.is_published
),

together as (
    select * from published
    union all by name
    select registered.*
    from registered
    anti join published using (org_code, quarter_start)
    union all by name
    select * from compiled
)

select *
from together
