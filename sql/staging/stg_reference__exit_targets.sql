-- One row per announced target of exit from the Recovery Support Programme. A target in words has no dates.
select
    org_code,
    org_name as org_name_at_time,
    target_exit as target_written,
    -- '2024-Q2 (Q1 2024/25)': the calendar quarter, with the financial one in brackets.
    first_day(nullif(regexp_extract(target_exit, '^\d{4}(-Q[1-4]|-\d\d){0,1}(-\d\d){0,1}'), ''))
        as target_earliest,
    last_day_of(nullif(regexp_extract(target_exit, '^\d{4}(-Q[1-4]|-\d\d){0,1}(-\d\d){0,1}'), ''))
        as target_latest,
    blank_to_null(revised_target) as revised_written,
    first_day(nullif(regexp_extract(revised_target, '^\d{4}(-Q[1-4]|-\d\d){0,1}(-\d\d){0,1}'), ''))
        as revised_earliest,
    last_day_of(nullif(regexp_extract(revised_target, '^\d{4}(-Q[1-4]|-\d\d){0,1}(-\d\d){0,1}'), ''))
        as revised_latest,
    target_stated as stated_written,
    first_day(target_stated) as stated_earliest,
    last_day_of(target_stated) as stated_latest,
    blank_to_null(actual_exit) as actual_written,
    first_day(actual_exit) as actual_earliest,
    last_day_of(actual_exit) as actual_latest,
    blank_to_null(note) as note,
    source_url as source_urls
from raw.reference_exit_targets
