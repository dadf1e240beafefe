-- The latest move of each organisation from one segment to another. It is one within an era, between two
-- stretches of evidence that do not contradict each other.
select
    org_code,
    era_id,
    from_segment,
    to_segment,
    from_last_day,
    to_first_day,
    basis
from marts.fct_segment_move
where kind = 'moved' and not is_contradicted
qualify
    row_number() over (partition by org_code order by to_first_day desc, from_last_day desc) = 1
order by org_code
