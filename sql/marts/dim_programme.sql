-- One row per programme of intensive support, [started_on, ended_on).
select * from staging.stg_reference__programmes
