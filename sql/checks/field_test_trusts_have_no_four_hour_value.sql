-- The trusts that tested new A&E standards: their zeros of May 2019 to May 2023 are missing figures.
select
    source_id,
    indicator_id,
    org_code,
    period_start,
    value
from marts.fct_indicator
where indicator_id in ('ae_4h_all', 'ae_4h_t1')
    and period_start between date '2019-05-01' and date '2023-05-01'
    and org_code in (
        'RGT', 'RQM', 'RDU', 'RYJ', 'RNQ', 'RC9', 'RXF', 'RVW', 'RX1', 'RK9', 'RD3', 'R0D', 'RHU',
        'RFR', 'RGR'
    )
    and value is not null
