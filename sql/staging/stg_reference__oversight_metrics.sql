-- One row per metric that an oversight framework names.
select
    framework,
    blank_to_null(code) as code,
    metric,
    blank_to_null(theme) as theme,
    blank_to_null("level") as level,
    source_url,
    blank_to_null(note) as note
from raw.reference_oversight_metrics
