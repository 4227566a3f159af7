import { type Static, Type } from 'typebox'
import { OrganisationId, SystemId } from './id.ts'
import { operation } from './operation.ts'
import { Instant, literals, Name, Paging, pageOf, SearchText } from './primitive.ts'

/** 等保 grade of GB/T 22240; grades 1–4 may run on a government cloud. */
export const SecurityGrade = Type.Integer({ minimum: 1, maximum: 4 })
/** GB/T 43697-2024: core, important, general data. */
export const DataClass = literals(['core', 'important', 'general'])
/** The plan's four modes of recovery; none where nothing was decided yet. */
export const RecoveryMode = literals(['none', 'local-backup', 'active-standby', 'active-active', 'remote'])
export const NetworkZone = literals(['public', 'dedicated', 'internet'], { description: '公用、专用、互联网' })

export const BusinessSystem = Type.Object(
  {
    id: SystemId,
    organisationId: OrganisationId,
    name: Name,
    securityGrade: SecurityGrade,
    dataClass: DataClass,
    recoveryMode: RecoveryMode,
    zone: NetworkZone,
    createdAt: Instant,
  },
  { $id: 'BusinessSystem' },
)
export type BusinessSystem = Static<typeof BusinessSystem>

const columns = ['id', 'name', 'organisationId', 'securityGrade', 'dataClass', 'zone']

export const systemList = operation({
  name: 'system.list',
  http: 'GET /systems',
  summary: { 'zh-CN': '列出业务系统', en: 'List business systems' },
  query: Type.Object({ ...Paging, organisationId: Type.Optional(OrganisationId), text: Type.Optional(SearchText) }),
  answers: { 200: pageOf(BusinessSystem, 'BusinessSystemPage') },
  columns,
})

export const systemGet = operation({
  name: 'system.get',
  http: 'GET /systems/{systemId}',
  summary: { 'zh-CN': '查看业务系统', en: 'Show a business system' },
  params: Type.Object({ systemId: SystemId }),
  answers: { 200: BusinessSystem },
  columns,
})

export const systemCreate = operation({
  name: 'system.create',
  http: 'POST /systems',
  summary: { 'zh-CN': '登记业务系统', en: 'Register a business system' },
  body: Type.Object({
    organisationId: OrganisationId,
    name: Name,
    securityGrade: SecurityGrade,
    dataClass: Type.Optional(DataClass),
    recoveryMode: Type.Optional(RecoveryMode),
    zone: Type.Optional(NetworkZone),
  }),
  answers: { 201: BusinessSystem },
  faults: ['system-name-taken'],
  columns,
})
