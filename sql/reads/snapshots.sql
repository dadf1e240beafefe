-- Every file of one source, newest period first.
select *
from marts.fct_snapshot
where source_id = $source
order by period_start desc nulls last, kind desc, published_on desc nulls last
