-- 0024-ipv6-of-simulated-networks.sql
-- A simulated network may hold a range of IPv6 beside its own, and its ports then an address of each.

ALTER TABLE sim.network
  ADD COLUMN ipv6_cidr cidr,
  ADD COLUMN ipv6_subnet_id text;

ALTER TABLE sim.port ADD COLUMN ipv6_address inet;
CREATE UNIQUE INDEX port_ipv6_address ON sim.port (cloud, network_id, ipv6_address) WHERE ipv6_address IS NOT NULL;
