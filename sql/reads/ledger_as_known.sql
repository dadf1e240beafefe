-- The facts of one organisation ($org) or of all (null) that were known on a day ($day): `certain`, or
-- `possible` where only the fact itself, not the day on which a source stated it, is dated by then. A fact
-- without any date is possible. What nobody can have known on that day is left out.
select
    facts.*,
    case when facts.known_latest <= $day::date then 'certain' else 'possible' end as known
from marts.fct_ledger as facts
where ($org is null or facts.org_code = $org)
    and coalesce(facts.known_earliest <= $day::date, true)
order by facts.org_code, facts.best, facts.fact_id
