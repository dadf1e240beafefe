-- One row per published cell: the text as published, and the number it is (null for a missing mark).
select
    source_id,
    snapshot_id,
    level,
    org_code,
    blank_to_null(org_name) as org_name,
    period_start::date as period_start,
    period_end::date as period_end,
    measure,
    value as published_text,
    as_amount(value) as amount,
    sheet,
    source_row::integer as source_row
from raw.figures
