-- Ratings as an ordinal: outstanding 4, good 3, requires improvement 2, inadequate 1. One row per
-- organisation, month and domain. Days of publication stay text in the layers below; nothing is added up.
with ratings as (
    select
        *,
        case lower(trim(published_text))
            when 'outstanding' then 4
            when 'good' then 3
            when 'requires improvement' then 2
            when 'inadequate' then 1
        end::decimal(24, 6) as rating
    from intermediate.int_figures__current
    where source_id = 'cqc_ratings' and measure in ('overall', 'well_led')
)

select
    source_id,
    level,
    org_code,
    period_start,
    period_end,
    snapshot_id,
    kind as basis,
    measure,
    rating as amount,
    case
        when rating is not null then null
        when contains(published_text, ' / ') then 'two ratings published on one day'
        else 'not rated'
    end as missing_reason
from ratings
