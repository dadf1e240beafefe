-- One row per organisation that can stand for those never in a programme: it has no spell on record, and none
-- of those it took over, at once or by steps, had one. Absence from the register is no proof of never having
-- been inside.
with recursive touched as (
    select distinct org_code from marts.fct_programme_spell
    union
    select dim_organisation.successor_code as org_code
    from touched
    inner join marts.dim_organisation using (org_code)
    where dim_organisation.successor_code is not null
)

select
    dim_organisation.org_code,
    dim_organisation.org_type
from marts.dim_organisation
anti join touched using (org_code)
where dim_organisation.org_type not in ('region', 'england')
