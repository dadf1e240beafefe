-- One row per vintage of boundaries and integrated care board, from the file in force: its shape as GeoJSON,
-- and the board's code where one board has this ONS code.
with codes as (
    select
        ons_code,
        min(icb_code) as icb_code
    from staging.stg_ods__icbs
    where ons_code is not null
    group by ons_code
    having count(distinct icb_code) = 1
)

select
    shapes.vintage,
    shapes.ons_code,
    codes.icb_code,
    shapes.icb_name,
    shapes.geojson,
    shapes.snapshot_id
from staging.stg_icb_geography__shapes as shapes
inner join intermediate.int_snapshots__current as snapshots using (snapshot_id)
left join codes using (ons_code)
where snapshots.superseded_by is null
