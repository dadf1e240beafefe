-- The grain of dim_organisation; total rows and regions' names are no organisations.
select
    org_code,
    count(*) as copies
from marts.dim_organisation
group by org_code
having count(*) > 1 or upper(org_code) in ('TOTAL', '-', '')
