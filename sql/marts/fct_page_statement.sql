-- One row per page, capture (UTC) and organisation listed on it: in which segment or programme, as written.
-- These are statements to be judged: the spells of `fct_programme_spell` do not follow from them.
select * from intermediate.int_oversight_pages__statements
