-- One row per fact and document that it rests on. `document_key` is the bare address, or the name of a
-- publication without one; `as_cited` the source text, with what was read in it in brackets.
with stated as (
    select
        fact_kind,
        blank_to_null(fact_id) as fact_id,
        blank_to_null(org_code) as org_code,
        blank_to_null(states) as states,
        blank_to_null(detail) as detail,
        blank_to_null(written) as written,
        blank_to_null(until_written) as until_written,
        list_filter(string_split(cited, ' ; '), lambda part: trim(part) <> '') as parts,
        blank_to_null(source_dated) as source_dated
    from staging.stg_reference__citations
),

-- What each row states, in words: the page shows it beside the document.
told as (
    select
        stated.*,
        case stated.fact_kind
            when 'spell'
                then
                    coalesce(programmes.short_name, upper(stated.states))
                    || ': entered '
                    || coalesce(date_in_words(stated.written), '(date not established)') || ', '
                    || coalesce('left ' || date_in_words(stated.until_written), 'exit not established')
            when 'last_known_in'
                then
                    coalesce(programmes.short_name, upper(stated.states))
                    || ': still inside, ' || date_in_words(stated.written)
            when 'segment'
                then
                    'segment ' || stated.states || ' (' || stated.detail || '), '
                    || date_in_words(stated.written)
            when 'score' then 'average score and rank (' || stated.detail || ')'
            when 'cqc_rating'
                then
                    concat_ws(
                        ', ',
                        'CQC: ' || concat_ws(
                            '; ', lower(stated.states) || ' overall', lower(stated.detail) || ' for well led'
                        ),
                        coalesce(date_in_words(stated.written), 'date not established')
                    )
            when 'exit_target'
                then
                    concat_ws(
                        ', ',
                        'announced exit: ' || stated.states,
                        'later ' || stated.detail,
                        'said ' || date_in_words(stated.written)
                    )
            when 'organisation_change'
                then
                    concat_ws(', ', stated.states || ': ' || stated.detail, date_in_words(stated.written))
            when 'succession'
                then
                    concat_ws(
                        ', ', stated.states || ' passed into ' || stated.detail, date_in_words(stated.written)
                    )
            when 'no_four_hour_figures'
                then
                    'no four-hour figures from ' || date_in_words(stated.written)
                    || ' to before ' || date_in_words(stated.until_written)
            when 'published_count'
                then
                    stated.detail || ', '
                    || case when regexp_matches(stated.states, '^[1-5]') then 'segment ' else '' end
                    || stated.states || ', ' || date_in_words(stated.written)
            when 'framework' then 'framework: ' || stated.states
            when 'org_type' then 'type of organisation: ' || replace(stated.states, '_', ' ')
            when 'date_alternative'
                then
                    case stated.states when 'entered' then 'entry' else 'exit' end || ' stated as '
                    || date_in_words(stated.written)
                    || case stated.detail when 'yes' then ' (used)' else ' (kept beside the one used)' end
            when 'metric' then 'metric: ' || stated.states || ' (' || stated.detail || ')'
            else concat_ws(', ', stated.states, date_in_words(stated.written))
        end as fact
    from stated
    left join staging.stg_reference__programmes as programmes on stated.states = programmes.programme
),

parted as (
    select
        *,
        len(parts) as sources,
        unnest(parts) as as_cited
    from told
),

documents as (
    select
        *,
        unnest(coalesce(nullif(addresses_in(as_cited), []), [null])) as url
    from parted
)

select
    coalesce(bare_address(url), publication_name(as_cited)) as document_key,
    url,
    case when url is null then publication_name(as_cited) end as named,
    fact_kind,
    fact_id,
    org_code,
    fact,
    date_in_words(written) as fact_date,
    as_cited,
    -- The date of a row's main source is this document's only where the row has no other source.
    case when sources = 1 then source_dated end as source_dated,
    case when fact_kind = 'cqc_rating' then written end as rating_dated
from documents
