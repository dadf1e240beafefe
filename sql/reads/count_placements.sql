-- The organisations that the ledger places, or may place, inside on the day of one published count.
select
    placements.*,
    coalesce(organisations.short_name, placements.org_code) as org_name,
    organisations.region,
    organisations.icb_name
from marts.fct_count_placement as placements
left join marts.dim_organisation as organisations using (org_code)
where placements.count_id = $count
order by list_position(['placed', 'entered_before', 'undated'], placements.placement), org_name
