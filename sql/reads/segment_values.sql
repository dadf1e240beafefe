-- One indicator's values of organisations by the segment stated of them in a quarter of an era: of several
-- periods that touch the quarter the last with a value. Statements of several quarters, and those that
-- contradict each other, are left out; so are programme spells, which only the highest segment has.
with stated as (
    select
        era_id,
        quarter_start,
        org_code,
        segment
    from marts.fct_segment_quarter
    where basis = 'statements' and not is_vague and not is_contradicted
)

select
    stated.era_id,
    stated.quarter_start,
    stated.org_code,
    dim_organisation.short_name as org_name,
    dim_organisation.org_type,
    dim_organisation.region,
    stated.segment,
    fct_indicator.period_start,
    fct_indicator.period_end,
    fct_indicator.value,
    fct_indicator.numerator,
    fct_indicator.denominator,
    fct_indicator.basis,
    fct_snapshot.file_name,
    fct_snapshot.kind,
    fct_snapshot.note
from stated
inner join marts.dim_organisation using (org_code)
inner join marts.fct_indicator
    on stated.org_code = fct_indicator.org_code
    and fct_indicator.indicator_id = $indicator
    and fct_indicator.value is not null
    and fct_indicator.period_start < stated.quarter_start + interval 3 month
    and fct_indicator.period_end > stated.quarter_start
left join marts.fct_snapshot on fct_indicator.snapshot_id = fct_snapshot.snapshot_id
qualify
    row_number() over (
        partition by stated.era_id, stated.quarter_start, stated.org_code
        order by fct_indicator.period_start desc
    ) = 1
order by stated.era_id, stated.quarter_start, stated.segment, stated.org_code
