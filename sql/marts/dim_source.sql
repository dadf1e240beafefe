-- One row per publication.
select * from staging.stg_sources
