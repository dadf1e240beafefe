-- Each organisation that passed into another since 2015, with the one it is part of today, however many steps
-- lie between. `is_whole`: every predecessor of that organisation passed into it undivided; only then are the
-- predecessors' figures parts of its own. One row per predecessor and organisation of today.
with recursive moves as (
    select distinct
        predecessor_code,
        successor_code
    from intermediate.int_organisations__successions
    where coalesce(happened_on, date '2015-01-01') >= date '2015-01-01'
),

steps as (
    select
        predecessor_code,
        successor_code,
        count(*) over (partition by predecessor_code) > 1 as is_divided
    from moves
),

chains as (
    select
        predecessor_code as org_code,
        successor_code as current_code,
        is_divided
    from steps
    union
    select
        chains.org_code,
        steps.successor_code as current_code,
        chains.is_divided or steps.is_divided as is_divided
    from chains
    inner join steps on chains.current_code = steps.predecessor_code
)

select
    org_code,
    current_code,
    not bool_or(is_divided) over (partition by current_code) as is_whole
from chains
anti join steps on chains.current_code = steps.predecessor_code
