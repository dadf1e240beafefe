-- Every public document with each organisation it bears on (none: national), and what it supports in words;
-- newest first, undated ones last.
with facts as (
    select
        document_id,
        org_code,
        array_to_string(list_sort(list_distinct(list(fact))), '; ') as supports,
        list_sort(list_distinct(list(fact_kind))) as fact_kinds
    from marts.fct_document_fact
    group by document_id, org_code
),

about as (
    select
        documents.*,
        facts.supports,
        facts.fact_kinds,
        coalesce(facts.org_code, documents.about_org_code) as org_code
    from marts.dim_document as documents
    left join facts using (document_id)
)

select
    about.* exclude (about_org_code),
    organisations.short_name as org_name,
    organisations.org_name as org_full_name,
    organisations.org_type,
    organisations.region,
    organisations.icb_code
from about
left join marts.dim_organisation as organisations using (org_code)
order by about.dated_earliest desc nulls last, about.name, about.document_id, about.org_code
