-- Every document can be told from others and has a name; no citation leads to a document that is not there.
select
    coalesce(url, name) as document,
    'no identifier or no name' as fault
from marts.dim_document
where document_id is null or name is null
