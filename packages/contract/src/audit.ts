import { type Static, Type } from 'typebox'
import { AuditId, OrganisationId } from './id.ts'
import { operation } from './operation.ts'
import { Instant, nullable, Paging, pageOf } from './primitive.ts'

export const AuditEntry = Type.Object(
  {
    id: AuditId,
    at: Instant,
    actor: Type.String({ description: 'Log-in of a person, or the program’s part that acted' }),
    onBehalfOf: nullable(Type.String()),
    operation: Type.String(),
    target: Type.String(),
    organisationId: nullable(OrganisationId),
    address: nullable(Type.String()),
    trace: Type.String(),
    before: nullable(Type.Unknown()),
    after: nullable(Type.Unknown()),
  },
  { $id: 'AuditEntry' },
)
export type AuditEntry = Static<typeof AuditEntry>

export const auditList = operation({
  name: 'audit.list',
  http: 'GET /audit',
  summary: { 'zh-CN': '查看审计记录', en: 'Read the audit trail' },
  query: Type.Object({
    ...Paging,
    target: Type.Optional(Type.String({ maxLength: 80 })),
    operation: Type.Optional(Type.String({ maxLength: 80 })),
  }),
  answers: { 200: pageOf(AuditEntry, 'AuditEntryPage') },
  columns: ['at', 'actor', 'operation', 'target', 'trace'],
})
