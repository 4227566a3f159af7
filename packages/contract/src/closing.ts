import { type Static, Type } from 'typebox'
import { operation } from './operation.ts'
import { literals } from './primitive.ts'

export const ClosingPolicy = Type.Object(
  {
    dayKind: literals(['calendar-day', 'working-day']),
    day: Type.Integer({ minimum: 1, maximum: 20, description: 'Of the following month, counted from 1' }),
    hour: Type.Integer({ minimum: 0, maximum: 23, description: 'Asia/Shanghai' }),
  },
  { $id: 'ClosingPolicy', description: 'When the calendar closes the month before' },
)
export type ClosingPolicy = Static<typeof ClosingPolicy>

export const closingPolicyGet = operation({
  name: 'closing-policy.get',
  http: 'GET /closing-policy',
  summary: { 'zh-CN': '查看关账日', en: 'Show when months are closed' },
  answers: { 200: ClosingPolicy },
  columns: ['dayKind', 'day', 'hour'],
})

export const closingPolicySet = operation({
  name: 'closing-policy.set',
  http: 'PUT /closing-policy',
  summary: { 'zh-CN': '设置关账日', en: 'Set when months are closed' },
  body: ClosingPolicy,
  answers: { 200: ClosingPolicy },
  columns: ['dayKind', 'day', 'hour'],
})
