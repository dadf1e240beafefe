-- One row per indicator and other publication that prints the same rate: which measure, and how to read it.
select
    indicator_id,
    source_id,
    measure,
    factor::decimal(9, 3) as factor,
    months_later::integer as months_later
from raw.reference_crosschecks
