-- packages/server/src/modules/settlement/correction-store.ts

-- columns
id, organisation_id, month, bill_id, corrects_bill_id, corrects_month, corrects_position, system_id,
component_id, platform_id, amount_yuan_e4, reason, corrected_by, created_at

-- insertCorrection
insert into bill_corrections (:columns)
values (:it.id, :it.organisationId, :it.month, :it.billId, :it.correctsBillId, :it.correctsMonth,
        :it.correctsPosition, :it.systemId, :it.componentId, :it.platformId, :it.amountYuanE4,
        :it.reason, :it.correctedBy, :it.createdAt)

-- correctionsOf
select :columns from bill_corrections where bill_id = :billId order by id

-- openCorrections
select :columns from bill_corrections where organisation_id = :organisationId and bill_id is null order by id

-- takeCorrections
update bill_corrections set bill_id = :billId, month = :month where id = any(:[...ids]::uuid[])

-- correctedSoFar
select coalesce(sum(amount_yuan_e4), 0)::bigint as amount_yuan_e4 from bill_corrections
where corrects_bill_id = :billId and (:position::integer is null or corrects_position = :position)

-- lineAt
select system_id, component_id, platform_id, amount_yuan_e4 from bill_lines
where bill_id = :billId and position = :position

-- hasSystem
select 1 as one from bill_lines where bill_id = :billId and system_id = :systemId limit 1

-- packages/server/src/modules/settlement/history-store.ts

-- insertBills
insert into bills (id, organisation_id, month, amount_yuan_e4, closed_at)
select x.id, x."organisationId", x.month, x."amountYuanE4", x."closedAt"
from json_to_recordset(:(JSON.stringify(bills))::json) as x(
  id uuid, "organisationId" uuid, month text, "amountYuanE4" bigint, "closedAt" timestamptz)

-- insertBillLines
insert into bill_lines (bill_id, position, resource_id, resource_kind, resource_name, system_id, platform_id,
                        component_id, component_name, measure, phase, quantity, seconds, held_until, month_seconds,
                        monthly_price_yuan_e4, amount_yuan_e4)
select x."billId", x.position, x."resourceId", x."resourceKind", x."resourceName", x."systemId", x."platformId",
       x."componentId", x."componentName", x.measure, x.phase, x.quantity, x.seconds, x."heldUntil", x."monthSeconds",
       x."monthlyPriceYuanE4", x."amountYuanE4"
from json_to_recordset(:(JSON.stringify(lines))::json) as x(
  "billId" uuid, position integer, "resourceId" uuid, "resourceKind" text, "resourceName" text, "systemId" uuid,
  "platformId" uuid, "componentId" uuid, "componentName" text, measure text, phase text, quantity bigint, seconds bigint,
  "heldUntil" timestamptz, "monthSeconds" bigint, "monthlyPriceYuanE4" bigint, "amountYuanE4" bigint)

-- packages/server/src/modules/settlement/policy-store.ts

-- findPolicy
select day_kind, day, hour from closing_policies

-- updatePolicy
update closing_policies set day_kind = :it.dayKind, day = :it.day, hour = :it.hour
returning day_kind, day, hour

-- packages/server/src/modules/settlement/statement-store.ts

-- columns
id, provider_organisation_id, month, state, list_amount_yuan_e4, amount_yuan_e4, per_mille, drafted_at

-- insertStatement
insert into statements (:columns)
values (:it.id, :it.providerOrganisationId, :it.month, :it.state, :it.listAmountYuanE4,
        :it.amountYuanE4, :it.perMille, :it.draftedAt) on conflict do nothing

-- insertStatementLines
insert into statement_lines
select :id, row_number() over (order by organisation_id, system_id, platform_id, component_id, phase) - 1,
       organisation_id, system_id, component_id, max(component_name), platform_id, phase, sum(charged)::bigint,
       (round(sum(charged) / 100 * (1000 - :perMille::integer) / 1000) * 100)::bigint
from (
  select b.organisation_id, l.system_id, l.component_id, l.component_name, l.platform_id, l.phase,
         l.amount_yuan_e4::numeric as charged
  from bills b join bill_lines l on l.bill_id = b.id
  where b.month = :month and l.platform_id = any(:[...platformIds]::uuid[])
  union all
  select b.organisation_id, c.system_id, c.component_id, '', c.platform_id, null, c.amount_yuan_e4::numeric
  from bills b join bill_corrections c on c.bill_id = b.id
  where b.month = :month and c.platform_id = any(:[...platformIds]::uuid[])) as used
group by organisation_id, system_id, component_id, platform_id, phase

-- sumUp
update statements set (list_amount_yuan_e4, amount_yuan_e4) = (
  select coalesce(sum(list_amount_yuan_e4), 0)::bigint, coalesce(sum(amount_yuan_e4), 0)::bigint
  from statement_lines where statement_id = :id)
where id = :id returning :columns

-- latestStatement
select month from statements where provider_organisation_id = :providerOrganisationId
order by month desc limit 1

-- listStatements
and month = :month

-- findStatement
select :columns from statements where id = :id and :(visible(scope, 'provider_organisation_id'))

-- lockStatement
select :columns from statements where id = :id and :(visible(scope, 'provider_organisation_id')) for update

-- saveState
update statements set state = :state where id = :id

-- statementLines
select organisation_id, system_id, component_id, component_name, platform_id, phase, list_amount_yuan_e4,
       amount_yuan_e4
from statement_lines where statement_id = :id order by position

-- insertMove
insert into statement_moves (statement_id, position, event, by, remark, at)
select :id, count(*), :it.event, :it.by, :it.remark, :it.at
from statement_moves where statement_id = :id

-- movesOf
select event, by, remark, at from statement_moves where statement_id = :id order by position

-- listDiscounts
select valid_from, per_mille from provider_discounts
where provider_organisation_id = :providerOrganisationId order by valid_from

-- saveDiscount
insert into provider_discounts (provider_organisation_id, valid_from, per_mille)
values (:providerOrganisationId, :it.validFrom, :it.perMille)
on conflict (provider_organisation_id, valid_from) do update set per_mille = excluded.per_mille
returning valid_from, per_mille

-- holdStatements
select pg_advisory_xact_lock(hashtextextended(:(`statements ${providerOrganisationId}`), 0))

-- deliveredByMonth
select month, provider_organisation_id, list_amount_yuan_e4 from statements
where month >= :first and month < :before and :(visible(scope, 'provider_organisation_id'))
order by month, list_amount_yuan_e4 desc

-- packages/server/src/modules/settlement/store.ts

-- holdOffPrices
select pg_advisory_xact_lock_shared(hashtextextended('closing of months', 0))

-- holdOffClosing
select pg_advisory_xact_lock(hashtextextended('closing of months', 0))

-- findBill
select id, organisation_id, month, amount_yuan_e4, closed_at from bills
where organisation_id = :organisationId and month = :month

-- linesOf
select resource_id, resource_kind, resource_name, system_id, platform_id, component_id, component_name, measure, phase, quantity,
       seconds, held_until, month_seconds, monthly_price_yuan_e4, amount_yuan_e4
from bill_lines where bill_id = :billId order by position

-- insertBill
insert into bills (id, organisation_id, month, amount_yuan_e4, closed_at)
values (:it.id, :it.organisationId, :it.month, :it.amountYuanE4, :it.closedAt) on conflict do nothing

-- insertLines
insert into bill_lines (bill_id, position, resource_id, resource_kind, resource_name, system_id, platform_id,
                        component_id, component_name, measure, phase, quantity, seconds, held_until,
                        month_seconds, monthly_price_yuan_e4, amount_yuan_e4)
select :billId, x.position, x."resourceId", x."resourceKind", x."resourceName", x."systemId", x."platformId",
       x."componentId", x."componentName", x.measure, x.phase, x.quantity, x.seconds, x."heldUntil",
       x."monthSeconds", x."monthlyPriceYuanE4", x."amountYuanE4"
from jsonb_to_recordset(:(JSON.stringify(lines.map((line, position) => ({ position, ...line }))))::jsonb) as x(
  position integer, "resourceId" uuid, "resourceKind" text, "resourceName" text, "systemId" uuid, "platformId" uuid, "componentId" uuid,
  "componentName" text, measure text, phase text, quantity bigint, seconds bigint, "heldUntil" timestamptz, "monthSeconds" bigint,
  "monthlyPriceYuanE4" bigint, "amountYuanE4" bigint)

-- latestChargedAfter
select b.month from bill_lines l join bills b on b.id = l.bill_id
where l.component_id = :componentId and l.phase = :phase and l.held_until > :at
order by l.held_until desc limit 1

-- holdBills
select pg_advisory_xact_lock(hashtextextended(:(`bills ${organisationId}`), 0))

-- latestMonths
select o.id as organisation_id, b.month
from unnest(:[...organisationIds]::uuid[]) as o(id)
cross join lateral (select month from bills where organisation_id = o.id order by month desc limit 1) b

-- listBills
id, organisation_id, month, amount_yuan_e4, closed_at

-- listBills
:(when(filter.month, sql))
:(filter.below ? sql : empty)

-- listBills
and month = :filter.month

-- listBills
and :(visible(filter.below, 'organisation_id'))

-- totalsOf
select :key, sum(amount_yuan_e4)::bigint as amount_yuan_e4 from (
  select b.organisation_id, l.system_id, l.component_id, l.amount_yuan_e4
  from bills b join bill_lines l on l.bill_id = b.id where b.month = :month and :reached
  union all
  select b.organisation_id, c.system_id, c.component_id, c.amount_yuan_e4
  from bills b join bill_corrections c on c.bill_id = b.id where b.month = :month and :reached) as charged
group by :key order by 2 desc, 1 limit 10000

-- monthTotal
select count(*) as bills, coalesce(sum(amount_yuan_e4), 0)::bigint as amount_yuan_e4 from bills b
where month = :month and :(join( scopes.map((it) => visible(it, 'b.organisation_id')), ' and ', ))

-- chargesOf
select month, system_id, component_id, sum(amount_yuan_e4)::bigint as amount_yuan_e4 from (
  select b.month, l.system_id, l.component_id, l.amount_yuan_e4
  from bills b join bill_lines l on l.bill_id = b.id
  where b.organisation_id = :organisationId and b.month between :first and :last
  union all
  select b.month, c.system_id, c.component_id, c.amount_yuan_e4
  from bills b join bill_corrections c on c.bill_id = b.id
  where b.organisation_id = :organisationId and b.month between :first and :last) as charged
group by month, system_id, component_id

-- closedMonths
select month from bills where organisation_id = :organisationId and month between :first and :last

-- chargedByMonth
select month, sum(amount_yuan_e4)::bigint as amount_yuan_e4 from bills
where month >= :first and month < :before and :(visible(scope, 'organisation_id'))
group by month order by month
