-- 0057-failures-at-directories.sql
-- Whoever is in a directory and not here yet has no row that wrong passwords could be counted in; uncounted, the
-- directory could be guessed at through this door (ADR 0034).
create table directory_failures (
  provider_id uuid not null references identity_providers on delete cascade,
  subject text not null,
  failures integer not null,
  locked_until timestamptz,
  primary key (provider_id, subject)
);
