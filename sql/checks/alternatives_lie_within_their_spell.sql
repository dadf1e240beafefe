-- A date kept beside the chosen one lies within the bounds of its spell.
select
    facts.fact_id,
    facts.earliest,
    facts.latest
from marts.fct_ledger as facts
left join marts.fct_programme_spell as spells using (spell_id)
where facts.kind = 'alternative'
    and coalesce(
        case facts.alternative_to
            when 'entered'
                then facts.earliest < spells.entered_earliest or facts.latest > spells.entered_latest
            when 'left' then facts.earliest < spells.left_earliest or facts.latest > spells.left_latest
        end,
        true
    )
