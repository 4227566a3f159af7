import {
  auditCheckpoints,
  auditExport,
  auditList,
  auditMine,
  auditPolicyGet,
  auditPolicySet,
  auditState,
} from '@yiduo/contract'
import type { Bind } from '../../platform/http/index.ts'
import type { AuditService } from './service.ts'

export const routeAudit = (bind: Bind, audit: AuditService): void => {
  bind(auditList, ({ act, query }) => audit.list(act, query))
  bind(auditExport, ({ act, query, locale }) => audit.export(act, query, locale))
  bind(auditMine, ({ act, query }) => audit.mine(act, query))
  bind(auditState, () => audit.state())
  bind(auditCheckpoints, ({ query }) => audit.checkpoints(query))
  bind(auditPolicyGet, () => audit.policy())
  bind(auditPolicySet, ({ act, body }) => audit.setPolicy(act, body))
}
