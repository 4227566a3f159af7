-- 0021-rules-rebuilds-and-usage-of-simulated-clouds.sql
-- Groups of rules that ports obey; the count of rebuilds, beside that of reboots; and what a server that is gone was, for
-- a provider's report of usage tells of it too.

CREATE TABLE sim.rule_group (
  cloud text NOT NULL REFERENCES sim.cloud ON DELETE CASCADE,
  id text NOT NULL DEFAULT gen_random_uuid(),
  mark text,
  project_id text NOT NULL,
  name text NOT NULL,
  -- Each rule in one line, sorted: that is all the simulation needs of it.
  rules text[] NOT NULL,
  created_at timestamptz NOT NULL,
  PRIMARY KEY (cloud, id),
  UNIQUE (cloud, mark),
  FOREIGN KEY (cloud, project_id) REFERENCES sim.project
);
CREATE INDEX rule_group_project ON sim.rule_group (cloud, project_id);

-- Null: the cloud's own default, which lets everything through.
ALTER TABLE sim.port ADD COLUMN rule_group_ids text[];
CREATE INDEX port_rule_groups ON sim.port USING gin (rule_group_ids);

ALTER TABLE sim.server
  ADD COLUMN rebuilds integer NOT NULL DEFAULT 0,
  DROP CONSTRAINT server_power_change_check,
  ADD CONSTRAINT server_power_change_check CHECK (power_change IN ('STARTING', 'STOPPING', 'REBOOT', 'REBUILD'));

CREATE TABLE sim.ended_server (
  cloud text NOT NULL REFERENCES sim.cloud ON DELETE CASCADE,
  id text NOT NULL,
  project_id text NOT NULL,
  name text NOT NULL,
  vcpus integer NOT NULL,
  memory_mib integer NOT NULL,
  disk_gib integer NOT NULL,
  ready_at timestamptz NOT NULL,
  gone_at timestamptz NOT NULL,
  PRIMARY KEY (cloud, id)
);
CREATE INDEX ended_server_time ON sim.ended_server (cloud, gone_at);
