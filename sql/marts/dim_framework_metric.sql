-- One row per metric that an oversight framework names, as far as the lists are public.
select * from staging.stg_reference__oversight_metrics
