-- 0018-options-of-simulated-servers.sql
-- How a simulated server may start: in a zone, in a group that is kept apart or together, its system disk on a volume
-- that goes with it. Such a disk weighs on the storage and not on the host.

ALTER TABLE sim.host
  ADD COLUMN zone text NOT NULL DEFAULT 'zone-1',
  ADD COLUMN aggregates text[] NOT NULL DEFAULT '{}';

CREATE TABLE sim.server_group (
  cloud text NOT NULL REFERENCES sim.cloud ON DELETE CASCADE,
  id text NOT NULL DEFAULT gen_random_uuid(),
  mark text,
  project_id text NOT NULL,
  name text NOT NULL,
  policy text NOT NULL CHECK (policy IN ('anti-affinity', 'soft-anti-affinity', 'affinity')),
  created_at timestamptz NOT NULL,
  PRIMARY KEY (cloud, id),
  UNIQUE (cloud, mark),
  FOREIGN KEY (cloud, project_id) REFERENCES sim.project
);
CREATE INDEX server_group_project ON sim.server_group (cloud, project_id);

ALTER TABLE sim.server
  ADD COLUMN group_id text,
  ADD COLUMN disk_on_volume boolean NOT NULL DEFAULT false,
  ADD FOREIGN KEY (cloud, group_id) REFERENCES sim.server_group ON DELETE SET NULL (group_id);
CREATE INDEX server_group_member ON sim.server (cloud, group_id) WHERE group_id IS NOT NULL;

ALTER TABLE sim.volume
  -- The server whose system disk it is: it goes with it.
  ADD COLUMN system_of text,
  ADD FOREIGN KEY (cloud, system_of) REFERENCES sim.server ON DELETE CASCADE;
CREATE INDEX volume_system ON sim.volume (cloud, system_of) WHERE system_of IS NOT NULL;

CREATE OR REPLACE VIEW sim.host_use AS
SELECT cloud, host_id, sum(vcpus)::integer AS vcpus, sum(memory_mib)::integer AS memory_mib, sum(disk_gib)::integer AS disk_gib
FROM (
  SELECT cloud, host_id, vcpus, memory_mib, CASE WHEN disk_on_volume THEN 0 ELSE disk_gib END AS disk_gib
  FROM sim.server
  UNION ALL
  SELECT cloud, target_host_id, target_vcpus, target_memory_mib, CASE WHEN disk_on_volume THEN 0 ELSE target_disk_gib END
  FROM sim.server WHERE target_host_id IS NOT NULL
) AS held
GROUP BY cloud, host_id;
