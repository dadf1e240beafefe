-- Every source of an event is a document of the register.
select
    sources.event_id,
    sources.cited
from (
    select
        event_id,
        unnest(string_split(coalesce(source_url, ''), ' ; ')) as cited
    from marts.dim_event
) as sources
left join marts.fct_document_fact on sources.cited = fct_document_fact.as_cited
where fct_document_fact.document_id is null
