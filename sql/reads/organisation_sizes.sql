-- How large each organisation is, at the end of what is known: trusts by their average staff of a quarter
-- (full-time equivalent days available for work, as the sickness figures give them, divided by the days of
-- the quarter), boards by their system's waiting list at the end of a month, whoever treats the patients.
-- No source here gives a board's population.
with staff as (
    select
        org_code,
        'staff' as measure,
        denominator / (period_end - period_start) as size,
        period_start,
        period_end
    from marts.fct_indicator
    where indicator_id = 'sickness' and denominator > 0
),

waiting as (
    select
        org_code,
        'waiting_list' as measure,
        value as size,
        period_start,
        period_end
    from marts.fct_indicator
    where indicator_id = 'rtt_wl' and value > 0
),

sizes as (
    select * from staff
    union all by name
    select * from waiting
)

select sizes.*
from sizes
inner join marts.dim_organisation using (org_code)
where
    (sizes.measure = 'waiting_list') = (dim_organisation.org_type = 'icb')
    and dim_organisation.org_type not in ('region', 'england')
qualify row_number() over (partition by sizes.org_code order by sizes.period_start desc) = 1
order by sizes.org_code
