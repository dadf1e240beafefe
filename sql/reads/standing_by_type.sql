-- By programme group and organisation type: organisations ever inside, known to have left, and without an
-- established exit from their latest spell.
with latest as (
    select
        fct_programme_spell.*,
        dim_programme.programme_group
    from marts.fct_programme_spell
    inner join marts.dim_programme using (programme)
    qualify row_number() over (
            partition by programme_group, org_code
            order by entered_earliest desc nulls last, left_on nulls first, spell_id desc
        ) = 1
)

select
    latest.programme_group,
    latest.org_type,
    count(*) as ever,
    count(*) filter (where latest.left_on is not null) as left_since,
    count(*) filter (where latest.left_on is null) as exit_not_established
from latest
group by latest.programme_group, latest.org_type
order by latest.programme_group, ever desc
