-- Who was listed on which page when, with the organisation's code: the page's own, else that of the one
-- organisation which bears exactly this name (case and spacing aside). A name of several, or of none, has no
-- code: nothing is guessed.
with names as (
    select
        org_code,
        org_name
    from staging.stg_ods__organisations
    union distinct
    select
        icb_code as org_code,
        icb_name as org_name
    from staging.stg_ods__icbs
    union distinct
    select
        org_code,
        org_name
    from staging.stg_reference__org_types
),

plain_names as (
    select
        lower(regexp_replace(trim(org_name), '\s+', ' ', 'g')) as plain_name,
        min(org_code) as org_code
    from names
    where org_name is not null
    group by plain_name
    having count(distinct org_code) = 1
)

select statements.* replace (coalesce(statements.org_code, plain_names.org_code) as org_code)
from staging.stg_oversight_pages__statements as statements
left join plain_names
    on lower(regexp_replace(trim(statements.org_name), '\s+', ' ', 'g')) = plain_names.plain_name
