-- Every statement of a segment with the organisation it is about, as it is known today.
select
    segments.*,
    coalesce(organisations.short_name, segments.org_code) as org_name,
    coalesce(organisations.org_name, segments.org_code) as org_full_name,
    organisations.org_type,
    organisations.region,
    organisations.icb_code,
    organisations.icb_name
from marts.fct_segment as segments
left join marts.dim_organisation as organisations using (org_code)
order by segments.org_code, segments.effective_from, segments.published_on
