-- One row per page, capture (UTC) and organisation listed on it: in which segment or programme, in the page's
-- words. `stated_on` is the day that the page prints as its own.
select distinct
    page,
    captured_at::timestamp as captured_at,
    blank_to_null(stated_on)::date as stated_on,
    org_name,
    blank_to_null(org_code) as org_code,
    blank_to_null(segment)::integer as segment,
    blank_to_null(programme) as programme,
    row_text,
    source_id,
    snapshot_id
from raw.page_statements
