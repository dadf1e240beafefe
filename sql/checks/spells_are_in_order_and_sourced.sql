-- A spell has a source, a known organisation, and does not end before it begins.
select
    fct_programme_spell.spell_id,
    fct_programme_spell.entered_earliest,
    fct_programme_spell.left_latest
from marts.fct_programme_spell
left join marts.dim_organisation using (org_code)
where dim_organisation.org_code is null
    or len(fct_programme_spell.source_urls) = 0
    or fct_programme_spell.source_urls[1] = ''
    or fct_programme_spell.left_latest < fct_programme_spell.entered_earliest
