-- One row per organisation whose exit from a programme was announced for a time, with what happened.
select * replace (string_split(source_urls, ' ; ') as source_urls)
from staging.stg_reference__exit_targets
