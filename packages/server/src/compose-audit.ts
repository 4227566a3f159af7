import { fromId, type IdKind, resourceKinds, toId } from '@yiduo/contract'
import type { Clock } from './kernel/clock.ts'
import type { NewId } from './kernel/identifier.ts'
import {
  type AuditService,
  createAuditRetention,
  createAuditSealer,
  createAuditService,
  createAuditVerifier,
  createTrail,
  type Trail,
} from './modules/audit/index.ts'
import { platformNames } from './modules/nodes/index.ts'
import type { OrganisationService } from './modules/organisations/index.ts'
import type { Record } from './platform/acts/record.ts'
import type { Database, Tx } from './platform/database/index.ts'
import type { Reconciler } from './platform/reconcilers/index.ts'
import type { Mac, Secrets } from './platform/secrets/index.ts'

interface Ground {
  readonly database: Database
  readonly clock: Clock
  readonly newId: NewId
  readonly record: Record
  readonly secrets: Secrets
  readonly mac: Mac
  readonly markPrefix: string
}

interface AuditRooms {
  readonly trail: Trail
  readonly audit: AuditService
}

type NamesOf = (tx: Tx, ids: readonly string[]) => Promise<ReadonlyMap<string, string>>

/** Rooms whose things have names. */
interface NamedRooms {
  readonly organisations: OrganisationService
  readonly systems: { readonly names: NamesOf }
  readonly identity: { readonly names: NamesOf }
  readonly requests: { readonly names: NamesOf }
  readonly resources: { readonly names: NamesOf }
  readonly findings: { readonly names: NamesOf }
}

/** What things of any kind are called, by their typed ids: each kind is asked once. */
const thingNames = (rooms: NamedRooms): NamesOf => {
  const named: readonly (readonly [IdKind, NamesOf])[] = [
    ['organisation', rooms.organisations.names],
    ['system', rooms.systems.names],
    ['person', rooms.identity.names],
    ['request', rooms.requests.names],
    ['platform', platformNames],
    ['finding', rooms.findings.names],
    ...resourceKinds.map((kind) => [kind, rooms.resources.names] as const),
  ]
  return async (tx, ids) => {
    const names = new Map<string, string>()
    for (const [kind, namesOf] of named) {
      const bare = ids.flatMap((id) => fromId(kind, id) ?? [])
      if (bare.length === 0) continue
      for (const [id, name] of await namesOf(tx, bare)) names.set(toId(kind, id), name)
    }
    return names
  }
}

/** The trail, and who may look at it. */
export const furnishAudit = (ground: Ground, rooms: NamedRooms): AuditRooms => {
  const { organisations } = rooms
  const trail = createTrail({ ...ground, installation: ground.markPrefix })
  const audit = createAuditService({
    ...ground,
    trail,
    within: organisations.within,
    reachesProvince: organisations.reachesProvince,
    organisationNames: organisations.names,
    thingNames: thingNames(rooms),
    province: async () => fromId('organisation', (await organisations.root())?.id ?? ''),
  })
  return { trail, audit }
}

export const auditReconcilers = ({ trail, audit }: AuditRooms): readonly Reconciler[] => [
  createAuditSealer(trail),
  createAuditVerifier(audit),
  createAuditRetention(audit),
]
