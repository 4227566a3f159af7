-- 0059-tell-of-providers-switched-off.sql
-- What claims of an identity provider gave rests while it is switched off (ADR 0034): who is behind a token rests on that too,
-- and servers that remember it are told (ADR 0035).
create trigger identity_providers_tell after update of enabled on identity_providers
  for each statement execute function tell_of_authority();
