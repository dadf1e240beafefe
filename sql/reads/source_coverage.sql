-- Every source, one without any file included: files in force, replaced, refused and held back, span, when
-- its newest figures were published, and file shapes of which no real file has been read.
with unconfirmed as (
    select
        source_id,
        count(*) as layouts_unconfirmed
    from marts.dim_layout
    where is_unconfirmed
    group by source_id
)

select
    coalesce(dim_source.source_id, fct_snapshot.source_id) as source_id,
    count(*) filter (where fct_snapshot.status = 'current') as files_in_force,
    count(*) filter (where fct_snapshot.status = 'superseded') as files_superseded,
    count(*) filter (where fct_snapshot.status = 'refused') as files_refused,
    count(*) filter (where fct_snapshot.status = 'held') as files_held,
    min(fct_snapshot.period_start) as first_period,
    max(fct_snapshot.period_end) as last_period_end,
    max(fct_snapshot.published_on) as last_published_on,
    max(fct_snapshot.retrieved_at) as last_retrieved_at,
    coalesce(any_value(unconfirmed.layouts_unconfirmed), 0) as layouts_unconfirmed
from marts.dim_source
full join marts.fct_snapshot using (source_id)
left join unconfirmed on coalesce(dim_source.source_id, fct_snapshot.source_id) = unconfirmed.source_id
group by coalesce(dim_source.source_id, fct_snapshot.source_id)
order by files_in_force = 0, source_id
