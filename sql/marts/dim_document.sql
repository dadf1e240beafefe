-- One row per public document: an address, or a named publication whose address is not recorded. `name` is a
-- title only where `has_title`; else a name given to it, or words of its address. Null dates: undated.
select
    document_id,
    url,
    name,
    has_title,
    publisher,
    kind,
    dated_written,
    first_day(dated_written) as dated_earliest,
    last_day_of(dated_written) as dated_latest,
    precision_of(dated_written) as dated_precision,
    date_basis,
    about_org_code,
    note
from intermediate.int_documents__described
