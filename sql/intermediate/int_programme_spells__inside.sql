-- Between which days a spell was, or can have been, running: certainly inside from `inside_by` to the day
-- before `outside_earliest`, possibly from `inside_earliest` to the day before `outside_by` (null: open). A
-- spell is one unbroken time, so a sighting inside it bounds its entry and its exit. Sightings are the last
-- date at which the register places it inside, and statements of the segment which, in an era, is intensive
-- support by that programme. One row per spell.
with spells as (
    select
        spells.*,
        programmes.started_on as programme_started,
        programmes.ended_on as programme_ended,
        coalesce(trusts.closed_on, boards.closed_on) + 1 as gone_on,
        -- A transfer at the launch of the RSP is one moment: nobody was inside both, or neither.
        case
            when spells.programme = 'rsp' and spells.transferred_from in ('QSM', 'FSM', 'QSM+FSM')
                then spells.entered_earliest
            else spells.entered_latest
        end as entered_by,
        case
            when spells.left_kind = 'transferred' then greatest(spells.left_earliest, programmes.ended_on)
            else spells.left_latest
        end as left_by
    from intermediate.int_programme_spells__dated as spells
    left join staging.stg_reference__programmes as programmes using (programme)
    left join intermediate.int_trusts__described as trusts using (org_code)
    left join intermediate.int_icbs__described as boards using (org_code)
),

statements as (
    select
        stated.*,
        eras.intensive_support as programme,
        stated.segment = eras.highest_segment as is_inside
    from intermediate.int_segments__stated as stated
    inner join staging.stg_reference__framework_eras as eras using (era_id)
),

sightings as (
    select
        spell_id,
        last_known_in_earliest as first_day,
        last_known_in as last_day,
        last_known_in_written as written,
        last_known_in_source as source_url,
        'in the programme' as seen_as
    from spells
    where last_known_in is not null
    union all by name
    select
        spells.spell_id,
        statements.effective_from as first_day,
        statements.effective_to - 1 as last_day,
        statements.stated_as as written,
        statements.source_url,
        format('in segment {}', statements.segment) as seen_as
    from statements
    inner join spells using (org_code, programme)
    where statements.is_inside
        and coalesce(spells.entered_earliest, spells.programme_started, date '0001-01-01')
        < statements.effective_to
        and coalesce(spells.left_latest, date '9999-12-31') >= statements.effective_from
    -- A statement that fits two spells vouches for neither.
    qualify
        min(spells.spell_id) over (
            partition by org_code, programme, statements.effective_from, statements.effective_to
        ) = max(spells.spell_id) over (
            partition by org_code, programme, statements.effective_from, statements.effective_to
        )
),

seen as (
    select
        spell_id,
        min(last_day) as seen_by,
        max(first_day) as seen_until,
        max(last_day) as seen_at_latest,
        arg_min(seen_as, (last_day, source_url)) as first_seen_as,
        arg_min(written, (last_day, source_url)) as first_seen_written,
        arg_max(seen_as, (first_day, source_url)) as last_seen_as,
        arg_max(written, (first_day, source_url)) as last_seen_written,
        list(distinct source_url order by source_url) as sighting_urls
    from sightings
    group by spell_id
),

bounded as (
    select
        spells.*,
        seen.* exclude (spell_id),
        least(spells.entered_by, seen.seen_by) as inside_by,
        -- Of two days that are both known, `greatest` takes the later; of one, that one.
        greatest(spells.left_earliest, seen.seen_until + 1) as out_from
    from spells
    left join seen using (spell_id)
),

-- A lower segment stated after entry and last sighting: by then the spell had ended.
lowered as (
    select
        bounded.spell_id,
        min(statements.effective_to) - 1 as lowered_by
    from bounded
    inner join statements using (org_code, programme)
    where not statements.is_inside
        and statements.effective_from > greatest(bounded.entered_by, bounded.seen_at_latest)
    group by bounded.spell_id
),

ended as (
    select
        bounded.*,
        least(coalesce(least(left_by, lowered_by), programme_ended), gone_on) as outside_by
    from bounded
    left join lowered using (spell_id)
)

select
    spell_id,
    coalesce(entered_earliest, programme_started) as inside_earliest,
    inside_by,
    -- Nothing vouches for a single day inside where no exit and no sighting is known.
    case when out_from is not null then least(out_from, outside_by) end as outside_earliest,
    outside_by,
    first_seen_as,
    first_seen_written,
    last_seen_as,
    last_seen_written,
    coalesce(sighting_urls, []) as sighting_urls
from ended
