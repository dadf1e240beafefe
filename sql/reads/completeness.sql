-- How far the ledger fills each published count whose members can be looked for. `missing_at_least`: members
-- with no row at all, even if everyone not ruled out was inside; `missing_at_most`: members not placed.
-- `more_than_published`: placed beyond the count.
with tallies as (
    select
        count_id,
        count(*) filter (where placement = 'placed') as placed,
        count(*) filter (where placement = 'entered_before') as entered_before,
        count(*) filter (where placement = 'undated') as undated
    from marts.fct_count_placement
    group by count_id
),

counts as (
    select
        counts.* exclude (organisations),
        counts.organisations as published,
        coalesce(tallies.placed, 0) as placed,
        coalesce(tallies.entered_before, 0) as entered_before,
        coalesce(tallies.undated, 0) as undated
    from marts.fct_published_count as counts
    left join tallies using (count_id)
    where counts.counts_programmes is not null
)

select
    *,
    greatest(published - placed - entered_before - undated, 0) as missing_at_least,
    greatest(published - placed, 0) as missing_at_most,
    greatest(placed - published, 0) as more_than_published
from counts
order by stated_until, count_id
