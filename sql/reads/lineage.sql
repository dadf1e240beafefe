-- Every organisation that passed into another, and the one it is part of today; the first to pass on first.
select
    lineage.org_code,
    former.short_name,
    lineage.current_code,
    today.short_name as current_name,
    lineage.is_whole,
    lineage.passed_on
from marts.dim_lineage as lineage
inner join marts.dim_organisation as former using (org_code)
inner join marts.dim_organisation as today on lineage.current_code = today.org_code
order by lineage.passed_on nulls last, lineage.org_code
