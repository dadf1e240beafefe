-- The one organisation each closed trust passed into, where there is exactly one. One row per predecessor.
with last_moves as (
    select *
    from intermediate.int_organisations__successions
    qualify happened_on is not distinct from max(happened_on) over (partition by predecessor_code)
)

select
    predecessor_code as org_code,
    min(successor_code) as successor_code
from last_moves
group by predecessor_code
having count(distinct successor_code) = 1
