import {
  fromId,
  fromResourceId,
  type Measure,
  type Phase,
  type ResourceKind,
  toId,
  type UsageInterval,
} from '@yiduo/contract'
import type { Act } from '../../kernel/act.ts'
import type { NewId } from '../../kernel/identifier.ts'
import { keyset, type Tx, toPage } from '../../platform/database/index.ts'
import { type ExportDeps, exportUsage } from './export.ts'
import * as store from './store.ts'

export interface Metered {
  readonly id: string
  readonly kind: ResourceKind
  readonly name: string
  readonly organisationId: string
  readonly systemId: string
  /** Measure to bare component id. */
  readonly metering: Readonly<Record<Measure, string>>
}

/** What is counted of a resource, by measure; zero is not counted. */
export type MeteredAmounts = Readonly<Partial<Record<Measure, number>>>

export interface Counted {
  readonly of: Metered
  readonly amounts: MeteredAmounts
}

const view = (row: store.UsageRow): UsageInterval => ({
  id: toId('usage', row.id),
  resourceId: toId(row.resourceKind, row.resourceId),
  organisationId: toId('organisation', row.organisationId),
  systemId: toId('system', row.systemId),
  componentId: toId('component', row.componentId),
  phase: row.phase,
  quantity: row.quantity,
  startedAt: row.startedAt.toISOString(),
  endedAt: row.endedAt?.toISOString() ?? null,
})

export interface MeteringDeps extends ExportDeps {
  readonly newId: NewId
}

export const createMeteringService = (deps: MeteringDeps) => {
  const { database, newId } = deps
  const intervalsOf = ({ of, amounts }: Counted, phase: Phase, startedAt: Date) => {
    const measures = Object.keys(amounts) as Measure[] // the keys of a record over measures
    return measures.flatMap((measure) => {
      const quantity = amounts[measure] ?? 0
      if (quantity === 0) return []
      return {
        id: newId(),
        resourceId: of.id,
        resourceKind: of.kind,
        resourceName: of.name,
        organisationId: of.organisationId,
        systemId: of.systemId,
        componentId: of.metering[measure],
        phase,
        quantity,
        startedAt,
      }
    })
  }
  const open = async (tx: Tx, all: readonly Counted[], phase: Phase, at: Date): Promise<void> => {
    const intervals = all.flatMap((it) => intervalsOf(it, phase, at))
    await store.openIntervals(tx, intervals)
  }
  return {
    open,
    close: (tx: Tx, resourceIds: readonly string[], at: Date) => store.closeIntervals(tx, resourceIds, at),

    /** Ends what is counted and counts anew from the same instant: not a second twice, not a second missed. */
    async change(tx: Tx, all: readonly Counted[], phase: Phase, at: Date): Promise<void> {
      const ids = all.map(({ of }) => of.id)
      await store.closeIntervals(tx, ids, at)
      await open(tx, all, phase, at)
    },

    heldNow: (tx: Tx, resourceIds: readonly string[]) => store.openOf(tx, resourceIds),

    usageBetween: (tx: Tx, organisationId: string, from: Date, to: Date) =>
      store.usageBetween(tx, organisationId, from, to),

    export: exportUsage(deps),

    /** Ids of the organisations that ever held anything, in their order; so many of those behind one. */
    holders: async (tx: Tx, after: string, limit: number): Promise<string[]> =>
      (await store.holders(tx, after, limit)).map((it) => it.organisationId),
    firstUse: async (tx: Tx, organisationId: string): Promise<Date | null> =>
      (await store.firstUse(tx, organisationId))?.startedAt ?? null,

    async list(act: Act, query: { limit?: number; cursor?: string; systemId?: string; resourceId?: string }) {
      const page = keyset(query)
      const filter = {
        systemId: query.systemId === undefined ? null : fromId('system', query.systemId),
        resourceId: query.resourceId === undefined ? null : (fromResourceId(query.resourceId)?.uuid ?? null),
        from: null,
        before: null,
      }
      return toPage(await store.listUsage(database.plain, act.scope, filter, page), page, view)
    },
  }
}

export type MeteringService = ReturnType<typeof createMeteringService>
