-- Every organisation's segment by era and quarter, as far as it is known.
select
    quarters.*,
    coalesce(organisations.short_name, quarters.org_code) as org_name,
    organisations.org_type,
    organisations.region,
    organisations.icb_code,
    organisations.icb_name
from marts.fct_segment_quarter as quarters
left join marts.dim_organisation as organisations using (org_code)
order by org_name, quarters.org_code, quarters.quarter_start, quarters.era_id
