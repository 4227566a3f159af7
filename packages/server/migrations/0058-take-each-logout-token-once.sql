-- 0058-take-each-logout-token-once.sql
-- Issuers tell each logout with a number of its own (OpenID Connect Back-Channel Logout 1.0 §2.4). Which were taken is known to
-- every process, as long as one could be taken: told again it would end a session that has begun meanwhile.
create table logout_tokens (
  provider_id uuid not null references identity_providers on delete cascade,
  number_hash bytea not null,
  kept_until timestamptz not null,
  primary key (provider_id, number_hash)
);
create index logout_tokens_by_end on logout_tokens (kept_until);
