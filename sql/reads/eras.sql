-- Framework eras, oldest first.
select *
from marts.dim_era
order by era_id
