-- One row per organisation and unbroken run of statements that it belongs to one integrated care board:
-- `first_stated` and `last_stated` are the first and last month for which a file says so, both inclusive.
-- What lies before the first, after the last, or between two runs no file states.
with stated as (
    select
        org_code,
        valid_from as stated_for,
        arg_max(icb_code, snapshot_id) as icb_code
    from staging.stg_ods__icb_memberships
    where icb_code is not null
    group by org_code, valid_from
),

compared as (
    select
        *,
        lag(icb_code) over (partition by org_code order by stated_for) as icb_code_before
    from stated
),

numbered as (
    select
        *,
        count(*) filter (where icb_code_before is distinct from icb_code)
            over (partition by org_code order by stated_for) as run
    from compared
)

select
    org_code,
    icb_code,
    min(stated_for) as first_stated,
    max(stated_for) as last_stated,
    count(*) as statements
from numbered
group by org_code, icb_code, run
