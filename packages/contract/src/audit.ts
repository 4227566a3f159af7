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
    operation: Type.Optional(
      Type.String({ maxLength: 80, description: 'As a whole, or with a dot at its end as its beginning: `request.`' }),
    ),
    actor: Type.Optional(Type.String({ maxLength: 80 })),
    trace: Type.Optional(Type.String({ maxLength: 80 })),
    organisationId: Type.Optional({ ...OrganisationId, description: 'Of it and of all below it' }),
    from: Type.Optional(Instant),
    until: Type.Optional({ ...Instant, description: 'RFC 3339, UTC; not included' }),
  }),
  answers: { 200: pageOf(AuditEntry, 'AuditEntryPage') },
  columns: ['at', 'actor', 'operation', 'target', 'trace'],
})
