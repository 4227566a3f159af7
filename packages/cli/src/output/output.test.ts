import {
  adviceList,
  billGet,
  jsonSchema,
  Operation,
  operationGet,
  organisationList,
  poolList,
  ServiceRequest,
} from '@yiduo/contract'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { labelIn, sayIn } from '../message/catalogue.ts'
import { wordIn } from '../message/words.ts'
import { answerText } from './answer.ts'
import { cellText, localInstant, money, printable } from './cell.ts'
import { answerIds } from './ids.ts'
import { knownNames } from './known-names.ts'
import { pairs, table } from './table.ts'
import { widthOf } from './width.ts'

beforeEach(() => vi.stubEnv('TZ', 'Asia/Shanghai'))
afterEach(() => vi.unstubAllEnvs())

const chinese = { say: sayIn('zh-CN'), label: labelIn('zh-CN'), word: wordIn('zh-CN') }
const english = { say: sayIn('en'), label: labelIn('en'), word: wordIn('en') }

test.each([
  ['abc', 3],
  ['四川省', 6],
  ['一朵 Yiduo', 10],
  ['，。（）「」', 12],
  ['ＡＢ', 4],
  ['￥', 2],
  ['¥', 1],
  ['😀', 2],
  ['e\u0301', 1],
  ['“”…', 3],
])('%s takes %i columns', (text, width) => {
  expect(widthOf(text)).toBe(width)
})

test('columns line up whatever script their cells are in', () => {
  const lines = table(
    [{ title: '名称' }, { title: 'n', right: true }, { title: 'end' }],
    [
      ['成都市数据局', '5', 'x'],
      ['web-1', '1234', 'x'],
    ],
  )
  expect(lines).toEqual(['名称             n  end', '成都市数据局     5  x', 'web-1         1234  x'])
  const ends = lines.slice(1).map((line) => widthOf(line.slice(0, line.lastIndexOf('x'))))
  expect(new Set(ends).size).toBe(1)
})

test('values of one thing line up', () => {
  expect(
    pairs([
      ['编号', 'a'],
      ['name', 'b'],
    ]),
  ).toEqual(['编号  a', 'name  b'])
})

test.each([
  [0, '¥0.00'],
  [1, '¥0.0001'],
  [10_000, '¥1.00'],
  [12_345_600, '¥1,234.56'],
  [10_000_000_000_000, '¥1,000,000,000.00'],
  [-15_000, '-¥1.50'],
])('%i is %s', (yuanE4, text) => {
  expect(money(yuanE4)).toBe(text)
})

test('instants are shown on the reader’s own clock', () => {
  expect(localInstant('2026-11-22T16:05:09.123Z')).toBe('2026-11-23 00:05:09')
})

test('a cloud’s words give no orders to the terminal', () => {
  expect(printable('a\u001b[2J\u0007b\u202e\r\nc')).toBe('a [2J b c')
  expect(cellText('name', { type: 'string' }, '\u001b]0;x\u0007', english)).not.toMatch(/\p{Cc}/u)
})

const organisation = {
  id: 'org_01ja8kz5v0e8y9m2n4p6q8r0st',
  parentId: null,
  name: '成都市数据局',
  actor: 'department',
  level: 'city',
  divisionCode: '510100',
  consolidates: false,
  createdAt: '2026-11-22T00:00:00Z',
}

test('a list is a table of the operation’s columns', () => {
  const schema = jsonSchema(organisationList.answers[200])
  const text = answerText(organisationList.columns, schema, { items: [organisation], nextCursor: null }, chinese)
  const [head = '', row = '', ...more] = text.split('\n')
  expect(head.split(/ {2,}/)).toEqual(['编号', '名称', '机构类型', '层级', '区划代码'])
  expect(row.split(/ {2,}/)).toEqual([organisation.id, '成都市数据局', 'department', 'city', '510100'])
  expect(more).toEqual([])
  expect(answerText(organisationList.columns, schema, { items: [], nextCursor: null }, chinese)).toBe('没有记录。')
})

const request = {
  id: 'req_01ja8kz5v0e8y9m2n4p6q8r0st',
  kind: 'open',
  aboutRequestId: null,
  state: 'delivery-failed',
  monthlyPriceYuanE4: 9_000_000,
  approvedByRule: true,
  lines: [
    { name: 'web-1', quantity: 2, planId: null, publicAddress: true, monthlyPriceYuanE4: 9_000_000, operationIds: [] },
  ],
  fault: { code: 'cloud-timeout', message: 'It took too long.', next: 'Try again.', words: 'Gateway\nTimeout' },
  createdAt: '2026-11-22T00:00:00Z',
}

test('one thing is shown whole: its columns first, nothing that is empty, its lists below', () => {
  const text = answerText(['id', 'state', 'monthlyPriceYuanE4'], jsonSchema(ServiceRequest), request, english)
  expect(text.split('\n')).toEqual([
    'id                req_01ja8kz5v0e8y9m2n4p6q8r0st',
    'state             delivery-failed',
    'monthly price     ¥900.00',
    'kind              open',
    'approved by rule  yes',
    'fault             It took too long. Try again. The cloud said: Gateway Timeout',
    'created at        2026-11-22 08:00:00',
    '',
    'lines',
    'name   quantity  public address  monthly price',
    'web-1         2  yes                   ¥900.00',
  ])
})

test('an answer in which columns speak of a part shows that part', () => {
  const part = jsonSchema(operationGet.answers[200])
  const schema = { properties: { other: { properties: {} }, operation: part } } as const
  const text = answerText(
    ['id', 'saga'],
    schema,
    { other: {}, operation: { id: 'opn_1', saga: 'platform-probe' } },
    english,
  )
  expect(text).toContain('platform-probe')
})

test('an empty answer says that it is done', () => {
  expect(answerText([], {}, null, chinese)).toBe('完成。')
})

test('in Chinese, states, steps, sides, kinds and phases are words; what is unknown stays as it is', () => {
  const moved = { step: 'provision', state: 'delivering', side: 'operator', by: 'rule', remark: '' }
  const shown = { ...request, step: 'provision', lines: [], track: [moved] }
  const text = answerText(['id', 'kind', 'state', 'step'], jsonSchema(ServiceRequest), shown, chinese)
  for (const line of ['类型      开通', '状态      开通失败', '环节      开通']) expect(text).toContain(line)
  expect(text).toMatch(/开通 {2}办理中 {2}运行机构 {2}rule$/)
  const later = answerText(['state'], jsonSchema(ServiceRequest), { state: 'thawing' }, chinese)
  expect(later).toBe('状态  thawing')
})

test('one code is another word in another list', () => {
  const advice = jsonSchema(adviceList.answers[200]).properties?.items?.items?.properties?.state ?? {}
  const state = jsonSchema(ServiceRequest).properties?.state ?? {}
  expect([advice, state].map((it) => cellText('state', it, 'settled', chinese))).toEqual(['已解决', '已结算'])
  expect(cellText('state', state, 'settled', english)).toBe('settled')
  expect(cellText('state', { type: 'string' }, 'settled', chinese)).toBe('settled')
})

test('advice says what it is about', () => {
  const item = { id: 'adv_1', kind: 'server-stopped', state: 'open', message: '该云服务器处于关机状态。' }
  const text = answerText(adviceList.columns, jsonSchema(adviceList.answers[200]), { items: [item] }, chinese)
  for (const word of ['云服务器已关机', '待处理', item.message]) expect(text).toContain(word)
})

const billLine = {
  resourceId: 'srv_1',
  resourceName: 'web-1',
  systemId: 'sys_1',
  componentId: 'cmp_1',
  componentName: '通用核',
  measure: 'vcpu',
  phase: 'formal',
  quantity: 2,
}

test('lines of a bill begin with names, end with ids, and no two columns are called the same', () => {
  const bill = { organisationId: 'org_1', month: '2026-11', state: 'provisional', lines: [billLine] }
  const schema = jsonSchema(billGet.answers[200])
  const headings = (style: typeof chinese) =>
    answerText(billGet.columns, schema, bill, style).split('\n').at(-2)?.split(/ {2,}/)
  expect(headings(chinese)).toEqual([
    '资源名称',
    '计量项名称',
    '计量单位',
    '阶段',
    '数量',
    '云资源',
    '业务系统',
    '计量项',
  ])
  expect(headings(english)?.slice(0, 3)).toEqual(['resource name', 'component name', 'measure'])
})

test('an id whose name the answer has is shown with it', () => {
  const answer = {
    platform: { id: 'plt_1', name: '省级\u0007云平台' },
    operation: { id: 'opn_1', saga: 'platform-probe', subject: 'plt_1', organisationId: 'org_1' },
  }
  const schema = { properties: { platform: { properties: {} }, operation: jsonSchema(Operation) } } as const
  expect(answerText(['id', 'saga', 'subject'], schema, answer, english).split('\n')).toEqual([
    'id               opn_1',
    'saga             platform-probe',
    'subject          plt_1  省级 云平台',
    'organisation id  org_1',
  ])
  expect(knownNames({ items: [{ platformId: 'plt_2', platformName: 'B', imageName: 'C' }] })).toEqual(
    new Map([['plt_2', 'B']]),
  )
})

test('ids of an answer are those of the things it is about', () => {
  const list = jsonSchema(organisationList.answers[200])
  const items = [organisation, { ...organisation, id: 'org_2' }]
  expect(answerIds(organisationList.columns, list, { items, nextCursor: null })).toEqual([organisation.id, 'org_2'])
  expect(answerIds(poolList.columns, jsonSchema(poolList.answers[200]), { items: [{ platformId: 'plt_1' }] })).toEqual(
    [],
  )
  expect(answerIds(['id'], jsonSchema(ServiceRequest), request)).toEqual([request.id])
  const part = { properties: { other: { properties: {} }, operation: jsonSchema(Operation) } } as const
  expect(answerIds(['id', 'saga'], part, { other: { id: 'a' }, operation: { id: 'b' } })).toEqual(['b'])
  expect(answerIds([], {}, null)).toEqual([])
})
