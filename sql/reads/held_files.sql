-- Files held back from publication, and why.
select
    file_name,
    reason
from marts.fct_snapshot
where status = 'held'
order by file_name
