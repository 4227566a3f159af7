-- 0014-snapshots-of-simulated-volumes.sql
-- The simulated cloud takes snapshots of volumes. As in Cinder a volume stays as long as it has one, and a snapshot
-- counts against the storage and the project's quota with the size of its volume.

CREATE TABLE sim.snapshot (
  cloud text NOT NULL REFERENCES sim.cloud ON DELETE CASCADE,
  id text NOT NULL DEFAULT gen_random_uuid(),
  -- Tells the newest of a volume: several may be taken in one instant.
  number bigint GENERATED ALWAYS AS IDENTITY,
  mark text,
  project_id text NOT NULL,
  volume_id text NOT NULL,
  name text NOT NULL,
  size_gib integer NOT NULL CHECK (size_gib > 0),
  created_at timestamptz NOT NULL,
  ready_at timestamptz NOT NULL,
  PRIMARY KEY (cloud, id),
  UNIQUE (cloud, mark),
  FOREIGN KEY (cloud, project_id) REFERENCES sim.project,
  FOREIGN KEY (cloud, volume_id) REFERENCES sim.volume
);
CREATE INDEX snapshot_project ON sim.snapshot (cloud, project_id);
CREATE INDEX snapshot_volume ON sim.snapshot (cloud, volume_id);
