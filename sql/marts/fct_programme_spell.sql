-- One row per spell of intensive support. `entered_on` and `left_on` are the first day the written date can
-- mean (shown only to its precision), `entered_best` the day in the middle of what it can mean (for lengths
-- of time); earliest and latest are inclusive; a null `left_on` means that no source gives an exit, not that
-- the organisation is still inside.
select
    spell_id,
    org_code,
    org_name_at_time,
    org_type,
    region,
    programme,
    entered_earliest as entered_on,
    entered_earliest,
    entered_latest,
    middle_day(entered_earliest, entered_latest) as entered_best,
    entered_precision,
    entered as entered_written,
    left_earliest as left_on,
    left_earliest,
    left_latest,
    middle_day(left_earliest, left_latest) as left_best,
    left_precision,
    left_written,
    left_kind,
    last_known_in,
    last_known_in_earliest,
    last_known_in_written,
    last_known_in_precision,
    last_known_in_source,
    transferred_from,
    themes,
    confidence,
    string_split(source_urls, ' ; ') as source_urls,
    note
from staging.stg_reference__programme_spells
