-- One row per indicator file.
select
    indicator_id,
    title,
    short_title,
    unit,
    better,
    theme,
    cadence,
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
