-- 0012-describe-sites-and-their-links.sql
-- What makes two sites fail together, what they cost in energy, and how they are joined: recovery is judged by it.
-- Grid and basin are paths from the widest to the narrowest, for all of a province hangs on one grid: what counts is
-- how far down two sites have the same. Green levels are certificates that somebody issues, never computed from PUE.
alter table data_centres
  add column power_grid text,
  add column river_basin text,
  add column seismic_belt text,
  add column pue double precision check (pue >= 1),
  add column green_level text,
  add column green_issuer text,
  add column green_expires_at timestamptz,
  add column lease_ends_at timestamptz;  -- of a rented room

create table links (
  id uuid primary key,
  organisation_id uuid not null references organisations,  -- who operates the end it is told from
  from_data_centre_id uuid not null references data_centres,
  to_data_centre_id uuid not null references data_centres,
  bandwidth_mbps integer not null check (bandwidth_mbps > 0),
  latency_ms double precision check (latency_ms >= 0),     -- null: not measured yet
  latency_basis text not null check (latency_basis in ('round-trip', 'one-way')),
  measured_at timestamptz,
  created_at timestamptz not null,
  check (from_data_centre_id <> to_data_centre_id)
);
create unique index links_ends on links
  (least(from_data_centre_id, to_data_centre_id), greatest(from_data_centre_id, to_data_centre_id));
create index links_to on links (to_data_centre_id);
