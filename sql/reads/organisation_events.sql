-- Dated ratings by the Care Quality Commission and changes of leadership of organisations, earliest first.
select
    events.org_code,
    coalesce(organisations.org_name, events.org_code) as org_name,
    events.kind,
    events.happened_on,
    coalesce(events.stated_as, events.happened_on::varchar) as stated_as,
    events.title,
    events.source_url
from marts.dim_event as events
left join marts.dim_organisation as organisations using (org_code)
where events.kind in ('cqc_rating', 'leadership') and events.happened_on is not null
order by events.happened_on, events.org_code
