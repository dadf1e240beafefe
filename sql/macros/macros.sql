-- Small functions shared by the models. Each says in words what its name promises.

-- First day meant by a shortened date such as 2021, 2022-Q4, 2021-07 or 2021-08-18; null for blank.
create macro first_day(written) as
case
    when written is null or trim(written) = '' then null
    when regexp_full_match(written, '\d{4}') then make_date(written::integer, 1, 1)
    when regexp_full_match(written, '\d{4}-Q[1-4]')
        then make_date(written[1:4]::integer, 3 * written[7:7]::integer - 2, 1)
    when regexp_full_match(written, '\d{4}-\d{2}')
        then make_date(written[1:4]::integer, written[6:7]::integer, 1)
    else written::date
end;

-- Last day meant by a shortened date, inclusive.
create macro last_day_of(written) as
case
    when written is null or trim(written) = '' then null
    when regexp_full_match(written, '\d{4}') then make_date(written::integer, 12, 31)
    when regexp_full_match(written, '\d{4}-Q[1-4]')
        then last_day(make_date(written[1:4]::integer, 3 * written[7:7]::integer, 1))
    when regexp_full_match(written, '\d{4}-\d{2}')
        then last_day(make_date(written[1:4]::integer, written[6:7]::integer, 1))
    else written::date
end;

-- How exactly a shortened date is written: day, month, quarter or year.
create macro precision_of(written) as
case
    when first_day(written) is null then null
    when regexp_full_match(written, '\d{4}') then 'year'
    when regexp_full_match(written, '\d{4}-Q[1-4]') then 'quarter'
    when regexp_full_match(written, '\d{4}-\d{2}') then 'month'
    else 'day'
end;

-- The day in the middle of [first, last], both inclusive; of an even number of days the earlier of two.
create macro middle_day(first_day_of, last_day_meant) as
first_day_of + (date_diff('day', first_day_of, last_day_meant) // 2)::integer;

-- A shortened date in words, no more exact than it is: `6 March 2025`, `Mar 2025`, `Oct to Dec 2022`, `2023`.
create macro date_in_words(written) as
case
    when regexp_full_match(written, '\d{4}-Q[1-4]')
        then strftime(first_day(written), '%b') || strftime(last_day_of(written), ' to %b %Y')
    when regexp_full_match(written, '\d{4}-\d{2}') then strftime(first_day(written), '%b %Y')
    when regexp_full_match(written, '\d{4}-\d{2}-\d{2}') then strftime(first_day(written), '%-d %B %Y')
    else written
end;

-- A published number without its thousands commas, or null when the text is a missing mark.
-- (Most have none, and casting those as they stand takes half the time.)
create macro as_amount(written) as
coalesce(
    try_cast(written as decimal(24, 6)),
    try_cast(replace(trim(written), ',', '') as decimal(24, 6))
);

-- The sum of counts that are parts of one whole; null when one of them is missing, or there is none.
create macro complete_sum(parts) as
case when list_count(parts) = len(parts) then list_sum(parts) end;

create macro blank_to_null(written) as nullif(trim(written), '');

-- The codes of the two that are known; one null where neither is.
create macro both_or_national(one, other) as
coalesce(
    nullif(list_sort(list_distinct([blank_to_null(one), blank_to_null(other)])), []),
    [null::varchar]
);

-- A word of a name: small words small, a word shouted in capitals with one capital.
create macro written_word(word, is_shouted) as
case
    when lower(word) in ('and', 'of', 'the', 'on', 'for', 'in', 'with') then lower(word)
    when word in ('NHS', 'ICB', 'ICS', 'FT') or not is_shouted then word
    else upper(word[1:1]) || lower(word[2:])
end;

-- A name as people write it: `STOKE-ON-TRENT` is Stoke-on-Trent.
create macro written_words(name) as
list_aggregate(
    list_transform(
        string_split(trim(name), ' '),
        lambda word: list_aggregate(
            list_transform(
                string_split(word, '-'),
                lambda part: written_word(part, trim(name)[2:] = upper(trim(name)[2:]))
            ),
            'string_agg', '-'
        )
    ),
    'string_agg', ' '
);

create macro written_name(name) as
upper(trim(name)[1:1]) || written_words(name)[2:];

-- A publisher's region text ('NHS England East Of England ', 'Midlands Commissioning Region') as its name.
create macro region_name_of(written) as
case
    when written ilike '%east of england%' or trim(written) ilike 'east' then 'East of England'
    when written ilike '%london%' then 'London'
    when written ilike '%midlands%' then 'Midlands'
    when written ilike '%north east%' then 'North East and Yorkshire'
    when written ilike '%north west%' then 'North West'
    when written ilike '%south east%' then 'South East'
    when written ilike '%south west%' then 'South West'
end;
