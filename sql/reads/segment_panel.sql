-- Segments stated for single quarters of one era, for counting transitions. Programme spells are left out:
-- only who is in the highest segment has one, so that they would count staying there and nothing else.
select
    quarters.org_code as unit,
    quarters.period,
    quarters.segment as state,
    organisations.org_type
from marts.fct_segment_quarter as quarters
left join marts.dim_organisation as organisations using (org_code)
where quarters.era_id = $era and quarters.basis = 'statements' and not quarters.is_vague
order by unit, period
