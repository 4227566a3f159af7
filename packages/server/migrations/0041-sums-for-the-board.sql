-- 0041-sums-for-the-board.sql
-- The board shows what a whole province uses, every few seconds; counted from a million resources that would take
-- seconds. The table keeps the sums itself, for the release before this one makes and ends resources as well.
create table system_holdings (
  system_id uuid not null references business_systems (id),
  platform_id uuid not null references platforms (id),
  servers integer not null,
  vcpus bigint not null,
  memory_mib bigint not null,
  storage_gib bigint not null,
  primary key (system_id, platform_id)
);
create index system_holdings_platform on system_holdings (platform_id);

-- What a resource counts for: nothing unless it is in use.
create function amounts_in_use(kind text, state text, ended_at timestamptz, desired jsonb)
  returns table (servers integer, vcpus bigint, memory_mib bigint, storage_gib bigint)
  language sql immutable parallel safe as $$
  select (kind = 'server')::integer, coalesce((desired ->> 'vcpus')::bigint, 0),
         coalesce((desired ->> 'memoryMib')::bigint, 0),
         coalesce((desired ->> 'diskGib')::bigint, 0) + coalesce((desired ->> 'sizeGib')::bigint, 0)
  where ended_at is null and state in ('test', 'formal') and kind in ('server', 'volume')
$$;

create function add_holding(uuid, uuid, numeric, numeric, numeric, numeric) returns void language sql as $$
  insert into system_holdings as h (system_id, platform_id, servers, vcpus, memory_mib, storage_gib)
  select $1, $2, $3, $4, $5, $6 where ($3, $4, $5, $6) is distinct from (0, 0, 0, 0)
  on conflict (system_id, platform_id) do update
  set servers = h.servers + excluded.servers, vcpus = h.vcpus + excluded.vcpus,
      memory_mib = h.memory_mib + excluded.memory_mib, storage_gib = h.storage_gib + excluded.storage_gib
$$;

create function count_new_holdings() returns trigger language plpgsql as $$
declare it record;
begin
  for it in
    select r.system_id, r.platform_id, sum(a.servers) as servers, sum(a.vcpus) as vcpus,
           sum(a.memory_mib) as memory_mib, sum(a.storage_gib) as storage_gib
    from added r cross join lateral amounts_in_use(r.kind, r.state, r.ended_at, r.desired) a
    group by r.system_id, r.platform_id order by r.system_id, r.platform_id
  loop
    perform add_holding(it.system_id, it.platform_id, it.servers, it.vcpus, it.memory_mib, it.storage_gib);
  end loop;
  return null;
end $$;

create function count_changed_holding() returns trigger language plpgsql as $$
declare it record;
begin
  for it in
    select r.system_id, r.platform_id, sum(r.sign * a.servers) as servers, sum(r.sign * a.vcpus) as vcpus,
           sum(r.sign * a.memory_mib) as memory_mib, sum(r.sign * a.storage_gib) as storage_gib
    from (values (-1, old.system_id, old.platform_id, old.kind, old.state, old.ended_at, old.desired),
                 (1, new.system_id, new.platform_id, new.kind, new.state, new.ended_at, new.desired))
           as r (sign, system_id, platform_id, kind, state, ended_at, desired)
    cross join lateral amounts_in_use(r.kind, r.state, r.ended_at, r.desired) a
    group by r.system_id, r.platform_id order by r.system_id, r.platform_id
  loop
    perform add_holding(it.system_id, it.platform_id, it.servers, it.vcpus, it.memory_mib, it.storage_gib);
  end loop;
  return null;
end $$;

create function count_removed_holding() returns trigger language plpgsql as $$
begin
  perform add_holding(old.system_id, old.platform_id, -a.servers, -a.vcpus, -a.memory_mib, -a.storage_gib)
  from amounts_in_use(old.kind, old.state, old.ended_at, old.desired) a;
  return null;
end $$;

create trigger holdings_made after insert on resources
  referencing new table as added for each statement execute function count_new_holdings();
-- What a listing writes of a million resources passes by: it is none of these columns. At the commit, so that whoever
-- counts the same system waits no longer than that, and holds nothing that the other one still wants.
create constraint trigger holdings_changed after update of state, ended_at, desired, system_id, platform_id on resources
  deferrable initially deferred for each row
  when ((old.state, old.ended_at, old.desired, old.system_id, old.platform_id)
        is distinct from (new.state, new.ended_at, new.desired, new.system_id, new.platform_id))
  execute function count_changed_holding();
create constraint trigger holdings_removed after delete on resources
  deferrable initially deferred for each row execute function count_removed_holding();

insert into system_holdings
select r.system_id, r.platform_id, sum(a.servers), sum(a.vcpus), sum(a.memory_mib), sum(a.storage_gib)
from resources r cross join lateral amounts_in_use(r.kind, r.state, r.ended_at, r.desired) a
group by r.system_id, r.platform_id;

-- What is under way is little of what ever was asked for; it is counted from this index alone.
create index service_requests_under_way on service_requests (state, kind, organisation_id) include (due_at)
  where state not in ('rejected', 'discarded', 'formal', 'completed', 'settled');
create index bills_of_month on bills (month, organisation_id) include (amount_yuan_e4);
