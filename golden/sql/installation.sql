-- packages/server/src/modules/installation/store.ts

-- ensureInstallation
insert into installation (code, created_at) values (:code, :now) on conflict do nothing

-- ensureInstallation
select code from installation

-- isThere
select from installation

-- ensurePartitions
select ensure_month_partition(parent, month::date)
from unnest(array['audit_entries', 'events', 'usage_intervals']) as parent,
     generate_series(date_trunc('month', :now::timestamptz at time zone 'Asia/Shanghai'),
                     date_trunc('month', :now::timestamptz at time zone 'Asia/Shanghai') + interval '2 months',
                     interval '1 month') as month
