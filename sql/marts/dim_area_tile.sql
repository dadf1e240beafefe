-- One row per integrated care board and region: its place in the tile maps, columns and rows from 0, and what
-- is written on its tile. The layout is our own; no map is the source.
select * from staging.stg_reference__area_tiles
