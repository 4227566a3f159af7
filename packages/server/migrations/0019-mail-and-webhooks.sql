-- 0019-mail-and-webhooks.sql
-- Notices leave the product, by mail and by webhook, over an outbox that survives everything in between.

create table notice_preferences (
  person_id uuid primary key references people,
  email text,
  mail boolean not null,
  quiet_from_hour smallint,            -- of the day in Asia/Shanghai; both null: never quiet
  quiet_until_hour smallint,
  language text not null,
  updated_at timestamptz not null,
  check (num_nulls(quiet_from_hour, quiet_until_hour) <> 1)
);

create table webhooks (
  id uuid primary key,
  organisation_id uuid not null references organisations,
  url text not null,
  secret text not null,                -- sealed
  created_at timestamptz not null,
  deleted_at timestamptz
);
create index webhooks_organisation on webhooks (organisation_id, id) where deleted_at is null;

-- One row is one mail to a person, of all that piled up for them, or one notice to a webhook.
create table outbox (
  id uuid primary key,
  person_id uuid references people,
  webhook_id uuid references webhooks,
  event_position bigint,               -- webhook: what it tells of; null for a test
  content jsonb,                       -- webhook: code, parameters, subject, organisation, instant
  attempts integer not null default 0,
  next_at timestamptz not null,
  leased_until timestamptz,            -- the database's clock; whoever holds the lease is sending it
  sealed boolean not null default false,  -- it may have arrived already: it must stay word for word what it is
  created_at timestamptz not null,
  ended_at timestamptz,
  outcome text check (outcome in ('delivered', 'given-up', 'withdrawn')),
  told_at timestamptz,                 -- given up: when the operator was told
  problem text,
  check (num_nonnulls(person_id, webhook_id) = 1)
);
create unique index outbox_mail on outbox (person_id) where ended_at is null and person_id is not null;
create unique index outbox_once on outbox (webhook_id, event_position, (content ->> 'code')) where event_position is not null;
create index outbox_due on outbox (next_at) where ended_at is null;
create index outbox_person on outbox (person_id, id) where person_id is not null;
create index outbox_webhook on outbox (webhook_id, id) where webhook_id is not null;
create index outbox_head on outbox (webhook_id, id) where ended_at is null;
create index outbox_untold on outbox (id) where outcome = 'given-up' and told_at is null;
create index outbox_age on outbox (ended_at);

-- Which notices are to leave by mail, and with which mail they went.
alter table notices add column by_mail boolean not null default false;
alter table notices add column mail_id uuid;
create index notices_to_mail on notices (person_id, id) where by_mail and mail_id is null;
create index notices_mail on notices (mail_id) where mail_id is not null;
