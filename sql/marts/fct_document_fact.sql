-- One row per document, organisation (null: national) and fact that rests on it. `fact_id` is the spell,
-- event, programme or era, where the fact has one; `as_cited` says what was read in the document.
select distinct
    documents.document_id,
    citations.org_code,
    citations.fact_kind,
    citations.fact_id,
    citations.fact,
    citations.fact_date,
    citations.as_cited
from intermediate.int_documents__citations as citations
inner join intermediate.int_documents__described as documents using (document_key)
