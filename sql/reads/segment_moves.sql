-- Consecutive known segments of each organisation within one era: what moved, what stayed, and when.
select
    moves.*,
    coalesce(organisations.short_name, moves.org_code) as org_name,
    organisations.org_type,
    organisations.region,
    organisations.icb_code
from marts.fct_segment_move as moves
left join marts.dim_organisation as organisations using (org_code)
where moves.era_id = $era
order by moves.to_first_day, org_name, moves.from_last_day
