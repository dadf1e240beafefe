-- One row per trust: score, rank and domain segments of the oversight framework, third quarter of 2025/26.
select
    org_code,
    framework,
    last_day_of(snapshot_date) as stated_on,
    segment::integer as segment,
    rank_in_type::integer as rank_in_type,
    avg_score::decimal(5, 2) as average_score,
    blank_to_null(dom_access)::integer as segment_access,
    blank_to_null(dom_eff)::integer as segment_effectiveness,
    blank_to_null(dom_fin)::integer as segment_finance,
    blank_to_null(dom_safety)::integer as segment_safety,
    blank_to_null(dom_people)::integer as segment_people,
    source_url
from raw.reference_nof_2025_26_q3_detail
