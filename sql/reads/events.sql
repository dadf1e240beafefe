-- National events and those of one organisation.
select *
from marts.dim_event
where org_code is null or org_code = $org
order by happened_on
