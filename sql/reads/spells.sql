-- Every spell of intensive support with its organisation as it is known today. `pathway`: left (an exit is
-- known), else transferred from special measures, else entered.
select
    spells.*,
    coalesce(organisations.short_name, spells.org_name_at_time) as org_name,
    coalesce(organisations.org_name, spells.org_name_at_time) as org_full_name,
    organisations.org_type as type_today,
    coalesce(organisations.region, spells.region) as region_today,
    organisations.icb_code,
    organisations.icb_name,
    organisations.closed_on as org_closed_on,
    programmes.name as programme_label,
    programmes.short_name as programme_short,
    programmes.programme_group,
    programmes.started_on as programme_started_on,
    programmes.ended_on as programme_ended_on,
    case
        when spells.left_on is not null then 'left'
        when spells.transferred_from in ('QSM', 'FSM', 'QSM+FSM') then 'transferred'
        else 'entered'
    end as pathway
from marts.fct_programme_spell as spells
inner join marts.dim_programme as programmes using (programme)
left join marts.dim_organisation as organisations using (org_code)
order by spells.entered_earliest nulls last, spells.spell_id
