import { type Static, Type } from 'typebox'
import { AuditId, GrantId, OrganisationId } from './id.ts'
import { operation } from './operation.ts'
import { Instant, literals, nullable, Paging, pageOf } from './primitive.ts'

export const auditOutcomes = ['done', 'refused'] as const

export const AuditEntry = Type.Object(
  {
    id: AuditId,
    at: Instant,
    actor: Type.String({ description: 'Log-in of a person, or the program’s part that acted' }),
    actorOrganisationId: nullable(OrganisationId),
    onBehalfOf: nullable(Type.String()),
    emergencyGrantId: nullable({
      ...GrantId,
      description: 'The grant for emergencies without which it could not have been done',
    }),
    operation: Type.String(),
    outcome: literals(auditOutcomes, { description: 'Refused: it was tried, and nothing was done' }),
    target: Type.String(),
    targetName: Type.Optional(
      Type.String({ description: 'As it is called now; told in lists, to whoever reaches the whole province' }),
    ),
    organisationId: nullable(OrganisationId),
    address: nullable(Type.String()),
    trace: Type.String(),
    before: nullable(Type.Unknown()),
    after: nullable(Type.Unknown()),
    position: nullable(Type.Integer({ description: 'In the chain; null until it is sealed, within a second or two' })),
  },
  { $id: 'AuditEntry' },
)
export type AuditEntry = Static<typeof AuditEntry>

const actFilters = {
  target: Type.Optional(Type.String({ maxLength: 80 })),
  operation: Type.Optional(
    Type.String({ maxLength: 80, description: 'As a whole, or with a dot at its end as its beginning: `request.`' }),
  ),
  actor: Type.Optional(Type.String({ maxLength: 80 })),
}

/** Who, what, on what, where and when. */
const filters = {
  ...actFilters,
  trace: Type.Optional(Type.String({ maxLength: 80 })),
  organisationId: Type.Optional({ ...OrganisationId, description: 'Of it and of all below it' }),
  outcome: Type.Optional(literals(auditOutcomes)),
  emergency: Type.Optional(Type.Boolean({ description: 'Only what was done by emergency access, or only the rest' })),
  from: Type.Optional(Instant),
  until: Type.Optional({ ...Instant, description: 'RFC 3339, UTC; not included' }),
}

export const auditList = operation({
  name: 'audit.list',
  http: 'GET /audit',
  summary: { 'zh-CN': '查看审计记录', en: 'Read the audit trail' },
  query: Type.Object({ ...Paging, ...filters }),
  answers: { 200: pageOf(AuditEntry, 'AuditEntryPage') },
  reading: 'on-record',
  columns: ['at', 'actor', 'operation', 'outcome', 'target', 'trace'],
})

export const auditExportFormats = ['csv', 'jsonl'] as const
export type AuditExportFormat = (typeof auditExportFormats)[number]
export const auditMediaTypes = {
  csv: 'text/csv; charset=utf-8',
  jsonl: 'application/jsonl; charset=utf-8',
} as const satisfies Record<AuditExportFormat, string>

export const auditExport = operation({
  name: 'audit.export',
  http: 'GET /audit/export',
  summary: { 'zh-CN': '导出审计记录', en: 'Export the audit trail, signed in its last line' },
  query: Type.Object({ format: Type.Optional(literals(auditExportFormats, { default: 'csv' })), ...filters }),
  answers: { 200: null },
  file: { mediaTypes: Object.values(auditMediaTypes) },
  reading: 'acts',
})

export const ForeignAct = Type.Object(
  {
    id: AuditId,
    at: Instant,
    actor: Type.String(),
    actorOrganisationId: OrganisationId,
    actorOrganisationName: Type.String(),
    operation: Type.String(),
    target: Type.String(),
  },
  { $id: 'ForeignAct', description: 'What somebody of another organisation did to one’s things, or read of them' },
)
export type ForeignAct = Static<typeof ForeignAct>

export const auditMine = operation({
  name: 'audit.mine',
  http: 'GET /audit/mine',
  summary: {
    'zh-CN': '查看外机构人员对本机构资源的操作',
    en: 'See what people of other organisations did to one’s things',
  },
  query: Type.Object({ ...Paging, ...actFilters, from: filters.from, until: filters.until }),
  answers: { 200: pageOf(ForeignAct, 'ForeignActPage') },
  columns: ['at', 'actorOrganisationName', 'actor', 'operation', 'target'],
})

export const AuditCheckpoint = Type.Object(
  {
    number: Type.Integer(),
    position: Type.Integer({ description: 'Of the last entry that it seals' }),
    at: Instant,
    keyNumber: Type.Integer(),
    text: Type.String({ description: 'As it is printed and kept elsewhere, signature included' }),
  },
  { $id: 'AuditCheckpoint' },
)
export type AuditCheckpoint = Static<typeof AuditCheckpoint>

export const auditCheckpoints = operation({
  name: 'audit.checkpoints',
  http: 'GET /audit/checkpoints',
  summary: { 'zh-CN': '查看审计检查点', en: 'List the checkpoints of the audit trail, the newest first' },
  query: Type.Object({
    limit: Paging.limit,
    before: Type.Optional(
      Type.Integer({ minimum: 1, maximum: 2 ** 53 - 1, description: 'Those with a smaller number' }),
    ),
  }),
  answers: { 200: Type.Object({ items: Type.Array(AuditCheckpoint) }) },
  columns: ['number', 'position', 'at', 'keyNumber'],
})

export const AuditProblem = Type.Object(
  {
    kind: literals(['altered', 'removed', 'inserted', 'reordered', 'link-broken', 'seal-forged', 'unsealed']),
    position: nullable(Type.Integer()),
    entryId: nullable(AuditId),
    checkpoint: nullable(Type.Integer()),
  },
  { $id: 'AuditProblem', description: 'The first that is not as it was written' },
)
export type AuditProblem = Static<typeof AuditProblem>

export const AuditVerification = Type.Object(
  { startedAt: Instant, endedAt: Instant, entries: Type.Integer(), problem: nullable(AuditProblem) },
  { $id: 'AuditVerification' },
)
export type AuditVerification = Static<typeof AuditVerification>

export const AuditState = Type.Object(
  {
    position: Type.Integer({ description: 'Of the last entry in the chain' }),
    waiting: Type.Integer({ description: 'Entries that are not sealed yet' }),
    checkpoint: nullable(AuditCheckpoint),
    verification: nullable(AuditVerification),
  },
  { $id: 'AuditState' },
)
export type AuditState = Static<typeof AuditState>

export const auditState = operation({
  name: 'audit.state',
  http: 'GET /audit/state',
  summary: { 'zh-CN': '查看审计记录的封存与校验情况', en: 'See how far the audit trail is sealed and verified' },
  answers: { 200: AuditState },
})

export const AuditPolicy = Type.Object(
  {
    months: Type.Integer({
      minimum: 6,
      maximum: 1_200,
      description: 'Entries are kept so long; the law asks for six (网络安全法 on logs)',
    }),
  },
  { $id: 'AuditPolicy' },
)
export type AuditPolicy = Static<typeof AuditPolicy>

export const auditPolicyGet = operation({
  name: 'audit-policy.get',
  http: 'GET /audit-policy',
  summary: { 'zh-CN': '查看审计记录保存期限', en: 'Show how long the audit trail is kept' },
  answers: { 200: AuditPolicy },
})

export const auditPolicySet = operation({
  name: 'audit-policy.set',
  http: 'PUT /audit-policy',
  summary: { 'zh-CN': '设置审计记录保存期限', en: 'Set how long the audit trail is kept' },
  body: AuditPolicy,
  answers: { 200: AuditPolicy },
  stepUp: true,
})
