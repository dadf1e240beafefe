-- Every spell of intensive support with its organisation as it is known today.
select
    spells.*,
    coalesce(organisations.short_name, spells.org_name_at_time) as org_name,
    coalesce(organisations.org_name, spells.org_name_at_time) as org_full_name,
    organisations.org_type as type_today,
    coalesce(organisations.region, spells.region) as region_today,
    organisations.icb_code,
    organisations.icb_name,
    programmes.name as programme_label,
    programmes.short_name as programme_short
from marts.fct_programme_spell as spells
inner join marts.dim_programme as programmes using (programme)
left join marts.dim_organisation as organisations using (org_code)
order by spells.entered_earliest nulls last, spells.spell_id
