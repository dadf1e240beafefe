-- Every indicator of one organisation of today, its predecessors' figures added to its own.
select
    fct_indicator_current.*,
    null::varchar as file_name
from marts.fct_indicator_current
where org_code = $org
order by indicator_id, period_start
