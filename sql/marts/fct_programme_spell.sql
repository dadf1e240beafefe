-- One row per spell of intensive support. `entered_on` and `left_on` are the first day the written date can
-- mean (shown only to its precision), `entered_best` the day in the middle of what it can mean (for lengths
-- of time); earliest and latest are inclusive and reach over every date that a source gives (fct_ledger); a
-- null `left_on` means that no source gives an exit, not that the organisation is still inside. Certainly
-- inside from `inside_by` to the day before `outside_earliest`, possibly from `inside_earliest` to the day
-- before `outside_by` (null: open).
select
    spell_id,
    org_code,
    org_name_at_time,
    org_type,
    region,
    programme,
    entered_on,
    entered_earliest,
    entered_latest,
    entered_best,
    entered_precision,
    entered as entered_written,
    left_on,
    left_earliest,
    left_latest,
    left_best,
    left_precision,
    left_written,
    left_kind,
    last_known_in,
    last_known_in_earliest,
    last_known_in_written,
    last_known_in_precision,
    last_known_in_source,
    bounds.inside_earliest,
    bounds.inside_by,
    bounds.outside_earliest,
    bounds.outside_by,
    bounds.first_seen_as,
    bounds.first_seen_written,
    bounds.last_seen_as,
    bounds.last_seen_written,
    bounds.sighting_urls,
    transferred_from,
    themes,
    confidence,
    string_split(source_urls, ' ; ') as source_urls,
    note
from intermediate.int_programme_spells__dated
left join intermediate.int_programme_spells__inside as bounds using (spell_id)
