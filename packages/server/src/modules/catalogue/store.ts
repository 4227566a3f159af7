import type { Measure, Offering, Phase } from '@yiduo/contract'
import sql from 'sql-template-tag'
import {
  isCalled,
  type Keyset,
  maybeRow,
  oneRow,
  pageFrom,
  rows,
  type Sought,
  type Tx,
  when,
  write,
} from '../../platform/database/index.ts'

export interface ComponentRow {
  readonly id: string
  readonly code: string
  readonly name: string
  readonly measure: Measure
  readonly createdAt: Date
}
export interface PriceRow {
  readonly id: string
  readonly componentId: string
  readonly phase: Phase
  readonly validFrom: Date
  readonly monthlyPriceYuanE4: number | null
  readonly createdAt: Date
}
export interface PlanRow {
  readonly id: string
  readonly offeringId: string
  readonly code: string
  readonly name: string
  readonly vcpus: number
  readonly memoryMib: number
  readonly systemDiskGib: number
  readonly createdAt: Date
}
/** Measure to bare component id. */
export type MeteringMap = Readonly<Record<Measure, string>>
export interface OfferingRow {
  readonly id: string
  readonly code: string
  readonly name: string
  readonly kind: Offering['kind']
  readonly architecture: Offering['architecture']
  readonly imageNames: string[]
  readonly metering: MeteringMap
  readonly approvedByRuleUpToVcpus: number
  readonly testDays: number
  readonly released: boolean
  readonly revision: number
  readonly createdAt: Date
}

export const insertComponent = (tx: Tx, it: ComponentRow): Promise<void> =>
  write(
    tx,
    sql`insert into components (id, code, name, measure, created_at)
        values (${it.id}, ${it.code}, ${it.name}, ${it.measure}, ${it.createdAt})`,
  )

export const listComponents = (tx: Tx, page: Keyset): Promise<ComponentRow[]> =>
  rows(tx, sql`select id, code, name, measure, created_at from components where true ${pageFrom(page)}`)

export const componentsById = (tx: Tx, ids: readonly string[]): Promise<ComponentRow[]> =>
  rows(tx, sql`select id, code, name, measure, created_at from components where id = any(${[...ids]}::uuid[])`)

export const insertPrice = (tx: Tx, it: PriceRow): Promise<void> =>
  write(
    tx,
    sql`insert into prices (id, component_id, phase, valid_from, monthly_price_yuan_e4, created_at)
        values (${it.id}, ${it.componentId}, ${it.phase}, ${it.validFrom}, ${it.monthlyPriceYuanE4}, ${it.createdAt})`,
  )

const priceColumns = sql`id, component_id, phase, valid_from, monthly_price_yuan_e4, created_at`

export const listPrices = (tx: Tx, componentId: string | null, page: Keyset): Promise<PriceRow[]> =>
  rows(
    tx,
    sql`select ${priceColumns} from prices where true
        ${when(componentId, sql`and component_id = ${componentId}`)} ${pageFrom(page)}`,
  )

export const pricesOf = (tx: Tx, componentIds: readonly string[]): Promise<PriceRow[]> =>
  rows(
    tx,
    sql`select ${priceColumns} from prices where component_id = any(${[...componentIds]}::uuid[])
        order by component_id, phase, valid_from`,
  )

export const insertOffering = (tx: Tx, it: OfferingRow): Promise<void> =>
  write(
    tx,
    sql`insert into offerings (id, code, name, kind, architecture, image_names, metering, approved_by_rule_up_to_vcpus,
                               test_days, released, created_at)
        values (${it.id}, ${it.code}, ${it.name}, ${it.kind}, ${it.architecture}, ${JSON.stringify(it.imageNames)},
                ${JSON.stringify(it.metering)}, ${it.approvedByRuleUpToVcpus}, ${it.testDays}, ${it.released}, ${it.createdAt})`,
  )

const offeringColumns = sql`id, code, name, kind, architecture, image_names, metering, approved_by_rule_up_to_vcpus,
  test_days, released, revision, created_at`

export const findOffering = (tx: Tx, id: string): Promise<OfferingRow | null> =>
  maybeRow(tx, sql`select ${offeringColumns} from offerings where id = ${id}`)

export const lockOffering = (tx: Tx, id: string): Promise<OfferingRow | null> =>
  maybeRow(tx, sql`select ${offeringColumns} from offerings where id = ${id} for update`)

export const updateOffering = (tx: Tx, it: OfferingRow): Promise<void> =>
  write(
    tx,
    sql`update offerings set name = ${it.name}, image_names = ${JSON.stringify(it.imageNames)}, test_days = ${it.testDays},
               approved_by_rule_up_to_vcpus = ${it.approvedByRuleUpToVcpus}, released = ${it.released}, revision = ${it.revision}
        where id = ${it.id}`,
  )

export const listOfferings = (tx: Tx, page: Keyset): Promise<OfferingRow[]> =>
  rows(tx, sql`select ${offeringColumns} from offerings where released ${pageFrom(page)}`)

export const offeringsCalled = (tx: Tx, sought: Sought, limit: number): Promise<OfferingRow[]> =>
  rows(
    tx,
    sql`select ${offeringColumns} from offerings where released and ${isCalled(sought, 'name', 'code')}
        order by id desc limit ${limit}`,
  )

const planColumns = sql`id, offering_id, code, name, vcpus, memory_mib, system_disk_gib, created_at`

export const insertPlan = (tx: Tx, it: PlanRow): Promise<void> =>
  write(
    tx,
    sql`insert into plans (${planColumns})
        values (${it.id}, ${it.offeringId}, ${it.code}, ${it.name}, ${it.vcpus}, ${it.memoryMib}, ${it.systemDiskGib}, ${it.createdAt})`,
  )

export const plansOf = (tx: Tx, offeringIds: readonly string[]): Promise<PlanRow[]> =>
  rows(
    tx,
    sql`select ${planColumns} from plans where offering_id = any(${[...offeringIds]}::uuid[])
        order by vcpus, memory_mib, code`,
  )

export const findPlan = (tx: Tx, id: string): Promise<PlanRow | null> =>
  maybeRow(tx, sql`select ${planColumns} from plans where id = ${id}`)

/** The longest that one of the plans' offerings grants. */
export const testDays = async (tx: Tx, planIds: readonly string[]): Promise<number> =>
  (
    await oneRow<{ days: number }>(
      tx,
      sql`select coalesce(max(o.test_days), 0) as days from plans p join offerings o on o.id = p.offering_id
          where p.id = any(${[...planIds]}::uuid[])`,
    )
  ).days

export const plansById = (tx: Tx, ids: readonly string[]): Promise<PlanRow[]> =>
  rows(tx, sql`select ${planColumns} from plans where id = any(${[...ids]}::uuid[])`)

export const offeringsById = (tx: Tx, ids: readonly string[]): Promise<OfferingRow[]> =>
  rows(tx, sql`select ${offeringColumns} from offerings where id = any(${[...ids]}::uuid[])`)

export const architecturesOf = (tx: Tx, ids: readonly string[]): Promise<{ id: string; architecture: string }[]> =>
  rows(tx, sql`select id, architecture from offerings where id = any(${[...ids]}::uuid[])`)
