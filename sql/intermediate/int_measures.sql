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
    'kh03' as source_id,
    *
from intermediate.int_kh03__measures
union all by name
select
    'trust_accounts' as source_id,
    *
from intermediate.int_trust_accounts__measures
union all by name
select
    'sickness_absence' as source_id,
    *
from intermediate.int_sickness_absence__measures
union all by name
select
    'workforce' as source_id,
    *
from intermediate.int_workforce__measures
union all by name
select
    'discharge_sitrep' as source_id,
    *
from intermediate.int_discharge_sitrep__measures
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
select * from intermediate.int_cqc_ratings__measures
union all by name
select * from intermediate.int_oversight_framework__measures
union all by name
select * from intermediate.int_published__measures
