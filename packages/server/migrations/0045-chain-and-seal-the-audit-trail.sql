-- 0045-chain-and-seal-the-audit-trail.sql
-- Auditors must trust the trail even against whoever runs the database (docs/adr/0030). Entries are signed where they are
-- written, chained by one sealer, sealed with SM2. What is signed is text: jsonb is printed anew by each release of
-- PostgreSQL, json is kept to the letter.
alter table audit_entries alter column before type json using before::json, alter column after type json using after::json;
alter table audit_entries add column actor_organisation_id uuid, add column mac text;

-- Whose things an organisation's own people did not touch: short, and looked through by those organisations alone.
create index audit_entries_foreign on audit_entries (organisation_id, id) where actor_organisation_id <> organisation_id;

-- What is not chained yet. Whoever writes entries fills it without knowing, the release before this one as well.
create table audit_queue (
  number bigint generated always as identity primary key,
  entry_id uuid not null,
  at timestamptz not null
);
create function queue_for_the_sealer() returns trigger language plpgsql as $$
begin
  insert into audit_queue (entry_id, at) select id, at from written;
  return null;
end $$;
create trigger queued_for_the_sealer after insert on audit_entries
  referencing new table as written for each statement execute function queue_for_the_sealer();
insert into audit_queue (entry_id, at) select id, at from audit_entries order by id;

create table audit_chain (
  position bigint primary key,
  entry_id uuid not null unique,
  at timestamptz not null,
  hash bytea not null,
  mac text not null
);

create table audit_checkpoints (
  number bigint primary key,
  installation text not null,
  position bigint not null,
  hash bytea not null,
  at timestamptz not null,
  previous bytea not null,                  -- SM3 of the checkpoint before, whole
  unsigned_up_to bigint not null,           -- entries of releases that did not sign end here
  key_number integer not null,
  public_key text not null,
  next_public_key text,
  signature text not null
);

create index audit_checkpoints_position on audit_checkpoints (position);

create table audit_keys (
  number integer primary key,
  public_key text not null,
  private_key text,                         -- sealed; forgotten when the key has been turned over
  mac text not null,
  created_at timestamptz not null
);

-- Keeps accidents out; what is done on purpose the seals tell.
create function refuse_to_change_the_trail() returns trigger language plpgsql as $$
begin
  if current_setting('yiduo.audit_retention', true) = 'on' then return old; end if;
  raise exception 'the audit trail is never changed: % of % refused', lower(tg_op), tg_table_name
    using errcode = 'insufficient_privilege';
end $$;
create trigger never_changed before update or delete on audit_entries for each row execute function refuse_to_change_the_trail();
create trigger never_changed before update or delete on audit_chain for each row execute function refuse_to_change_the_trail();
create trigger never_changed before update or delete on audit_checkpoints for each row execute function refuse_to_change_the_trail();
create trigger never_emptied before truncate on audit_entries execute function refuse_to_change_the_trail();
create trigger never_emptied before truncate on audit_chain execute function refuse_to_change_the_trail();
create trigger never_emptied before truncate on audit_checkpoints execute function refuse_to_change_the_trail();
