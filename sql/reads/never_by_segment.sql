-- Every organisation that has never been in a programme (dim_comparator), and whether a source ever placed it
-- in segment 3, or in 4 or below (5 of the 2025/26 framework), in any era. By code.
select
    dim_comparator.org_code,
    dim_comparator.org_type,
    coalesce(bool_or(quarters.segment = 3), false) as was_in_three,
    coalesce(bool_or(quarters.segment >= 4), false) as was_in_four
from marts.dim_comparator
left join marts.fct_segment_quarter as quarters using (org_code)
group by dim_comparator.org_code, dim_comparator.org_type
order by dim_comparator.org_code
