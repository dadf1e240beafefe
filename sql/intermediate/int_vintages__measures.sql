-- Figures as published of sources whose every file works its whole history out anew, so that a series must
-- not be put together from files that end in different periods: the Staff Survey weights all its years by the
-- latest survey, the mortality indicator is modelled anew with each release. Only files that reach the latest
-- period are used, and a period known from older files alone is a gap.
with newest as (
    select
        snapshot_id,
        kind,
        layout_rank,
        published_on,
        retrieved_at
    from intermediate.int_snapshots__current
    where source_id in ('staff_survey', 'shmi') and superseded_by is null
    qualify period_end = max(period_end) over (partition by source_id)
)

select
    figures.source_id,
    figures.level,
    figures.org_code,
    figures.period_start,
    figures.period_end,
    figures.snapshot_id,
    newest.kind as basis,
    figures.measure,
    figures.amount,
    case when figures.amount is null then 'not published' end as missing_reason
from staging.stg_figures as figures
inner join newest using (snapshot_id)
-- Where two of these files tell of the same figure, the preferred layout speaks.
qualify row_number() over (
        partition by
            figures.source_id, figures.level, figures.period_start, figures.org_code, figures.measure
        order by
            newest.layout_rank, newest.published_on desc nulls last,
            newest.retrieved_at desc nulls last, figures.snapshot_id desc
    ) = 1
