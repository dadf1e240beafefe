-- One row per indicator. `definition` is its whole catalogue file as JSON.
select * from staging.stg_catalogue__indicators
