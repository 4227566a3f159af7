-- packages/server/src/modules/settlement/store.ts

-- holdOffPrices
select pg_advisory_xact_lock_shared(hashtextextended('closing of months', 0))

-- holdOffClosing
select pg_advisory_xact_lock(hashtextextended('closing of months', 0))

-- findBill
select id, organisation_id, month, amount_yuan_e4, closed_at from bills
where organisation_id = :organisationId and month = :month

-- linesOf
select resource_id, resource_kind, resource_name, system_id, component_id, component_name, measure, phase, quantity,
       seconds, held_until, month_seconds, monthly_price_yuan_e4, amount_yuan_e4
from bill_lines where bill_id = :billId order by position

-- insertBill
insert into bills (id, organisation_id, month, amount_yuan_e4, closed_at)
values (:it.id, :it.organisationId, :it.month, :it.amountYuanE4, :it.closedAt) on conflict do nothing

-- insertLines
insert into bill_lines
select :billId, x.position, x."resourceId", x."resourceKind", x."resourceName", x."systemId", x."componentId",
       x."componentName", x.measure, x.phase, x.quantity, x.seconds, x."heldUntil", x."monthSeconds", x."monthlyPriceYuanE4", x."amountYuanE4"
from jsonb_to_recordset(:(JSON.stringify(lines.map((line, position) => ({ position, ...line }))))::jsonb) as x(
  position integer, "resourceId" uuid, "resourceKind" text, "resourceName" text, "systemId" uuid, "componentId" uuid,
  "componentName" text, measure text, phase text, quantity bigint, seconds bigint, "heldUntil" timestamptz, "monthSeconds" bigint,
  "monthlyPriceYuanE4" bigint, "amountYuanE4" bigint)

-- latestChargedAfter
select b.month from bill_lines l join bills b on b.id = l.bill_id
where l.component_id = :componentId and l.phase = :phase and l.held_until > :at
order by l.held_until desc limit 1
