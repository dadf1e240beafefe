-- One row per published count that names a state on a day and organisation which the ledger places, or may
-- place, inside on that day. `placement`: `placed`; `entered_before` (inside unless it left unnoticed: it had
-- certainly entered, and no exit before the day is established); `undated` (that it had entered by that day
-- is not established). Who is certainly outside, or stated in a lower segment on that day, has no row. An
-- organisation counts once, by its best spell.
with counts as (
    select * from marts.fct_published_count
    where counts_programmes is not null
),

by_spell as (
    select
        counts.count_id,
        counts.stated_on,
        counts.stated_until,
        spells.*,
        case
            when spells.inside_by <= counts.stated_until and spells.outside_earliest > counts.stated_until
                then 'placed'
            when spells.inside_by <= counts.stated_until then 'entered_before'
            else 'undated'
        end as placement
    from counts
    inner join marts.fct_programme_spell as spells
        on list_contains(counts.counts_programmes, spells.programme)
        and (counts.counts_level = 'icb') = (spells.org_type = 'icb')
        and spells.inside_earliest <= counts.stated_until
        -- Of a count dated to a month: still inside on some day of it.
        and coalesce(spells.outside_by > counts.stated_on, true)
),

worded as (
    select
        *,
        case
            when entered_latest <= stated_until then 'entered ' || date_in_words(entered_written)
            when placement <> 'undated' and first_seen_written is not null
                then format('first seen {} {}', first_seen_as, date_in_words(first_seen_written))
            when placement <> 'undated' then 'entered ' || date_in_words(entered_written)
            when entered_written is null then 'no source gives a date of entry'
            else format('entered {}, which need not be by this day', date_in_words(entered_written))
        end as entry_in_words,
        case
            when left_written is null or (placement = 'placed' and left_earliest <= stated_until)
                then format('last seen {} {}', last_seen_as, date_in_words(last_seen_written))
        end as sighting_in_words,
        case
            when placement = 'entered_before' and left_written is not null
                then format('left {}, which may be before this day', date_in_words(left_written))
            when left_written is not null then 'left ' || date_in_words(left_written)
            when left_kind = 'merged_or_dissolved' then 'no source dates its end'
            else 'no source gives an exit date'
        end as exit_in_words
    from by_spell
),

from_spells as (
    select
        count_id,
        org_code,
        org_type,
        spell_id,
        placement,
        upper(entry_in_words[1:1])
        || concat_ws('; ', entry_in_words[2:], sighting_in_words, exit_in_words) || '.' as reason,
        list_distinct(source_urls || sighting_urls) as source_urls,
        confidence
    from worded
),

stated as (
    select
        counts.count_id,
        statements.*,
        statements.segment = eras.highest_segment as is_inside,
        organisations.org_type
    from counts
    inner join marts.dim_era as eras using (era_id)
    inner join marts.fct_segment as statements
        on counts.era_id = statements.era_id
        and statements.effective_from <= counts.stated_until
        and statements.effective_to > counts.stated_until
    inner join marts.dim_organisation as organisations
        on statements.org_code = organisations.org_code
        and (counts.counts_level = 'icb') = (organisations.org_type = 'icb')
),

from_statements as (
    select
        count_id,
        org_code,
        org_type,
        null::varchar as spell_id,
        'placed' as placement,
        format('Stated in segment {} {}.', segment, date_in_words(stated_as)) as reason,
        [source_url] as source_urls,
        confidence
    from stated
    where is_inside
),

not_ruled_out as (
    select from_spells.*
    from from_spells
    left join stated
        on from_spells.count_id = stated.count_id
        and from_spells.org_code = stated.org_code
        and not stated.is_inside
    where from_spells.placement = 'placed' or stated.org_code is null
),

either as (
    select * from not_ruled_out
    union all by name
    select * from from_statements
)

select *
from either
qualify row_number() over (
        partition by count_id, org_code
        order by
            list_position(['placed', 'entered_before', 'undated'], placement), spell_id nulls last, reason
    ) = 1
