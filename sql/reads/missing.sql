-- What is missing of the indicators of one source, and why: one row per indicator and reason.
select
    fct_indicator.indicator_id,
    fct_indicator.missing_reason,
    count(*) as organisation_months,
    count(distinct fct_indicator.org_code) as organisations,
    min(fct_indicator.period_start) as first_month,
    max(fct_indicator.period_start) as last_month
from marts.fct_indicator
where fct_indicator.source_id = $source and fct_indicator.value is null
group by fct_indicator.indicator_id, fct_indicator.missing_reason
order by fct_indicator.indicator_id, organisation_months desc
