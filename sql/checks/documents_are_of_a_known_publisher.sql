-- Every document is of a kind: its address begins as one of document_publishers.csv says, and a publication
-- named without an address has a row in documents.csv. No citation leads to a document that is not there.
select
    coalesce(url, name) as document,
    'no row of document_publishers.csv or documents.csv tells its kind' as fault
from marts.dim_document
where kind is null or document_id is null or name is null
