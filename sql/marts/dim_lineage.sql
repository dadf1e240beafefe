-- One row per organisation that passed into another and the organisation it is part of today. `is_whole`: all
-- predecessors of that one passed into it undivided. `passed_on`: the day after its last, where known.
select
    lineage.org_code,
    lineage.current_code,
    lineage.is_whole,
    dim_organisation.closed_on + 1 as passed_on
from intermediate.int_organisations__lineage as lineage
left join marts.dim_organisation using (org_code)
