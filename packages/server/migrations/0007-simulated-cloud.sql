-- 0007-simulated-cloud.sql
-- The world behind the `sim` driver. It stands for somebody else's cloud, so nothing outside this schema refers to
-- it and it refers to nothing outside. A state that time alone changes (building, resizing, deleting) is never
-- stored: rows hold the instant at which it ends, and the reader compares it with its own clock.
-- `mark` is the client token: unique per cloud and kind, it is the fence against making a thing twice. It is null
-- on what was made by others than Yiduo.

CREATE SCHEMA sim;

CREATE TABLE sim.cloud (
  name text PRIMARY KEY,
  token text NOT NULL,
  seed integer NOT NULL,
  architecture text NOT NULL,
  oversell_ratio double precision NOT NULL CHECK (oversell_ratio > 0),
  storage_gib integer NOT NULL CHECK (storage_gib >= 0),
  external_range cidr,
  default_quota jsonb,
  -- capability name -> { reason, words }
  missing_capabilities jsonb NOT NULL,
  call_latency_ms integer NOT NULL,
  server_build_ms integer NOT NULL,
  server_resize_ms integer NOT NULL,
  server_remove_ms integer NOT NULL,
  volume_build_ms integer NOT NULL
);

CREATE TABLE sim.host (
  cloud text NOT NULL REFERENCES sim.cloud ON DELETE CASCADE,
  id text NOT NULL DEFAULT gen_random_uuid(),
  name text NOT NULL,
  vcpus integer NOT NULL,
  memory_mib integer NOT NULL,
  disk_gib integer NOT NULL,
  enabled boolean NOT NULL DEFAULT true,
  -- It fell over: no longer listed, and its servers are broken until it returns.
  lost boolean NOT NULL DEFAULT false,
  PRIMARY KEY (cloud, id),
  UNIQUE (cloud, name)
);

CREATE TABLE sim.flavour (
  cloud text NOT NULL REFERENCES sim.cloud ON DELETE CASCADE,
  id text NOT NULL DEFAULT gen_random_uuid(),
  name text NOT NULL,
  vcpus integer NOT NULL,
  memory_mib integer NOT NULL,
  disk_gib integer NOT NULL,
  PRIMARY KEY (cloud, id),
  UNIQUE (cloud, name)
);

CREATE TABLE sim.image (
  cloud text NOT NULL REFERENCES sim.cloud ON DELETE CASCADE,
  id text NOT NULL DEFAULT gen_random_uuid(),
  name text NOT NULL,
  minimum_disk_gib integer NOT NULL,
  minimum_memory_mib integer NOT NULL,
  PRIMARY KEY (cloud, id),
  UNIQUE (cloud, name)
);

CREATE TABLE sim.project (
  cloud text NOT NULL REFERENCES sim.cloud ON DELETE CASCADE,
  id text NOT NULL DEFAULT gen_random_uuid(),
  mark text,
  name text NOT NULL,
  -- Null is without limit.
  quota jsonb,
  -- Null for the one the cloud is born with.
  created_at timestamptz,
  PRIMARY KEY (cloud, id),
  UNIQUE (cloud, mark)
);

CREATE TABLE sim.network (
  cloud text NOT NULL REFERENCES sim.cloud ON DELETE CASCADE,
  id text NOT NULL DEFAULT gen_random_uuid(),
  mark text,
  project_id text NOT NULL,
  name text NOT NULL,
  cidr cidr NOT NULL,
  subnet_id text NOT NULL DEFAULT gen_random_uuid(),
  router_id text,
  created_at timestamptz NOT NULL,
  PRIMARY KEY (cloud, id),
  UNIQUE (cloud, mark),
  FOREIGN KEY (cloud, project_id) REFERENCES sim.project
);
CREATE INDEX network_project ON sim.network (cloud, project_id);

CREATE TABLE sim.port (
  cloud text NOT NULL REFERENCES sim.cloud ON DELETE CASCADE,
  id text NOT NULL DEFAULT gen_random_uuid(),
  mark text,
  project_id text NOT NULL,
  name text NOT NULL,
  network_id text NOT NULL,
  fixed_address inet NOT NULL,
  created_at timestamptz NOT NULL,
  PRIMARY KEY (cloud, id),
  UNIQUE (cloud, mark),
  UNIQUE (cloud, network_id, fixed_address),
  FOREIGN KEY (cloud, project_id) REFERENCES sim.project,
  FOREIGN KEY (cloud, network_id) REFERENCES sim.network
);
CREATE INDEX port_project ON sim.port (cloud, project_id);

CREATE TABLE sim.server (
  cloud text NOT NULL REFERENCES sim.cloud ON DELETE CASCADE,
  id text NOT NULL DEFAULT gen_random_uuid(),
  mark text,
  project_id text NOT NULL,
  name text NOT NULL,
  image_id text NOT NULL,
  port_id text NOT NULL,
  host_id text NOT NULL,
  flavour_name text,
  vcpus integer NOT NULL,
  memory_mib integer NOT NULL,
  disk_gib integer NOT NULL,
  created_at timestamptz NOT NULL,
  ready_at timestamptz NOT NULL,
  -- Ends in ERROR instead of ACTIVE.
  broken boolean NOT NULL,
  -- A resize under way holds its place on the new host beside the old one until it is confirmed.
  target_host_id text,
  target_flavour_name text,
  target_vcpus integer,
  target_memory_mib integer,
  target_disk_gib integer,
  target_ready_at timestamptz,
  target_fails boolean NOT NULL DEFAULT false,
  gone_at timestamptz,
  PRIMARY KEY (cloud, id),
  UNIQUE (cloud, mark),
  UNIQUE (cloud, port_id),
  FOREIGN KEY (cloud, project_id) REFERENCES sim.project,
  FOREIGN KEY (cloud, image_id) REFERENCES sim.image,
  FOREIGN KEY (cloud, port_id) REFERENCES sim.port,
  FOREIGN KEY (cloud, host_id) REFERENCES sim.host,
  FOREIGN KEY (cloud, target_host_id) REFERENCES sim.host
);
CREATE INDEX server_project ON sim.server (cloud, project_id);
CREATE INDEX server_host ON sim.server (cloud, host_id);
CREATE INDEX server_target_host ON sim.server (cloud, target_host_id) WHERE target_host_id IS NOT NULL;
CREATE INDEX server_gone ON sim.server (cloud, gone_at) WHERE gone_at IS NOT NULL;

CREATE TABLE sim.volume (
  cloud text NOT NULL REFERENCES sim.cloud ON DELETE CASCADE,
  id text NOT NULL DEFAULT gen_random_uuid(),
  mark text,
  project_id text NOT NULL,
  name text NOT NULL,
  size_gib integer NOT NULL CHECK (size_gib > 0),
  server_id text,
  created_at timestamptz NOT NULL,
  ready_at timestamptz NOT NULL,
  PRIMARY KEY (cloud, id),
  UNIQUE (cloud, mark),
  FOREIGN KEY (cloud, project_id) REFERENCES sim.project,
  FOREIGN KEY (cloud, server_id) REFERENCES sim.server ON DELETE SET NULL (server_id)
);
CREATE INDEX volume_project ON sim.volume (cloud, project_id);
CREATE INDEX volume_server ON sim.volume (cloud, server_id) WHERE server_id IS NOT NULL;

CREATE TABLE sim.address (
  cloud text NOT NULL REFERENCES sim.cloud ON DELETE CASCADE,
  id text NOT NULL DEFAULT gen_random_uuid(),
  mark text,
  project_id text NOT NULL,
  name text NOT NULL,
  address inet NOT NULL,
  port_id text,
  created_at timestamptz NOT NULL,
  PRIMARY KEY (cloud, id),
  UNIQUE (cloud, mark),
  UNIQUE (cloud, address),
  UNIQUE (cloud, port_id),
  FOREIGN KEY (cloud, project_id) REFERENCES sim.project,
  FOREIGN KEY (cloud, port_id) REFERENCES sim.port ON DELETE SET NULL (port_id)
);
CREATE INDEX address_project ON sim.address (cloud, project_id);

-- Failures on demand. A call takes the first one that fits it and still has times left; null is until removed.
CREATE TABLE sim.fault (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  cloud text NOT NULL REFERENCES sim.cloud ON DELETE CASCADE,
  -- 'servers.create', …; '*' is every call
  call text NOT NULL,
  mode text NOT NULL,
  remaining integer CHECK (remaining >= 0),
  parameter jsonb NOT NULL
);
CREATE INDEX fault_cloud ON sim.fault (cloud, id);

-- What each host carries. While a server is resized it weighs on both its hosts.
CREATE VIEW sim.host_use AS
SELECT cloud, host_id, sum(vcpus)::integer AS vcpus, sum(memory_mib)::integer AS memory_mib, sum(disk_gib)::integer AS disk_gib
FROM (
  SELECT cloud, host_id, vcpus, memory_mib, disk_gib FROM sim.server
  UNION ALL
  SELECT cloud, target_host_id, target_vcpus, target_memory_mib, target_disk_gib
  FROM sim.server WHERE target_host_id IS NOT NULL
) AS held
GROUP BY cloud, host_id;
