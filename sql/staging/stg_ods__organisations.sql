-- One row per organisation and file that names it.
select
    org_code,
    blank_to_null(org_name) as org_name,
    kind,
    blank_to_null(region_code) as region_code,
    blank_to_null(icb_code) as icb_code,
    blank_to_null(opened_on)::date as opened_on,
    blank_to_null(closed_on)::date as closed_on,
    snapshot_id
from raw.organisations
