-- Published counts of organisations whose segment changed between two quarters, with the publisher's notes.
select
    stated_on,
    framework,
    level,
    counted,
    organisations,
    note,
    source_url
from marts.fct_published_count
where counted like 'changed segment%'
order by stated_on
