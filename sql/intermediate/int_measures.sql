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
select
    'friends_family' as source_id,
    *
from intermediate.int_friends_family__measures
union all by name
select
    'hcai' as source_id,
    *
from intermediate.int_hcai__measures
union all by name
select * from intermediate.int_vintages__measures
union all by name
select * from intermediate.int_published__measures
