-- Every board and region with its place in the tile maps; of the boards the days of opening and closing.
select
    dim_area_tile.area_code,
    dim_area_tile.column_number,
    dim_area_tile.row_number,
    dim_area_tile.label,
    dim_area_tile.short_label,
    dim_organisation.org_name as area_name,
    dim_organisation.org_type as area_type,
    dim_organisation.opened_on,
    dim_organisation.closed_on
from marts.dim_area_tile
inner join marts.dim_organisation on dim_area_tile.area_code = dim_organisation.org_code
order by area_type, row_number, column_number, area_code
