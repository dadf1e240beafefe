-- One row per document of which more is known than an address tells.
select
    blank_to_null(url) as url,
    name,
    kind,
    blank_to_null(publisher) as publisher,
    blank_to_null(title) as title,
    blank_to_null(dated) as dated,
    blank_to_null(org_code) as org_code,
    blank_to_null(note) as note
from raw.reference_documents
