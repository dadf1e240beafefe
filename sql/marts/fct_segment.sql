-- One row per organisation, era and statement of its segment. `effective_from` and `effective_to` bound the
-- time the statement speaks of, [from, to); `stated_as` is the date as the source gives it.
select * exclude (quarter_start)
from intermediate.int_segments__stated
