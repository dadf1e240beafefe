-- What the text of a citation tells of the document: its address, name and date, and words to show it by.

-- An address without what does not tell one document from another: scheme, www., what follows #, last slash.
create macro bare_address(url) as
rtrim(regexp_replace(regexp_replace(trim(url), '^https?://(www\.)?', '', 'i'), '#.*$', ''), '/');

-- The addresses in a text. A full stop after one, or a bracket round it, is no part of it.
create macro addresses_in(written) as
list_transform(
    regexp_extract_all(written, 'https?://\S+'),
    lambda address: rtrim(
        case when contains(address, '(') then address else rtrim(address, ').,;') end, '.,;'
    )
);

-- A named publication without the remarks on it: what stands in brackets, and that it is secondary.
create macro publication_name(written) as
trim(regexp_replace(regexp_replace(trim(written), '^secondary: ', ''), '\s*\(.*$', ''));

-- The date an address carries, shortened: 2022-03-16 or 16-march-2022 for a day, /2022/03/ or /2022/march/
-- for a month; null where it carries none. (2010-11 without slashes may be a financial year.)
create macro date_in_address(url) as
coalesce(
    strftime(try_cast(
        nullif(replace(regexp_extract(
            url, '[^0-9]((?:19|20)\d\d[/-](?:0[1-9]|1[0-2])[/-](?:0[1-9]|[12]\d|3[01]))(?:[^0-9]|$)', 1
        ), '/', '-'), '') as date
    ), '%Y-%m-%d'),
    strftime(try_strptime(
        nullif(regexp_extract(lower(url), '[^0-9](\d{1,2}-[a-z]{3,9}-20\d\d)(?:[^0-9]|$)', 1), ''),
        '%d-%B-%Y'
    ), '%Y-%m-%d'),
    nullif(replace(regexp_extract(url, '/((?:19|20)\d\d/(?:0[1-9]|1[0-2]))/', 1), '/', '-'), ''),
    strftime(try_strptime(
        nullif(regexp_extract(lower(url), '/((?:19|20)\d\d/[a-z]{3,9})/', 1), ''), '%Y/%B'
    ), '%Y-%m')
);

-- The folders and page of an address as words, without those that are numbers only.
create macro words_in_address(url) as
list_filter(
    list_transform(
        string_split(bare_address(url), '/')[2:],
        lambda part: trim(translate(
            url_decode(regexp_replace(part, '\.(html?|aspx?|article)\b', '')), '-_', '  '
        ))
    ),
    lambda words: regexp_matches(words, '[A-Za-z]{2}')
);

-- Where a document stands and the last words of its address, with those before where they are few:
-- `cqc.org.uk: RWE / inspection summary`. No title.
create macro address_as_name(url) as
concat_ws(
    ': ',
    string_split(bare_address(url), '/')[1],
    nullif(array_to_string(
        case
            when len(words_in_address(url)[-1]) >= 25 then words_in_address(url)[-1:]
            else words_in_address(url)[-2:]
        end,
        ' / '
    ), '')
);
