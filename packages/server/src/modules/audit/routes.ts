import { auditList } from '@yiduo/contract'
import type { Bind } from '../../platform/http/index.ts'
import type { AuditService } from './service.ts'

export const routeAudit = (bind: Bind, audit: AuditService): void => {
  bind(auditList, ({ act, query }) => audit.list(act, query))
}
