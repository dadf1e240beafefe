-- Announced targets of exit against what happened. `slip_least` and `slip_most`: months from the first target
-- to the exit, between the closest and the farthest days that both dates can mean; null where either is not
-- dated.
select
    targets.*,
    coalesce(organisations.short_name, targets.org_name_at_time) as org_name,
    organisations.org_type,
    round(date_diff('day', targets.target_latest, targets.actual_earliest) / 30.4375, 1) as slip_least,
    round(date_diff('day', targets.target_earliest, targets.actual_latest) / 30.4375, 1) as slip_most
from marts.dim_exit_target as targets
left join marts.dim_organisation as organisations using (org_code)
order by org_name
