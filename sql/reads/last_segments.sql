-- The last statement of each organisation's segment, with its era; and all segments stated for it while
-- segment 4 meant the Recovery Support Programme (era R1), lowest first; null where none was stated.
with judged as (
    select
        org_code,
        list_sort(list(distinct segment)) as segments
    from marts.fct_segment
    where era_id = 'R1'
    group by org_code
)

select
    stated.org_code,
    stated.segment,
    stated.framework,
    stated.stated_as,
    stated.effective_from,
    stated.era_id,
    stated.source_url,
    judged.segments as segments_r1
from marts.fct_segment as stated
left join judged using (org_code)
qualify
    row_number() over (
        partition by stated.org_code
        order by
            stated.effective_from desc,
            stated.effective_to desc,
            stated.published_on desc,
            stated.segment
    ) = 1
order by stated.org_code
