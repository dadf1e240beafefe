-- Every programme of intensive support, in order of its start.
select *
from marts.dim_programme
order by started_on, programme
