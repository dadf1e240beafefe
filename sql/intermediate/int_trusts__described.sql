-- NHS trusts that any figure, spell or segment statement is about, with name, dates, type, region and
-- system. One row per trust.
with mentioned as (
    select distinct org_code from intermediate.int_measures
    where level = 'provider'
    union
    select org_code from staging.stg_reference__programme_spells
    union
    select org_code from staging.stg_reference__segment_snapshots
),

-- Registers carry no date of their own: the one that knows of the latest opening or closing is the newest.
registers as (
    select
        stg_ods__organisations.*,
        max(coalesce(greatest(opened_on, closed_on), date '0001-01-01'))
            over (partition by snapshot_id) as knows_until
    from staging.stg_ods__organisations
    inner join intermediate.int_snapshots__current using (snapshot_id)
    where int_snapshots__current.superseded_by is null
),

registered as (
    select
        org_code,
        arg_max(org_name, (knows_until, snapshot_id)) as org_name,
        min(opened_on) as opened_on,
        max(closed_on) as closed_on,
        arg_max(region_code, (knows_until, snapshot_id)) as region_code,
        arg_max(icb_code, (knows_until, snapshot_id)) as icb_code
    from registers
    where kind = 'trust'
    group by org_code
),

written_names as (
    select
        org_code,
        arg_max(org_name, period_start) as org_name
    from staging.stg_figures
    where level = 'provider' and org_name is not null and org_name <> upper(org_name)
    group by org_code
),

memberships as (
    select
        org_code,
        arg_max(region, valid_from) filter (where region is not null) as region,
        arg_max(icb_code, valid_from) filter (where icb_code is not null) as icb_code
    from staging.stg_ods__icb_memberships
    group by org_code
),

register as (
    select
        org_code,
        any_value(org_name_at_time) as org_name,
        any_value(region) as region
    from staging.stg_reference__programme_spells
    where org_type <> 'icb'
    group by org_code
)

select
    org_code,
    written_name(coalesce(
        written_names.org_name,
        registered.org_name,
        register.org_name,
        stg_reference__org_types.org_name
    )) as org_name,
    stg_reference__org_types.org_type,
    stg_reference__org_types.org_type_source,
    coalesce(memberships.region, stg_reference__regions.region, register.region) as region,
    -- The trust report's system follows the postcode: a stated membership goes first, and an ambulance
    -- service, which serves several systems, has none.
    case
        when coalesce(stg_reference__org_types.org_type, '') <> 'ambulance'
            then coalesce(memberships.icb_code, registered.icb_code)
    end as icb_code,
    registered.opened_on,
    registered.closed_on
from mentioned
left join registered using (org_code)
left join staging.stg_reference__org_types using (org_code)
left join written_names using (org_code)
left join memberships using (org_code)
left join register using (org_code)
left join staging.stg_reference__regions using (region_code)
where registered.org_code is not null or stg_reference__org_types.org_type is not null
