-- The one organisation each closed trust passed into, where there is exactly one. One row per predecessor.
with stated as (
    select
        predecessor_code,
        successor_code,
        happened_on
    from staging.stg_ods__successions
    union
    select
        predecessor_code,
        successor_code,
        happened_on
    from staging.stg_reference__org_changes
    where predecessor_code is not null and successor_code is not null
    union
    select
        predecessor_code,
        successor_code,
        happened_on
    from staging.stg_reference__successions
),

last_moves as (
    select *
    from stated
    where predecessor_code <> successor_code
    qualify happened_on is not distinct from max(happened_on) over (partition by predecessor_code)
)

select
    predecessor_code as org_code,
    min(successor_code) as successor_code
from last_moves
group by predecessor_code
having count(distinct successor_code) = 1
