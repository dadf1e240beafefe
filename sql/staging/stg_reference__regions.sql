-- One row per NHS England region.
select
    region_code,
    region
from raw.reference_regions
