-- A fact of the ledger has a source and days in order, or says in words what is missing; and nobody certainly
-- knew it before anybody could.
select
    fact_id,
    kind,
    reason
from marts.fct_ledger
where (len(source_urls) = 0 and reason is null)
    or list_contains(source_urls, '')
    or (best is null and reason is null)
    or earliest > best
    or best > latest
    or (earliest is null) <> (latest is null)
    or known_earliest > known_latest
