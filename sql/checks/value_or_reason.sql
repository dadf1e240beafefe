-- A row has either a value or the reason it has none.
select
    source_id,
    indicator_id,
    org_code,
    period_start,
    value,
    missing_reason
from marts.fct_indicator
where (value is null) = (missing_reason is null)
