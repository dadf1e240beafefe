-- Organisations in each kind of programme on the first of each month to $today: those certainly inside, and
-- further ones whose dates leave it open. An organisation in two kinds counts once under 'any programme'.
-- $org_types: only those types; none named means all.
with months as (
    select unnest(generate_series(date '2013-07-01', $today::date, interval 1 month))::date as month
),

spells as (
    select
        fct_programme_spell.*,
        dim_programme.programme_group
    from marts.fct_programme_spell
    inner join marts.dim_programme using (programme)
    where len($org_types) = 0 or list_contains($org_types, fct_programme_spell.org_type)
),

states as (
    select
        months.month,
        spells.programme_group,
        spells.org_code,
        -- A date that is not known vouches for nothing: the comparison is then neither true nor false.
        coalesce(bool_or(
            spells.inside_by <= months.month and spells.outside_earliest > months.month
        ), false) as is_known,
        bool_or(coalesce(spells.outside_by > months.month, true)) as is_possible
    from months
    inner join spells on spells.inside_earliest <= months.month
    group by months.month, spells.programme_group, spells.org_code
),

counted as (
    select * from states
    union all by name
    select
        month,
        'any programme' as programme_group,
        org_code,
        bool_or(is_known) as is_known,
        bool_or(is_possible) as is_possible
    from states
    group by month, org_code
)

select
    month,
    programme_group,
    count(*) filter (where is_known) as known,
    count(*) filter (where is_possible and not is_known) as possible
from counted
group by month, programme_group
having count(*) filter (where is_known or is_possible) > 0
order by month, programme_group
