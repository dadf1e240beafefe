-- One row per trust: its type and where that is said.
select
    org_code,
    blank_to_null(org_name) as org_name,
    blank_to_null(org_type) as org_type,
    source as org_type_source
from raw.reference_org_types
