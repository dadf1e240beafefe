-- One row per date that a source gives where sources disagree on a spell's entry or exit.
select
    spell_id,
    field,
    stated,
    first_day(stated) as stated_earliest,
    last_day_of(stated) as stated_latest,
    "precision" as stated_precision,
    is_chosen = 'yes' as is_chosen,
    reason,
    source_url as source_urls
from raw.reference_date_alternatives
