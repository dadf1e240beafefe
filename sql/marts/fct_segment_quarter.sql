-- One row per organisation, era and calendar quarter of which a segment is stated, or for which a programme's
-- spell stands. Of several statements the latest counts; `is_contradicted`: they give different segments.
-- `is_vague`: the statement's date covers more than one quarter, so it may speak of another one. `period`
-- counts quarters: 4 x year + quarter - 1.
with statements as (
    select
        org_code,
        era_id,
        segment,
        effective_from as first_day,
        effective_to - 1 as last_day,
        stated_as,
        confidence,
        source_url,
        'statements' as basis
    from intermediate.int_segments__stated
    where era_id is not null
),

in_programme as (
    select
        spells.org_code,
        eras.era_id,
        eras.highest_segment as segment,
        greatest(inside.inside_by, eras.starts_on) as first_day,
        least(inside.outside_earliest - 1, eras.ends_on - 1) as last_day,
        null::varchar as stated_as,
        spells.confidence,
        string_split(spells.source_urls, ' ; ')[1] as source_url,
        'programme' as basis
    from intermediate.int_programme_spells__dated as spells
    inner join intermediate.int_programme_spells__inside as inside using (spell_id)
    inner join staging.stg_reference__framework_eras as eras on spells.programme = eras.intensive_support
    where inside.inside_by < inside.outside_earliest
        and inside.inside_by < coalesce(eras.ends_on, date '9999-12-31')
),

evidence as (
    select * from statements
    union all by name
    select * from in_programme
),

by_quarter as (
    select
        *,
        unnest(generate_series(
            date_trunc('quarter', first_day), date_trunc('quarter', last_day), interval 3 month
        ))::date as quarter_start
    from evidence
)

select
    org_code,
    era_id,
    quarter_start,
    4 * year(quarter_start) + quarter(quarter_start) - 1 as period,
    segment,
    basis,
    basis = 'statements' and date_trunc('quarter', first_day) <> date_trunc('quarter', last_day)
        as is_vague,
    -- Who is inside a programme part of a quarter, and stated elsewhere in it, has moved.
    coalesce(
        min(segment) filter (where basis = 'statements') over same_quarter
        <> max(segment) filter (where basis = 'statements') over same_quarter,
        false
    ) as is_contradicted,
    stated_as,
    confidence,
    source_url
from by_quarter
window same_quarter as (partition by org_code, era_id, quarter_start)
qualify row_number() over (
        partition by org_code, era_id, quarter_start
        order by basis = 'programme', is_vague, last_day desc, first_day desc, segment desc, source_url
    ) = 1
