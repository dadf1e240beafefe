-- One row per board or region with a place in the tile maps.
select
    area_code,
    "column"::integer as column_number,
    "row"::integer as row_number,
    label,
    short_label,
    source
from raw.reference_area_tiles
