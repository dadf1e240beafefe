-- One row per published national count: what the register's completeness is measured against.
select * from staging.stg_reference__segment_counts
