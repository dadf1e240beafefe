-- One indicator's published values by organisation and period, under a lineage: `as_was` (every code as
-- published), `current` (today's organisation with its predecessors added, where they can be), `break` (only
-- since the last organisation passed into it).
with mergers as (
    select
        current_code as org_code,
        max(passed_on) as last_on
    from marts.dim_lineage
    group by current_code
),

added as (
    select *
    from marts.fct_indicator_current
    where indicator_id = $indicator and value is not null and $lineage = 'current'
),

absorbed as (
    select dim_lineage.org_code
    from marts.dim_lineage
    where dim_lineage.current_code in (select added.org_code from added)
),

of_their_own as (
    select fct_indicator.*
    from marts.fct_indicator
    left join mergers using (org_code)
    where fct_indicator.indicator_id = $indicator
        and fct_indicator.value is not null
        and fct_indicator.org_code not in (select added.org_code from added)
        and fct_indicator.org_code not in (select absorbed.org_code from absorbed)
        and ($lineage <> 'break' or mergers.last_on is null or fct_indicator.period_start >= mergers.last_on)
)

select
    values_of_all.org_code,
    values_of_all.period_start,
    values_of_all.period_end,
    values_of_all.value,
    values_of_all.numerator,
    values_of_all.denominator,
    values_of_all.basis,
    values_of_all.snapshot_id
from (
    select * from of_their_own
    union all by name
    select * from added
) as values_of_all
order by values_of_all.org_code, values_of_all.period_start
