-- Every organisation one can choose, those with a spell of intensive support marked.
select
    dim_organisation.*,
    dim_organisation.org_code in (select org_code from marts.fct_programme_spell) as has_spell,
    dim_organisation.org_code in (select org_code from marts.fct_indicator) as has_figures
from marts.dim_organisation
order by dim_organisation.short_name
