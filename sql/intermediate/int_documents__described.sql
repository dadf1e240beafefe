-- One row per document, cited or hand-kept, with publisher, kind and date as far as known. The date is the
-- hand-kept one, else that in the address, else the date of the only source of a spell, else the day of the
-- rating that a page of the Care Quality Commission itself reports.
with cited as (
    select
        document_key,
        -- https before http, where one document is cited by both.
        max(url) as url,
        any_value(named) as named
    from intermediate.int_documents__citations
    group by document_key
),

kept as (
    select
        *,
        coalesce(bare_address(url), name) as document_key
    from staging.stg_reference__documents
),

everything as (
    select
        document_key,
        coalesce(cited.url, kept.url) as url,
        cited.named,
        kept.* exclude (document_key, url)
    from cited
    full outer join kept using (document_key)
),

publishers as (
    select
        everything.document_key,
        arg_max(publishers.publisher, length(publishers.address_begins)) as publisher,
        arg_max(publishers.kind, length(publishers.address_begins)) as kind
    from everything
    inner join staging.stg_reference__document_publishers as publishers
        on starts_with(everything.document_key || '/', publishers.address_begins || '/')
    where everything.url is not null
    group by everything.document_key
),

-- Several rows that date one document must agree; the most exact of them then counts.
spell_dates as (
    select
        document_key,
        arg_min(source_dated, last_day_of(source_dated) - first_day(source_dated)) as written
    from intermediate.int_documents__citations
    group by document_key
    having max(first_day(source_dated)) <= min(last_day_of(source_dated))
),

rating_dates as (
    select
        citations.document_key,
        arg_min(
            citations.rating_dated, last_day_of(citations.rating_dated) - first_day(citations.rating_dated)
        ) as written
    from intermediate.int_documents__citations as citations
    inner join publishers using (document_key)
    where publishers.kind = 'cqc_report'
    group by citations.document_key
    having max(first_day(citations.rating_dated)) <= min(last_day_of(citations.rating_dated))
),

dated as (
    select
        everything.*,
        spell_dates.written as spell_dated,
        rating_dates.written as rating_dated,
        date_in_address(everything.url) as address_dated,
        -- Where the address tells the month and the spell the day of it, the day counts.
        case
            when starts_with(spell_dates.written, date_in_address(everything.url) || '-')
                then spell_dates.written
        end as spell_day
    from everything
    left join spell_dates using (document_key)
    left join rating_dates using (document_key)
)

select
    dated.document_key,
    'doc-' || md5(dated.document_key)[1:10] as document_id,
    dated.url,
    coalesce(dated.title, dated.name, dated.named, address_as_name(dated.url)) as name,
    dated.title is not null as has_title,
    -- A site that no row names yet is told by its host: a correction of one row must not need a second.
    coalesce(
        dated.publisher,
        publishers.publisher,
        case when dated.url is not null then split_part(dated.document_key, '/', 1) end
    ) as publisher,
    coalesce(dated.kind, publishers.kind, 'other') as kind,
    coalesce(
        dated.dated, dated.spell_day, dated.address_dated, dated.spell_dated, dated.rating_dated
    ) as dated_written,
    case
        when dated.dated is not null then 'stated'
        when dated.spell_day is not null then 'spell_source'
        when dated.address_dated is not null then 'address'
        when dated.spell_dated is not null then 'spell_source'
        when dated.rating_dated is not null then 'cqc_rating'
    end as date_basis,
    dated.org_code as about_org_code,
    dated.note
from dated
left join publishers using (document_key)
