-- Every measure an indicator can be made of: one row per source, level, organisation, period and measure.
select
    'ae_monthly' as source_id,
    *
from intermediate.int_ae_monthly__measures
union all by name
select
    'rtt' as source_id,
    *
from intermediate.int_rtt__measures
union all by name
select
    'ambulance_quality' as source_id,
    *
from intermediate.int_ambulance_quality__measures
union all by name
select * from intermediate.int_cqc_ratings__measures
union all by name
select * from intermediate.int_oversight_framework__measures
union all by name
select * from intermediate.int_published__measures
