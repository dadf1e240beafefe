-- One row per beginning of an address and the publisher and kind of the documents there.
select
    address_begins,
    publisher,
    kind
from raw.reference_document_publishers
