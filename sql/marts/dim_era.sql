-- One row per oversight framework era, [starts_on, ends_on). No move is counted across two of them.
select * from staging.stg_reference__framework_eras
