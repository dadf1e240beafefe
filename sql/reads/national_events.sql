-- What happened to everybody, earliest first, [happened_on, ended_on) where it lasted; no event of which only
-- the year is known.
select
    event_id,
    kind,
    happened_on,
    ended_on,
    title
from marts.dim_event
where org_code is null and length(stated_as) >= length('2020-03')
order by happened_on, event_id
