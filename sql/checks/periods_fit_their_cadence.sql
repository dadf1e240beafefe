-- Periods begin on the first of a month and last a month, a quarter or a year, as the indicator's file says;
-- those of a rolling measure last its whole window.
select
    fct_indicator.source_id,
    fct_indicator.indicator_id,
    fct_indicator.org_code,
    fct_indicator.period_start,
    fct_indicator.period_end
from marts.fct_indicator
inner join marts.dim_indicator using (indicator_id)
where fct_indicator.period_start <> date_trunc('month', fct_indicator.period_start)
    or fct_indicator.period_end
    <> fct_indicator.period_start + to_months(dim_indicator.rolling_k * dim_indicator.step_months)
