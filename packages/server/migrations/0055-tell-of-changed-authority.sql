-- 0055-tell-of-changed-authority.sql
-- Servers remember for a moment who is behind a token (ADR 0035), and forget it when they are told that something of what
-- it rests on has changed. What is written often and rests on nothing is left out: last uses, failures, challenges.
create function tell_of_authority() returns trigger language plpgsql as $$
begin
  perform pg_notify('yiduo_authority', '');
  return null;
end $$;

create trigger sessions_tell after delete or update of token_hash, previous_token_hash, previous_until, proven_at,
  factor_at, expires_at, person_id on sessions for each statement execute function tell_of_authority();
create trigger api_tokens_tell after delete or update of token_hash, operations, expires_at, ended_at, person_id
  on api_tokens for each statement execute function tell_of_authority();
create trigger people_tell after delete or update of login, name, organisation_id, password_hash, must_change_password,
  password_changed_at, kind, ended_at on people for each statement execute function tell_of_authority();
create trigger second_factors_tell after insert or delete or update of confirmed_at, person_id on second_factors
  for each statement execute function tell_of_authority();
create trigger grants_tell after insert or delete or update of person_id, role, organisation_id, reach, until,
  pending_until, emergency on grants for each statement execute function tell_of_authority();
create trigger delegations_tell after insert or update or delete on delegations
  for each statement execute function tell_of_authority();
create trigger organisations_tell after delete or update of path, parent_id on organisations
  for each statement execute function tell_of_authority();
create trigger identity_policy_tell after insert or update or delete on identity_policy
  for each statement execute function tell_of_authority();
