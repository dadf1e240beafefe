-- Every indicator in every version of the frameworks as far as known: theme or domain, code and metric.
-- Domains and codes are those of the frameworks' lists, to which a catalogue file refers by code, or by name
-- where the code is not public. Themes of R1 (`is_own_reading`) are this project's reading in the catalogue
-- file, whether or not the indicator was a metric of it: no public list at hand has the metrics of R1 or R3.
with named as (
    select
        indicator_id,
        list_order,
        theme,
        oversight_code,
        from_json(definition -> '$.oversight_names', '["varchar"]') as oversight_names
    from marts.dim_indicator
),

listed as (
    select
        named.indicator_id,
        named.list_order,
        dim_framework_metric.framework,
        dim_framework_metric.theme,
        dim_framework_metric.code,
        dim_framework_metric.metric,
        false as is_own_reading,
        dim_framework_metric.source_url,
        dim_framework_metric.note
    from named
    inner join marts.dim_framework_metric
        on named.oversight_code = dim_framework_metric.code
        or list_contains(named.oversight_names, dim_framework_metric.metric)
),

read as (
    select
        named.indicator_id,
        named.list_order,
        dim_era.short_name as framework,
        named.theme,
        true as is_own_reading
    from named
    cross join marts.dim_era
    where dim_era.era_id = 'R1'
),

everywhere as (
    select * from listed
    union all by name
    select * from read
)

select
    everywhere.indicator_id,
    dim_era.era_id,
    everywhere.framework,
    everywhere.theme,
    everywhere.code,
    everywhere.metric,
    everywhere.is_own_reading,
    everywhere.source_url,
    everywhere.note
from everywhere
left join marts.dim_era
    on everywhere.framework = dim_era.short_name
    or contains(dim_era.framework, everywhere.framework)
order by everywhere.list_order, dim_era.era_id, everywhere.code, everywhere.metric
