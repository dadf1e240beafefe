-- One row per organisation the oversight framework is about, per region, and for England.
with trusts as (
    select
        trusts.org_code,
        trusts.org_name,
        trusts.org_type,
        trusts.org_type_source,
        coalesce(trusts.region, successors.region) as region,
        coalesce(trusts.icb_code, successors.icb_code) as icb_code,
        trusts.opened_on,
        trusts.closed_on,
        moves.successor_code
    from intermediate.int_trusts__described as trusts
    left join intermediate.int_organisations__successors as moves using (org_code)
    left join intermediate.int_trusts__described as successors
        on moves.successor_code = successors.org_code
),

everybody as (
    select * from trusts
    union all by name
    select
        boards.*,
        moves.successor_code,
        'ODS' as org_type_source
    from intermediate.int_icbs__described as boards
    left join intermediate.int_organisations__successors as moves using (org_code)
    union all by name
    select
        region_code as org_code,
        region as org_name,
        'region' as org_type,
        region
    from staging.stg_reference__regions
    union all by name
    select
        'ENG' as org_code,
        'England' as org_name,
        'england' as org_type
)

select
    everybody.org_code,
    everybody.org_name,
    -- Charts have no room for legal forms.
    trim(regexp_replace(
        everybody.org_name, '(?i)\s*,?\s*nhs (foundation trust|trust|ft).*$|^the ', '', 'g'
    )) as short_name,
    everybody.org_type,
    everybody.org_type_source,
    everybody.region,
    everybody.icb_code,
    boards.org_name as icb_name,
    everybody.opened_on,
    everybody.closed_on,
    everybody.successor_code
from everybody
left join intermediate.int_icbs__described as boards
    on everybody.icb_code = boards.org_code
