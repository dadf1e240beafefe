-- One row per integrated care board, with the region most of its members are in by the last files that name
-- one. Older files do not count: A&E workbooks of April 2023 to March 2026 put Gloucestershire in the South
-- East, where neither the register of organisations nor any workbook since does.
with stated as (
    select
        icb_code,
        region,
        valid_from,
        max(valid_from) over (partition by icb_code) as last_stated
    from staging.stg_ods__icb_memberships
    where region is not null
),

regions as (
    select
        icb_code,
        mode(region) as region
    from stated
    where valid_from = last_stated
    group by icb_code
)

select
    stg_ods__icbs.icb_code as org_code,
    replace(replace(written_name(stg_ods__icbs.icb_name), 'Integrated Care Board', 'ICB'), 'NHS ', '')
        as org_name,
    'icb' as org_type,
    regions.region,
    stg_ods__icbs.icb_code,
    -- The ODS date is that of the code, which began as a partnership's in 2017; boards are of July 2022.
    greatest(stg_ods__icbs.opened_on, date '2022-07-01') as opened_on,
    stg_ods__icbs.closed_on
from staging.stg_ods__icbs
left join regions using (icb_code)
