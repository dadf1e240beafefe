-- Every value of an indicator in the period that begins on a day ($period), with the programmes in which the
-- organisation was certainly inside on that day.
with inside as (
    select
        org_code,
        string_agg(distinct upper(programme), ', ' order by upper(programme)) as inside
    from marts.fct_programme_spell
    where inside_by <= $period::date and outside_earliest > $period::date
    group by org_code
)

select
    fct_indicator.org_code,
    dim_organisation.short_name as org_name,
    dim_organisation.org_type,
    dim_organisation.region,
    dim_organisation.icb_code,
    fct_indicator.period_start,
    fct_indicator.value,
    fct_indicator.numerator::double as numerator,
    fct_indicator.denominator::double as denominator,
    inside.inside,
    fct_indicator.basis,
    fct_snapshot.file_name,
    fct_snapshot.kind,
    fct_snapshot.note
from marts.fct_indicator
inner join marts.dim_organisation using (org_code)
left join inside using (org_code)
left join marts.fct_snapshot on fct_indicator.snapshot_id = fct_snapshot.snapshot_id
where fct_indicator.indicator_id = $indicator
    and fct_indicator.period_start = $period::date
    and fct_indicator.value is not null
order by fct_indicator.org_code
