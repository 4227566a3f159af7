import { describeNotice, locales, noticeCodes } from '@yiduo/contract'
import { expect, test } from 'vitest'
import { parametersOf, rulesFor } from './model.ts'
import { noticeRules } from './rules.ts'

const now = new Date('2026-03-01T00:00:00Z')
const happening = (type: string, data: Record<string, unknown> = {}) => ({ type, subject: 'req_1', at: now, data })

test.each(noticeRules.map((rule) => [rule.code, rule] as const))('%s says all its text speaks of', (code, rule) => {
  const data = Object.fromEntries(rule.parameters.map((name) => [name, '2026-03-01T16:30:00.000Z']))
  const parameters = { ...parametersOf(rule, happening(rule.on, data)), system: '核对' }
  for (const locale of locales) {
    const { message, next } = describeNotice({ code, parameters }, locale)
    expect(message + next).not.toMatch(/[{}]/)
    for (const _ of rule.parameters) expect(message + next).toContain('2026-03-02 00:30') // Asia/Shanghai
  }
})

test('no text is there for nothing', () => {
  const ruled = new Set<string>(noticeRules.map((rule) => rule.code))
  expect(noticeCodes.filter((code) => !ruled.has(code))).toEqual(['webhook-test']) // that one somebody asks for
})

test('a rule looks at the data it names, and at nothing that is long past', () => {
  const submitted = (approvedByRule: boolean, at = now) =>
    rulesFor(noticeRules, { ...happening('request.submit', { approvedByRule }), at }, now).map((it) => it.code)
  expect(submitted(false)).toEqual(['request-to-decide'])
  expect(submitted(true)).toEqual([])
  expect(submitted(false, new Date('2026-02-15T00:00:00Z'))).toEqual(['request-to-decide'])
  expect(submitted(false, new Date('2026-02-14T23:59:59Z'))).toEqual([])
})

test('what a text has no value for is a dash, never the name of what is missing', () => {
  const { message } = describeNotice(
    { code: 'request-returned', parameters: { subject: 'req_1', system: null, remark: '' } },
    'en',
  )
  expect(message).toBe('The request req_1 for the system “—” was returned; remark: —.')
})

test('a remark that nobody made is not spoken of', () => {
  const said = (remark: string | null) =>
    describeNotice(
      { code: 'request-to-decide', parameters: { subject: 'req_1', system: '养老', remark } },
      'zh-CN',
    ).message.replaceAll(/[\u2066-\u2069]/g, '')
  expect(said('')).toBe('业务系统“养老”的申请单 req_1 等待审批。')
  expect(said(null)).toBe(said(''))
  expect(said('到期')).toContain('等待审批，意见：到期。')
})
