import { fromId } from '@yiduo/contract'
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
import type { OrganisationService } from './modules/organisations/index.ts'
import type { Record } from './platform/acts/record.ts'
import type { Database } from './platform/database/index.ts'
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

/** The trail, and who may look at it. */
export const furnishAudit = (ground: Ground, organisations: OrganisationService): AuditRooms => {
  const trail = createTrail({ ...ground, installation: ground.markPrefix })
  const audit = createAuditService({
    ...ground,
    trail,
    within: organisations.within,
    reachesProvince: organisations.reachesProvince,
    organisationNames: organisations.names,
    province: async () => fromId('organisation', (await organisations.root())?.id ?? ''),
  })
  return { trail, audit }
}

export const auditReconcilers = ({ trail, audit }: AuditRooms): readonly Reconciler[] => [
  createAuditSealer(trail),
  createAuditVerifier(audit),
  createAuditRetention(audit),
]
