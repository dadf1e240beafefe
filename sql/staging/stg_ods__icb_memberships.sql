-- One row per organisation, file and date from which its system membership is stated.
select
    org_code,
    blank_to_null(org_name) as org_name,
    region_name_of(region_name) as region,
    blank_to_null(icb_code) as icb_code,
    blank_to_null(icb_name) as icb_name,
    valid_from::date as valid_from,
    source_id,
    snapshot_id
from raw.icb_memberships
