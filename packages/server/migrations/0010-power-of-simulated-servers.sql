-- 0010-power-of-simulated-servers.sql
-- A simulated server can be stopped, started and rebooted. A stopped one keeps its place on its host, so nothing that
-- sums over servers changes.

ALTER TABLE sim.cloud ADD COLUMN server_power_ms integer NOT NULL DEFAULT 2000;

ALTER TABLE sim.server
  ADD COLUMN powered boolean NOT NULL DEFAULT true,
  -- What is under way until `power_ready_at`.
  ADD COLUMN power_change text CHECK (power_change IN ('STARTING', 'STOPPING', 'REBOOT')),
  ADD COLUMN power_ready_at timestamptz,
  -- How many there have been: whoever asks again sees whether theirs is among them.
  ADD COLUMN reboots integer NOT NULL DEFAULT 0;
