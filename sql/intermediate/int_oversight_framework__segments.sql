-- Segments told by files of the oversight framework: one row per organisation and quarter, before and after
-- the financial override. The era is the one whose framework the quarter's financial year names.
with segments as (
    select
        org_code,
        period_start,
        period_end,
        max(amount) filter (where measure = 'of5000')::integer as segment,
        max(amount) filter (where measure = 'of5003')::integer as segment_before_override,
        max(snapshot_id) filter (where measure = 'of5000') as snapshot_id,
        max(basis) filter (where measure = 'of5000') as basis,
        -- The financial year of October to March begins the April before.
        year(period_start - to_months(3)) as first_year
    from intermediate.int_oversight_framework__measures
    where measure in ('of5000', 'of5003')
    group by org_code, period_start, period_end
),

named as (
    select
        *,
        format('{}/{:02d}', first_year, (first_year + 1) % 100) as financial_year,
        format('Q{}', (month(period_start) + 8) % 12 // 3 + 1) as quarter
    from segments
    where segment is not null
)

select
    named.org_code,
    eras.era_id,
    named.period_start,
    named.period_end,
    named.segment,
    named.segment_before_override,
    'NOF ' || named.financial_year as framework,
    named.quarter,
    named.quarter || ' ' || named.financial_year as stated_as,
    named.basis,
    named.snapshot_id,
    snapshots.published_on,
    coalesce(snapshots.url, sources.landing_page) as source_url
from named
inner join staging.stg_snapshots as snapshots using (snapshot_id)
inner join staging.stg_sources as sources using (source_id)
left join staging.stg_reference__framework_eras as eras on 'NOF ' || named.financial_year = eras.short_name
