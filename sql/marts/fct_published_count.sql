-- One row per published national count: what the register's completeness is measured against. Where members
-- can be looked for, `counts_programmes` are those whose spells are meant, `era_id` the era whose highest
-- segment is meant, `counts_level` whom they count; a date known to the month is read as its last day.
with counts as (
    select
        *,
        counted in ('special measures', 'special measures (net)', 'financial special measures')
            as is_of_special_measures,
        counted = '4' and framework in ('SOF 2021/22', 'NOF 2022/23') as is_of_segment_4
    from staging.stg_reference__segment_counts
)

select
    trim(lower(regexp_replace(concat_ws('-', stated_as, level, counted), '[^A-Za-z0-9]+', '-', 'g')), '-')
        as count_id,
    stated_as,
    stated_on,
    stated_until,
    framework,
    level,
    counted,
    organisations,
    note,
    source_url,
    case
        when is_of_special_measures then string_split(lower(framework), '/')
        when is_of_segment_4 then ['rsp']
    end as counts_programmes,
    case when is_of_segment_4 then 'R1' end as era_id,
    case
        when not (is_of_special_measures or is_of_segment_4) then null
        when level[:3] in ('ICB', 'ICS') then 'icb'
        else 'trust'
    end as counts_level
from counts
