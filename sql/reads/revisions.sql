-- What revisions of one source's files changed, the largest change of its measure first.
select
    fct_revision.period_start,
    fct_revision.org_code,
    coalesce(dim_organisation.org_name, fct_revision.org_code) as org_name,
    fct_revision.level,
    fct_revision.measure,
    fct_revision.old_text,
    fct_revision.new_text,
    fct_revision.difference::double as difference,
    old_files.file_name as old_file,
    new_files.file_name as new_file
from marts.fct_revision
left join marts.dim_organisation using (org_code)
left join marts.fct_snapshot as old_files
    on fct_revision.old_snapshot_id = old_files.snapshot_id
left join marts.fct_snapshot as new_files
    on fct_revision.new_snapshot_id = new_files.snapshot_id
where fct_revision.source_id = $source
order by
    abs(difference) / nullif(abs(fct_revision.old_amount::double), 0) desc nulls first,
    fct_revision.period_start,
    fct_revision.org_code,
    fct_revision.measure
