-- 0047-verify-and-keep-the-audit-trail.sql
-- The trail is verified each day, and kept as long as a rule says: never under six months (网络安全法), three years unless
-- somebody decides otherwise.
create table audit_verifications (
  id uuid primary key,
  started_at timestamptz not null,
  ended_at timestamptz not null,
  entries bigint not null,
  problem jsonb
);

create table audit_policies (
  only_one boolean primary key default true check (only_one),
  months integer not null check (months >= 6)
);
insert into audit_policies (months) values (36);
