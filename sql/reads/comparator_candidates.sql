-- Every organisation as a comparator of one ($org) over a window, $first to $last (both days inclusive), with
-- what speaks against it: another type; a programme (it is not in dim_comparator); the first day of a quarter
-- in the era's highest segment, up to twelve months before or after; and the first merger within the window,
-- or before its end where it passed into another itself. By code.
with highest as (
    select
        quarters.org_code,
        min(quarters.quarter_start) as highest_on,
        arg_min(quarters.segment, quarters.quarter_start) as highest_segment
    from marts.fct_segment_quarter as quarters
    inner join marts.dim_era using (era_id)
    where quarters.segment = dim_era.highest_segment
        and quarters.quarter_start + interval 3 months > $first::date - interval 12 months
        and quarters.quarter_start <= $last::date + interval 12 months
    group by quarters.org_code
),

took_over as (
    select
        current_code as org_code,
        min(passed_on) as took_over_on
    from marts.dim_lineage
    where passed_on > $first::date and passed_on <= $last::date
    group by current_code
),

passed as (
    select
        org_code,
        min(passed_on) as passed_on
    from marts.dim_lineage
    where passed_on <= $last::date
    group by org_code
)

select
    organisations.org_code,
    organisations.org_name,
    organisations.short_name,
    organisations.org_type,
    organisations.org_type = entrant.org_type as is_same_type,
    dim_comparator.org_code is not null as is_never_in_programme,
    highest.highest_on,
    highest.highest_segment,
    took_over.took_over_on,
    passed.passed_on
from marts.dim_organisation as organisations
inner join marts.dim_organisation as entrant on entrant.org_code = $org
left join marts.dim_comparator on organisations.org_code = dim_comparator.org_code
left join highest on organisations.org_code = highest.org_code
left join took_over on organisations.org_code = took_over.org_code
left join passed on organisations.org_code = passed.org_code
where organisations.org_type is null or organisations.org_type not in ('region', 'england')
order by organisations.org_code
