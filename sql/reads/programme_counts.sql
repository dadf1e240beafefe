-- Organisations in each kind of programme on the first of each month to $today: those certainly inside, and
-- further ones whose dates leave it open. An organisation in two kinds counts once under 'any programme'.
-- $org_types: only those types; none named means all.
with months as (
    select unnest(generate_series(date '2013-07-01', $today::date, interval 1 month))::date as month
),

spells as (
    select
        fct_programme_spell.*,
        dim_programme.started_on as programme_started,
        coalesce(dim_programme.ended_on, date '9999-12-31') as programme_ended,
        -- A transfer at the launch of the RSP is one moment: nobody was inside both, or neither.
        case
            when fct_programme_spell.left_kind = 'transferred' then fct_programme_spell.left_earliest
            else fct_programme_spell.left_latest
        end as out_by,
        case
            when programme = 'rsp' and transferred_from in ('QSM', 'FSM', 'QSM+FSM')
                then fct_programme_spell.entered_earliest
            else fct_programme_spell.entered_latest
        end as in_by,
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
            spells.in_by <= months.month
            and coalesce(spells.left_earliest, spells.last_known_in_earliest + 1) > months.month
        ), false) as is_known,
        bool_or(
            coalesce(spells.entered_earliest, spells.programme_started) <= months.month
            and coalesce(spells.out_by, spells.programme_ended) > months.month
        ) as is_possible
    from months
    inner join spells on spells.programme_started <= months.month
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
