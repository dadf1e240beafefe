-- Every statement of a segment, of every organisation.
select *
from marts.fct_segment
order by org_code, effective_from, published_on
