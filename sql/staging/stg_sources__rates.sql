-- One row per measure that no sum over organisations makes sense of: a rate, mean, centile, score or rating.
select
    source_id,
    measure
from raw.rates
