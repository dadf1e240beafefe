-- The latest move of each organisation from one segment to another: two successive statements under one
-- framework era that give different segments. Nothing is a move across an era, nor where the times that the
-- two speak of overlap.
with successive as (
    select
        org_code,
        era_id,
        effective_from,
        effective_to,
        segment,
        lag(segment) over statements as segment_before,
        lag(effective_from) over statements as before_from,
        lag(effective_to) over statements as before_to
    from marts.fct_segment
    window statements as (
        partition by org_code, era_id order by effective_from, effective_to, published_on, segment
    )
)

select *
from successive
where segment <> segment_before and effective_from >= before_to
qualify
    row_number() over (partition by org_code order by effective_from desc, effective_to desc) = 1
order by org_code
