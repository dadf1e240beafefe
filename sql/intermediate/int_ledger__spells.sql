-- What the register states of spells: entries, exits, last sightings, and dates of other sources that are
-- kept beside the chosen ones. One row per fact; an entry or end without a date is a fact that says so.
with spells as (
    select
        *,
        string_split(source_urls, ' ; ') as all_source_urls
    from staging.stg_reference__programme_spells
),

chosen as (
    select
        spell_id,
        field,
        reason
    from staging.stg_reference__date_alternatives
    where is_chosen
),

entries as (
    select
        spells.spell_id || ':entered' as fact_id,
        'entered' as kind,
        spells.entered_earliest as earliest,
        spells.entered_latest as latest,
        spells.entered_precision as precision,
        spells.entered as written,
        coalesce(
            chosen.reason, case when spells.entered is null then 'No source gives a date of entry.' end
        ) as reason,
        spells.all_source_urls as source_urls,
        spells.source_earliest,
        spells.source_latest,
        spells.spell_id
    from spells
    left join chosen on spells.spell_id = chosen.spell_id and chosen.field = 'entered'
),

exits as (
    select
        spells.spell_id || ':left' as fact_id,
        'left' as kind,
        spells.left_earliest as earliest,
        spells.left_latest as latest,
        spells.left_precision as precision,
        spells.left_written as written,
        coalesce(
            chosen.reason, case when spells.left_written is null then 'No source dates its end.' end
        ) as reason,
        spells.all_source_urls as source_urls,
        spells.source_earliest,
        spells.source_latest,
        spells.spell_id
    from spells
    left join chosen on spells.spell_id = chosen.spell_id and chosen.field = 'left'
    where spells.left_kind <> 'not_established'
),

sightings as (
    select
        spell_id || ':last_known_in' as fact_id,
        'last_known_in' as kind,
        last_known_in_earliest as earliest,
        last_known_in as latest,
        last_known_in_precision as precision,
        last_known_in_written as written,
        last_known_in_note as reason,
        string_split(last_known_in_source, ' ; ') as source_urls,
        spell_id
    from spells
    where last_known_in is not null
),

others as (
    select
        spell_id || ':alternative:' || field || ':' || stated as fact_id,
        'alternative' as kind,
        stated_earliest as earliest,
        stated_latest as latest,
        stated_precision as precision,
        stated as written,
        string_agg(reason, ' ' order by source_urls) as reason,
        string_split(string_agg(source_urls, ' ; ' order by source_urls), ' ; ') as source_urls,
        spell_id,
        field as alternative_to
    from staging.stg_reference__date_alternatives
    where not is_chosen
    group by all
),

facts as (
    select * from entries
    union all by name
    select * from exits
    union all by name
    select * from sightings
    union all by name
    select * from others
)

select
    facts.*,
    facts.kind <> 'alternative' as is_chosen,
    format(
        case coalesce(facts.alternative_to, facts.kind)
            when 'entered' then 'Entered the {}{}.'
            when 'left' then 'Left the {}{}.'
            else 'Last known in the {}{}.'
        end,
        upper(spells.programme),
        case when facts.kind = 'alternative' then ', by another source' else '' end
    ) as says,
    spells.org_code,
    spells.programme,
    spells.confidence,
    spells.register_row,
    case
        when facts.kind = 'alternative' then 'reference-date_alternatives'
        else 'reference-programme_spells'
    end as snapshot_id
from facts
inner join spells using (spell_id)
