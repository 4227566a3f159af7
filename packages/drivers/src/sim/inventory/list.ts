import {
  absent,
  type CapabilityName,
  done,
  failure,
  type Observed,
  type ObservedKind,
  type Outcome,
  type Page,
  type ProjectRef,
} from '@yiduo/driver-api'
import { type SimCall, type SimCaller, unsupportedHere } from '../call.ts'
import { isMissing } from '../clouds/model.ts'
import { observedStates } from './states.ts'
import { type ObservedRow, observedById, pageOf } from './store.ts'

const pageSize = 100

/** The capability without which a kind can't be seen. */
const needed: Readonly<Record<ObservedKind, CapabilityName | null>> = {
  host: 'hosts',
  flavour: 'flavours',
  image: 'images',
  // A credential that may make no project still sees the one it is bound to.
  project: null,
  network: 'networks',
  subnet: 'networks',
  router: 'networks',
  securityGroup: 'networks',
  port: 'networks',
  server: 'servers',
  serverGroup: 'serverGroups',
  volume: 'volumes',
  snapshot: 'snapshots',
  address: 'addresses',
}

export const createInventory = (caller: SimCaller) => ({
  list: (kind: ObservedKind, cursor: string | null): Promise<Outcome<Page>> =>
    caller.read('list', async (call) => {
      const from = cursor === null ? { count: 0, after: '' } : positionOf(cursor)
      if (from === null) return failure('permanent', 'cloud-request-refused', `"${cursor}" is no cursor of this cloud`)
      return seeing(call, kind) ?? done(await readPage(call, kind, from))
    }),

  get: (kind: ObservedKind, externalId: string, project: ProjectRef | null): Promise<Outcome<Observed>> =>
    caller.read('get', async (call) => {
      const refusal = seeing(call, kind)
      if (refusal) return refusal
      const { database, cloud, now } = call
      const row = await observedById(database, cloud.name, kind, now, externalId, project?.projectId ?? null)
      return row === null ? absent : done(observedOf(kind, row, call.markPrefix))
    }),
})

const seeing = (call: SimCall, kind: ObservedKind) => {
  const name = needed[kind]
  return name !== null && isMissing(call.cloud, name) ? unsupportedHere(call.cloud, name) : null
}

/** A cursor is `<items so far>.<last id>`. */
interface Position {
  readonly count: number
  readonly after: string
}

const positionOf = (cursor: string): Position | null => {
  const parts = /^(\d{1,9})\.(.+)$/.exec(cursor)
  return parts ? { count: Number(parts[1]), after: parts[2] ?? '' } : null
}

const readPage = async (call: SimCall, kind: ObservedKind, from: Position): Promise<Page> => {
  const { database, cloud, now, markPrefix } = call
  const rows = await pageOf(database, cloud.name, kind, now, from.after, pageSize + 1)
  const items = rows.slice(0, pageSize).map((row) => observedOf(kind, row, markPrefix))
  const count = from.count + items.length
  const complete = rows.length <= pageSize
  return { items, count, complete, nextCursor: complete ? null : `${count}.${items.at(-1)?.externalId}` }
}

const observedOf = (kind: ObservedKind, row: ObservedRow, markPrefix: string): Observed => ({
  kind,
  externalId: row.id,
  mark: row.mark?.startsWith(markPrefix) ? row.mark : null,
  name: row.name,
  projectId: row.projectId,
  state: observedStates[row.native],
  nativeState: row.native,
  facts: row.facts,
  createdAt: row.createdAt,
})
