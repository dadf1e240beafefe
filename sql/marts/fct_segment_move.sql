-- One row per organisation, era and pair of consecutive stretches of evidence of its segment. Never across
-- eras. The change lies in (`from_last_day`, `to_first_day`]: the last day for which the former segment, the
-- first for which the latter is established. `is_contradicted`: the two overlap in time, so that their order
-- is not; then nothing is known to have moved. `kind`: moved; stayed; returned, where the two are spells in
-- a programme it had left in between. `quarters_apart` 0: within one quarter. `basis`: programme, where the
-- spell of a programme bounds the change or stands for a segment that no statement gives, else statements.
with pairs as (
    select
        org_code,
        era_id,
        segment as from_segment,
        known_until as from_last_day,
        last_day,
        ended_by,
        basis_until,
        confidence as from_confidence,
        source_urls as from_source_urls,
        lead(segment) over following as to_segment,
        lead(known_by) over following as to_first_day,
        lead(first_day) over following as next_first_day,
        lead(basis_by) over following as basis_by,
        lead(confidence) over following as to_confidence,
        lead(source_urls) over following as to_source_urls
    from intermediate.int_segments__evidence
    window following as (
        partition by org_code, era_id
        order by first_day, last_day, segment
    )
),

measured as (
    select
        *,
        next_first_day <= last_day as is_contradicted,
        date_diff('quarter', from_last_day, to_first_day) as quarters_apart
    from pairs
    where to_segment is not null
)

select
    org_code,
    era_id,
    from_segment,
    to_segment,
    from_last_day,
    to_first_day,
    quarters_apart,
    quarters_apart = 1 and not is_contradicted as is_adjacent,
    is_contradicted,
    case
        when from_segment <> to_segment then 'moved'
        when ended_by < to_first_day then 'returned'
        else 'stayed'
    end as kind,
    case when 'programme' in (basis_until, basis_by) then 'programme' else 'statements' end as basis,
    ['high', 'medium', 'low'][greatest(
        list_position(['high', 'medium', 'low'], from_confidence),
        list_position(['high', 'medium', 'low'], to_confidence)
    )] as confidence,
    list_distinct(from_source_urls || to_source_urls) as source_urls
from measured
