-- 0051-findings-and-providers-of-nodes.sql
-- What the security operator sees, orders to be put right and closes. It belongs to the organisation whose thing it is
-- about; where a provider supplies that thing, to the provider as well.
create table findings (
  id uuid primary key,
  organisation_id uuid not null references organisations,
  provider_organisation_id uuid references organisations,
  subject text not null,
  title text not null,
  detail text not null,
  severity text not null check (severity in ('low', 'medium', 'high', 'critical')),
  state text not null check (state in ('raised', 'ordered', 'answered', 'closed')),
  due_on date,
  remark text not null default '',
  answer text,
  raised_by text not null,
  raised_at timestamptz not null,
  answered_at timestamptz,
  closed_at timestamptz
);
create index findings_organisation on findings (organisation_id, id);
create index findings_provider on findings (provider_organisation_id, id);

-- A provider sees its own nodes; null where nobody supplies one as a whole.
alter table cloud_nodes add column provider_organisation_id uuid references organisations;
