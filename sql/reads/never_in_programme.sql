-- The organisations of the same type as one ($org) that have never been in a programme (dim_comparator), and
-- so can stand for what it would have had; itself left out. By code.
select dim_comparator.org_code
from marts.dim_comparator
inner join marts.dim_organisation as entrant on dim_comparator.org_type = entrant.org_type
where entrant.org_code = $org and dim_comparator.org_code <> $org
order by dim_comparator.org_code
