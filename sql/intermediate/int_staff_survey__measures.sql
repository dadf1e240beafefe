-- Staff Survey scores and bases as published, of the newest vintage alone. Every file re-weights all its
-- years by the latest survey, so a series must not be put together from files that end in different years:
-- those that do not reach the latest survey are left out whole, and a year known from them alone is a gap.
with vintages as (
    select
        snapshot_id,
        kind,
        layout_rank,
        published_on,
        retrieved_at
    from intermediate.int_snapshots__current
    where source_id = 'staff_survey' and superseded_by is null
    qualify period_end = max(period_end) over ()
)

select
    figures.level,
    figures.org_code,
    figures.period_start,
    figures.period_end,
    figures.snapshot_id,
    vintages.kind as basis,
    figures.measure,
    figures.amount,
    case when figures.amount is null then 'not published' end as missing_reason
from staging.stg_figures as figures
inner join vintages using (snapshot_id)
-- Where two files of the vintage tell of the same figure, the preferred layout speaks.
qualify row_number() over (
        partition by figures.level, figures.period_start, figures.org_code, figures.measure
        order by
            vintages.layout_rank, vintages.published_on desc nulls last,
            vintages.retrieved_at desc nulls last, figures.snapshot_id desc
    ) = 1
