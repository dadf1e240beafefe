-- One row per fact of the ledger: what happened, or was stated, about whom, within which days (earliest and
-- latest inclusive, best in the middle, all null where no source dates it), by which sources. It was known
-- from `known_earliest` at the earliest (nothing is known before it happened) and from `known_latest`
-- certainly: the date of its source, where that is recorded and not before the fact, else the day of
-- retrieval. Not `is_chosen`: a date of other sources, kept beside the one that the spell carries.
with facts as (
    select * from intermediate.int_ledger__spells
    union all by name
    select
        *,
        true as is_chosen
    from intermediate.int_ledger__others
),

dated as (
    select
        facts.* exclude (precision),
        coalesce(
            facts.precision,
            case
                when facts.earliest = facts.latest then 'day'
                when date_trunc('month', facts.earliest) = date_trunc('month', facts.latest) then 'month'
                when date_trunc('quarter', facts.earliest) = date_trunc('quarter', facts.latest)
                    then 'quarter'
                when facts.earliest is not null then 'year'
            end
        ) as precision,
        middle_day(facts.earliest, facts.latest) as best,
        snapshots.retrieved_at::date as retrieved_on
    from facts
    left join staging.stg_snapshots as snapshots using (snapshot_id)
),

known as (
    select
        *,
        case
            when known_by is not null then known_by
            when source_latest >= latest then source_latest
            -- A source of the same month as its fact: by the end of that month it was known.
            when source_earliest >= earliest and precision in ('day', 'month') then latest
            else retrieved_on
        end as known_latest
    from dated
)

select
    known.fact_id,
    known.org_code,
    coalesce(known.era_id, eras.era_id) as era_id,
    known.kind,
    known.alternative_to,
    known.spell_id,
    known.programme,
    known.segment,
    known.says,
    known.earliest,
    known.best,
    known.latest,
    known.precision,
    known.written,
    -- What is planned is known before it happens.
    case
        when known.known_latest is null then coalesce(known.known_from, known.earliest)
        when known.known_from is not null or known.earliest is not null
            then least(coalesce(known.known_from, known.earliest), known.known_latest)
    end as known_earliest,
    known.known_latest,
    known.retrieved_on,
    known.confidence,
    known.source_urls,
    known.is_chosen,
    known.reason,
    known.register_row,
    known.snapshot_id
from known
left join staging.stg_reference__framework_eras as eras
    on known.era_id is null
    and known.best >= eras.starts_on
    and known.best < coalesce(eras.ends_on, date '9999-12-31')
