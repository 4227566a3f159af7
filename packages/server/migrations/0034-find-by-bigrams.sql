-- 0034-find-by-bigrams.sql
-- Chinese words have two characters: PostgreSQL's trigrams scan the table for them, pairs of characters find them. The
-- signs 2 and 3, which no name holds, stand before and behind each text, so that beginnings and whole names are found
-- as fast. Small letters are ASCII's alone: those of a locale change with the system's libraries, and an index must not.
create function bigrams(variadic texts text[]) returns text[]
language sql immutable parallel safe
begin atomic
  select coalesce(array_agg(substr(padded, place, 2)), '{}')
  from (select chr(2) || lower(given collate "C") || chr(3) as padded from unnest(texts) given) it,
       generate_series(1, char_length(padded) - 1) place;
end;

-- A search reads what waits to be sorted in as well: that is kept short.
create index resources_text on resources using gin (bigrams(name)) with (gin_pending_list_limit = 256);
create index business_systems_text on business_systems using gin (bigrams(name)) with (gin_pending_list_limit = 256);
create index organisations_text on organisations using gin (bigrams(name)) with (gin_pending_list_limit = 256);
create index people_text on people using gin (bigrams(name, login)) with (gin_pending_list_limit = 256);

-- A cloud's own id by its beginning, and an address as a whole.
create index resources_external on resources (external_id collate "C") where external_id is not null;
create index resources_addresses on resources using gin (
  (jsonb_path_query_array(observed, 'lax $.addresses[*]') || jsonb_path_query_array(observed, 'lax $.address')))
  with (gin_pending_list_limit = 256);
