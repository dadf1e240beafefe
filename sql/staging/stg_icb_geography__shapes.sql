-- One row per vintage of boundaries and integrated care board: its shape as GeoJSON, longitude and latitude.
select distinct
    vintage::integer as vintage,
    ons_code,
    icb_name,
    geojson,
    snapshot_id
from raw.icb_shapes
