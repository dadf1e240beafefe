-- Segment 3 by era and organisation type, in organisations: how many are known to have been in it, were
-- stated again afterwards, and moved. A move to 4 is within twelve months of the first day that a statement
-- of segment 3 speaks of, or later, or may be either: a change is known only to lie between two statements.
with known as (
    select
        era_id,
        org_code,
        bool_or(segment = 3) as is_in_3,
        bool_or(segment = 4) as is_in_4
    from marts.fct_segment_quarter
    group by era_id, org_code
),

first_stated as (
    select
        era_id,
        org_code,
        min(effective_from) + to_months(12) as year_later
    from marts.fct_segment
    where segment = 3
    group by era_id, org_code
),

pairs as (
    select
        moves.*,
        first_stated.year_later
    from marts.fct_segment_move as moves
    left join first_stated using (era_id, org_code)
    where not moves.is_contradicted
),

followed as (
    select
        era_id,
        org_code,
        bool_or(from_segment = 3) as is_3_followed,
        bool_or(from_segment = 4) as is_4_followed,
        bool_or(to_segment = 3 and kind = 'moved') as has_entered_3,
        bool_or(from_segment = 3 and to_segment = 2) as has_moved_3_to_2,
        bool_or(from_segment = 4 and to_segment = 3) as has_moved_4_to_3,
        bool_or(from_segment = 3 and to_segment = 4) as has_moved_3_to_4,
        bool_or(from_segment = 3 and to_segment = 4 and to_first_day <= year_later) as is_within_year,
        bool_or(from_segment = 3 and to_segment = 4 and from_last_day >= year_later) as is_later
    from pairs
    group by era_id, org_code
)

select
    known.era_id,
    organisations.org_type,
    count(*) as organisations,
    count(*) filter (where known.is_in_3) as in_3,
    count(*) filter (where known.is_in_3 and followed.is_3_followed) as in_3_followed,
    count(*) filter (where known.is_in_3 and not coalesce(followed.is_3_followed, false))
        as in_3_not_followed,
    count(*) filter (where followed.has_entered_3) as entered_3,
    count(*) filter (where followed.has_moved_3_to_4) as moved_3_to_4,
    count(*) filter (where followed.is_within_year) as moved_3_to_4_within_12_months,
    count(*) filter (where followed.is_later and not followed.is_within_year) as moved_3_to_4_later,
    count(*) filter (
        where followed.has_moved_3_to_4 and not followed.is_within_year and not followed.is_later
    ) as moved_3_to_4_within_or_later,
    count(*) filter (where followed.has_moved_3_to_2) as moved_3_to_2,
    count(*) filter (where known.is_in_4) as in_4,
    count(*) filter (where known.is_in_4 and followed.is_4_followed) as in_4_followed,
    count(*) filter (where known.is_in_4 and not coalesce(followed.is_4_followed, false))
        as in_4_not_followed,
    count(*) filter (where followed.has_moved_4_to_3) as moved_4_to_3
from known
left join followed using (era_id, org_code)
left join marts.dim_organisation as organisations using (org_code)
group by known.era_id, organisations.org_type
order by known.era_id, organisations.org_type
