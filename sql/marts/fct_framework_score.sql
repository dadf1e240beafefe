-- One row per trust and quarter of the oversight framework whose score, rank and domain segments are known
-- from a copy that is still to be checked against the publisher's file. Ranks compare only within a type.
select * from staging.stg_reference__nof_2025_26_q3_detail
