-- Every statement of one organisation's segment.
select *
from marts.fct_segment
where org_code = $org
order by effective_from, published_on
