-- England's figures of months whose published values are on record, within half a percent (revisions are
-- smaller, a misread column is not).
with known (indicator_id, period_start, numerator, denominator) as (
    values
    ('rtt_18w', date '2026-01-01', 4395958, 7155958),
    ('rtt_52w_pct', date '2026-01-01', 133860, 7155958),
    ('ae_4h_all', date '2022-03-01', 1388093, 1937866),
    ('dm01_6w', date '2025-03-01', 312744, 1703242),
    ('dm01_13w', date '2025-03-01', 103422, 1703242),
    ('amb_c2_mean', date '2024-01-01', 973478879, 404619),
    ('canc_28d', date '2025-04-01', 4303, 19268),
    ('beds_occ_kh03', date '2025-04-01', 95316.8, 104197.5)
)

select
    fct_indicator.source_id,
    known.indicator_id,
    known.period_start,
    fct_indicator.numerator,
    fct_indicator.denominator
from known
inner join marts.fct_indicator using (indicator_id, period_start)
where fct_indicator.org_code = 'ENG'
    and (
        abs(fct_indicator.numerator - known.numerator) > 0.005 * known.numerator
        or abs(fct_indicator.denominator - known.denominator) > 0.005 * known.denominator
    )
