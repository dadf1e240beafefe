-- What another publication prints for the same organisation and period is our value within 0.2 points. A
-- later revision of either moves single organisations and is no fault; more than one in twenty of a period,
-- and at least three, is a file misread. Which of the two, nothing says: the indicator's own publication is
-- named and, if no indicator is made of it, so that only the comparison is lost, the other one too.
with compared as (
    select
        source_id,
        other_source_id,
        indicator_id,
        period_start,
        count(*) as organisations,
        count(*) filter (where not within_tolerance) as differing,
        max(abs(difference)) as largest_difference
    from marts.fct_crosscheck
    group by source_id, other_source_id, indicator_id, period_start
),

faults as (
    select *
    from compared
    where differing >= 3 and differing > 0.05 * organisations
)

select * from faults
union all by name
select * replace (other_source_id as source_id)
from faults
where other_source_id not in (select source_id from marts.dim_indicator)
