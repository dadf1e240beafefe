-- Every source: files in force, replaced and refused, span, and when its newest figures were published.
select
    source_id,
    count(*) filter (where status = 'current') as files_in_force,
    count(*) filter (where status = 'superseded') as files_superseded,
    count(*) filter (where status = 'refused') as files_refused,
    min(period_start) as first_period,
    max(period_end) as last_period_end,
    max(published_on) as last_published_on,
    max(retrieved_at) as last_retrieved_at
from marts.fct_snapshot
group by source_id
order by source_id
