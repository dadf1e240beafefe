-- Dates of spells on which sources disagree: a row per date stated, the one the ledger uses first, each with
-- the reason and its sources.
with alternatives as (
    select * from marts.fct_ledger
    where kind = 'alternative'
)

select
    facts.spell_id,
    facts.org_code,
    coalesce(organisations.short_name, facts.org_code) as org_name,
    programmes.short_name as programme_short,
    coalesce(facts.alternative_to, facts.kind) as field,
    facts.written,
    facts.precision,
    facts.is_chosen,
    facts.reason,
    facts.source_urls
from marts.fct_ledger as facts
inner join marts.dim_programme as programmes using (programme)
left join marts.dim_organisation as organisations using (org_code)
where facts.kind = 'alternative'
    or exists (
        select 1 from alternatives
        where alternatives.spell_id = facts.spell_id and alternatives.alternative_to = facts.kind
    )
order by org_name, facts.spell_id, field, facts.is_chosen desc, facts.earliest
