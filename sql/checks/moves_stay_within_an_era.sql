-- A move joins two segments of one era, the former known while it lasted, in the order of their dates.
select
    moves.org_code,
    moves.era_id,
    moves.from_segment,
    moves.to_segment
from marts.fct_segment_move as moves
left join marts.dim_era as eras using (era_id)
where eras.era_id is null
    or moves.from_segment not between eras.lowest_segment and eras.highest_segment
    or moves.to_segment not between eras.lowest_segment and eras.highest_segment
    -- A release for a quarter may speak of days before its framework came into force.
    or moves.to_first_day < eras.starts_on
    or moves.from_last_day >= eras.ends_on
    or (moves.from_last_day >= moves.to_first_day and not moves.is_contradicted)
