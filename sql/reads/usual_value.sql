-- The median of all published values of an indicator.
select median(value) as usual
from marts.fct_indicator
where indicator_id = $indicator and value is not null
