-- One row per indicator file.
select
    indicator_id,
    title,
    short_title,
    unit,
    better,
    theme,
    cadence,
    case cadence when 'month' then 1 when 'quarter' then 3 when 'year' then 12 end as step_months,
    "order"::integer as list_order,
    lag_days::integer as lag_days,
    coalesce(rolling_k::integer, 1) as rolling_k,
    oversight_code,
    source_id,
    numerator,
    denominator,
    denominator_source,
    scale::decimal(18, 6) as scale,
    status,
    definition
from raw.catalogue
