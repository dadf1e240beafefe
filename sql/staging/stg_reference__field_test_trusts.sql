-- One row per trust and stretch [missing_from, missing_to) without four-hour figures.
select
    org_code,
    missing_from::date as missing_from,
    missing_to::date as missing_to
from raw.reference_field_test_trusts
