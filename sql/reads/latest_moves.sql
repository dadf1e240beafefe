-- The latest dated entries and exits, newest first.
with moves as (
    select
        spell_id,
        org_code,
        programme,
        'entered' as move,
        entered_on as happened_earliest,
        entered_written as written,
        entered_precision as date_precision,
        confidence,
        source_urls
    from marts.fct_programme_spell
    where entered_on is not null
    union all by name
    select
        spell_id,
        org_code,
        programme,
        case when left_kind = 'transferred' then 'moved to the RSP' else 'left' end as move,
        left_on as happened_earliest,
        left_written as written,
        left_precision as date_precision,
        confidence,
        source_urls
    from marts.fct_programme_spell
    where left_on is not null
)

select
    moves.*,
    coalesce(dim_organisation.short_name, moves.org_code) as org_name,
    dim_organisation.org_type,
    dim_programme.short_name as programme_short
from moves
inner join marts.dim_programme using (programme)
left join marts.dim_organisation using (org_code)
order by moves.happened_earliest desc, org_name
limit $most
