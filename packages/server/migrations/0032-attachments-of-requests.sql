-- 0032-attachments-of-requests.sql
-- Files lie in the database, in pieces: any process serves them, and a backup by COPY has them with bounded memory.

create table attachments (
  id uuid primary key,
  request_id uuid not null references service_requests,
  name text not null,
  media_type text not null,
  size_bytes bigint not null,
  sha256 bytea,                       -- null while it is still arriving
  added_by uuid not null references people,
  created_at timestamptz not null
);
create index attachments_request on attachments (request_id, id);
create index attachments_arriving on attachments (created_at) where sha256 is null;

create table attachment_chunks (
  attachment_id uuid not null references attachments on delete cascade,
  position integer not null,
  content bytea not null,
  primary key (attachment_id, position)
);
