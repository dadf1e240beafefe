-- What is known of an organisation's segment within an era, statements that overlap made one. It was in the
-- segment from `known_by` at the latest until `known_until` at the earliest: of a release for a quarter, and
-- of a day, these are its first and last day; of a date known to the month or year it is some day of it, so
-- they are its last and its first. `ended_by`: from then on certainly outside the programme. Where a segment
-- is support by one programme, a spell in that programme is evidence of it (`basis` programme), and so are
-- words on an exit that name the segment it led to. One row per organisation, era, segment and stretch of
-- overlapping evidence.
with statements as (
    select
        org_code,
        era_id,
        segment,
        case when quarter_start is null then effective_to - 1 else effective_from end as known_by,
        case when quarter_start is null then effective_from else effective_to - 1 end as known_until,
        null::date as ended_by,
        'statements' as basis,
        confidence,
        [source_url] as source_urls
    from intermediate.int_segments__stated
    where era_id is not null
),

spells as (
    select
        spells.*,
        inside.inside_by,
        inside.outside_earliest,
        inside.outside_by,
        eras.era_id,
        eras.starts_on,
        eras.ends_on,
        eras.highest_segment
    from intermediate.int_programme_spells__dated as spells
    inner join intermediate.int_programme_spells__inside as inside using (spell_id)
    inner join staging.stg_reference__framework_eras as eras on spells.programme = eras.intensive_support
),

in_programme as (
    select
        org_code,
        era_id,
        highest_segment as segment,
        greatest(inside_by, starts_on) as known_by,
        greatest(least(coalesce(outside_earliest - 1, entered_earliest), ends_on - 1), starts_on)
            as known_until,
        outside_by as ended_by,
        'programme' as basis,
        confidence,
        string_split(source_urls, ' ; ') as source_urls
    from spells
    where inside_by < coalesce(ends_on, date '9999-12-31')
        and (outside_earliest is not null or entered_earliest is not null)
),

let_go as (
    select
        org_code,
        era_id,
        regexp_extract(left_kind_words, '(4 to |SOF)([1-3])', 2)::integer as segment,
        left_latest as known_by,
        left_earliest as known_until,
        'programme' as basis,
        confidence,
        string_split(source_urls, ' ; ') as source_urls
    from spells
    where regexp_matches(left_kind_words, '(4 to |SOF)([1-3])')
        and left_latest < coalesce(ends_on, date '9999-12-31')
),

evidence as (
    select * from statements
    union all by name
    select * from in_programme
    union all by name
    select * from let_go
),

spans as (
    select
        *,
        least(known_by, known_until) as first_day,
        greatest(known_by, known_until) as last_day
    from evidence
),

numbered as (
    select
        *,
        coalesce(first_day > max(last_day) over (
            partition by org_code, era_id, segment
            order by first_day, last_day
            rows between unbounded preceding and 1 preceding
        ), false)::integer as is_new
    from spans
),

stretches as (
    select
        *,
        sum(is_new) over (
            partition by org_code, era_id, segment
            order by first_day, last_day
            rows unbounded preceding
        ) as stretch
    from numbered
)

select
    org_code,
    era_id,
    segment,
    min(first_day) as first_day,
    max(last_day) as last_day,
    min(known_by) as known_by,
    max(known_until) as known_until,
    max(ended_by) as ended_by,
    arg_min(basis, (known_by, basis <> 'statements')) as basis_by,
    arg_max(basis, (known_until, basis = 'statements')) as basis_until,
    arg_max(confidence, list_position(['high', 'medium', 'low'], confidence)) as confidence,
    list_distinct(flatten(list(source_urls))) as source_urls
from stretches
group by org_code, era_id, segment, stretch
