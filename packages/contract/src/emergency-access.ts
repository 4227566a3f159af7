import { Type } from 'typebox'
import { Grant } from './grant.ts'
import { GrantId } from './id.ts'
import { operation } from './operation.ts'

/** Four hours: who needs it for longer needs a grant. */
export const emergencyMinutes = 240

const params = Type.Object({ grantId: GrantId })
const columns = ['id', 'role', 'organisationId', 'reach', 'state', 'until']

export const emergencyAccessBegin = operation({
  name: 'emergency-access.begin',
  http: 'POST /emergency-access/{grantId}/begin',
  summary: {
    'zh-CN': '启用本人的应急授权；安全管理员和审计管理员即时知悉',
    en: 'Wake one’s own grant for emergencies; the security and audit administrators are told at once',
  },
  params,
  body: Type.Object({
    reason: Type.String({ minLength: 1, maxLength: 2000, pattern: '\\S' }),
    minutes: Type.Integer({ minimum: 1, maximum: emergencyMinutes }),
  }),
  answers: { 200: Grant },
  faults: ['grant-not-for-emergencies', 'grant-ended', 'emergency-access-begun', 'organisation-ended'],
  access: 'self',
  stepUp: true,
  columns,
})

export const emergencyAccessEnd = operation({
  name: 'emergency-access.end',
  http: 'POST /emergency-access/{grantId}/end',
  summary: {
    'zh-CN': '结束应急授权：由本人，或由安全管理员',
    en: 'Let a grant for emergencies sleep again: by its person, or by a security administrator',
  },
  params,
  answers: { 200: Grant },
  faults: ['grant-not-for-emergencies'],
  access: 'self',
  columns,
})
