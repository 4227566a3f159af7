-- 0028-products-and-load-of-simulated-clouds.sql
-- Simulated clouds of competing providers are different products, and what their servers do all day is of some kind:
-- measurements are a function of (seed, thing, instant) and that kind, and are never stored.
ALTER TABLE sim.cloud
  ADD COLUMN product text NOT NULL DEFAULT 'Yiduo simulated cloud',
  ADD COLUMN version text NOT NULL DEFAULT '1';

-- Null: as most servers of offices are.
ALTER TABLE sim.server ADD COLUMN load_profile text;
