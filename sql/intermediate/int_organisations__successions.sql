-- Every passing of one organisation, or part of it, into another, as ODS or the reference table states it.
-- One row per predecessor, successor and day.
select
    predecessor_code,
    successor_code,
    happened_on
from staging.stg_ods__successions
where predecessor_code <> successor_code
union
select
    predecessor_code,
    successor_code,
    happened_on
from staging.stg_reference__org_changes
where predecessor_code <> successor_code
union
select
    predecessor_code,
    successor_code,
    happened_on
from staging.stg_reference__successions
where predecessor_code <> successor_code
