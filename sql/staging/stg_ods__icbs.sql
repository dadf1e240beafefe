-- One row per integrated care board code, open or closed.
select distinct
    icb_code,
    icb_name,
    blank_to_null(opened_on)::date as opened_on,
    blank_to_null(closed_on)::date as closed_on,
    blank_to_null(ons_code) as ons_code
from raw.icbs
