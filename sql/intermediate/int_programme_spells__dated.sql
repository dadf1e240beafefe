-- Spells with the bounds of their dates widened over everything that sources say; `entered_on`, `left_on` and
-- the best days are those of the date chosen. One row per spell.
with bounds as (
    select
        spell_id,
        min(stated_earliest) filter (where field = 'entered') as entered_earliest,
        max(stated_latest) filter (where field = 'entered') as entered_latest,
        min(stated_earliest) filter (where field = 'left') as left_earliest,
        max(stated_latest) filter (where field = 'left') as left_latest
    from staging.stg_reference__date_alternatives
    group by spell_id
)

select
    spells.* replace (
        least(spells.entered_earliest, bounds.entered_earliest) as entered_earliest,
        greatest(spells.entered_latest, bounds.entered_latest) as entered_latest,
        least(spells.left_earliest, bounds.left_earliest) as left_earliest,
        greatest(spells.left_latest, bounds.left_latest) as left_latest
    ),
    spells.entered_earliest as entered_on,
    middle_day(spells.entered_earliest, spells.entered_latest) as entered_best,
    spells.left_earliest as left_on,
    middle_day(spells.left_earliest, spells.left_latest) as left_best
from staging.stg_reference__programme_spells as spells
left join bounds using (spell_id)
