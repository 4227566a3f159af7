import { randomUUID } from 'node:crypto'
import {
  billClose,
  billCorrect,
  billExport,
  billGet,
  fromId,
  type Measure,
  measures,
  usageExport,
} from '@yiduo/contract'
import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { problemOf } from '../world/orders.ts'
import { addPerson } from '../world/people.ts'
import { rowsOf } from '../world/statements.ts'
import { recordsOf } from '../world/table.ts'
import { numbersIn } from '../world/workbook.ts'
import { createWorld, type World } from '../world/world.ts'

let world: World
beforeAll(async () => {
  world = await createWorld({ startsAt: new Date('2026-03-01T04:00:00Z') })
  await addPerson(world.yiduo, 'provider', { role: 'provider', at: world.province.department, reach: 'own' })
})
afterAll(() => world[Symbol.asyncDispose]())

interface Held {
  readonly name: string
  readonly measure: Measure
  readonly quantity: number
  readonly from: number
  readonly seconds: number
}

const february = { startsAt: Date.parse('2026-01-31T16:00:00Z'), seconds: 28 * 86_400 }
const instantOf = (second: number) => new Date(february.startsAt + second * 1_000)

/** What somebody held for some part of a month, written down as metering would. */
const hold = async (held: readonly Held[]): Promise<void> => {
  const { department, system, componentIds } = world.province
  await rowsOf(world.databaseUrl, 'delete from bill_corrections')
  for (const table of ['bill_lines', 'bills', 'usage_intervals'])
    await rowsOf(world.databaseUrl, `delete from ${table}`)
  const rows = held.map((it) => ({
    id: randomUUID(),
    resource: randomUUID(),
    name: it.name,
    component: fromId('component', componentIds[it.measure]),
    quantity: it.quantity,
    from: instantOf(it.from),
    until: instantOf(it.from + it.seconds),
  }))
  await rowsOf(
    world.databaseUrl,
    `insert into usage_intervals (id, resource_id, resource_kind, resource_name, organisation_id, system_id, component_id,
                                  phase, quantity, started_at, ended_at)
     select id, resource, 'server', name, $1, $2, component, 'formal', quantity, "from", until
     from jsonb_to_recordset($3) as x(id uuid, resource uuid, name text, component uuid, quantity bigint,
                                      "from" timestamptz, until timestamptz)`,
    [fromId('organisation', department.id), fromId('system', system.id), JSON.stringify(rows)],
  )
}

const params = () => ({ organisationId: world.province.department.id, month: '2026-02' })
const fileOf = async (format: 'csv' | 'xlsx') => {
  const file = await world.call('department', billExport, { params: params(), query: { format } })
  return { ...file, bytes: Buffer.from(await new Response(file.content).arrayBuffer()) }
}
const fenOf = (text: string) => Math.round(Number(text) * 100)
const sum = (numbers: readonly number[]) => numbers.reduce((total, it) => total + it, 0)

const heldArbitrary = fc.record({
  name: fc.oneof(
    fc.constantFrom('=1+1', '+86', '-1', '@SUM(A1)', '逗号,"引号"', '换\n行'),
    fc.string({ minLength: 1, maxLength: 20, unit: fc.constantFrom('a', '一', ',', '"', ' ') }),
  ),
  measure: fc.constantFrom(...measures),
  quantity: fc.integer({ min: 1, max: 100_000 }),
  from: fc.integer({ min: 0, max: february.seconds - 1 }),
  seconds: fc.integer({ min: 1, max: february.seconds }),
})

test('a bill is the sum of its lines, and the sums of its CSV and its workbook, to the fen', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(heldArbitrary, { minLength: 1, maxLength: 12 }), async (held) => {
      await hold(held.map((it) => ({ ...it, seconds: Math.min(it.seconds, february.seconds - it.from) })))
      const bill = await world.call('department', billGet, { params: params() })
      expect(sum(bill.lines.map((it) => it.amountYuanE4))).toBe(bill.amountYuanE4)

      const records = recordsOf((await fileOf('csv')).bytes.toString()).slice(1)
      const amounts = records.map((it) => fenOf(it[8] ?? ''))
      expect(amounts.at(-1)).toBe(bill.amountYuanE4 / 100)
      expect(sum(amounts.slice(0, -1))).toBe(bill.amountYuanE4 / 100)
      expect(records.every((it) => it.length === 10 && /^\d+\.\d\d$/.test(it[8] ?? ''))).toBe(true)
      expect(records.flat().filter((it) => /^[=+\-@]/.test(it))).toEqual([])

      const cells = numbersIn((await fileOf('xlsx')).bytes, 'I').map((it) => Math.round(it * 100))
      expect(cells).toEqual(amounts)
    }),
    { numRuns: 12, seed: 20_260_222 },
  )
})

test('a correction is a signed row of the bill that it stands in, and of its sum', async () => {
  await hold([{ name: '核对', measure: 'vcpu', quantity: 3, from: 0, seconds: february.seconds }])
  await rowsOf(world.databaseUrl, "update usage_intervals set ended_at = null, started_at = '2026-01-15T00:00:00Z'")
  const close = (month: string) =>
    world.call('operator', billClose, { params: { organisationId: world.province.department.id, month } })
  await close('2026-01')
  const reason = '=多收'
  const body = { correctsMonth: '2026-01', correctsPosition: 0, amountYuanE4: -12_300, reason }
  await world.call('operator', billCorrect, { params: params(), body })
  const { amountYuanE4 } = await close('2026-02')
  const records = recordsOf((await fileOf('csv')).bytes.toString())
  expect(records.at(-2)).toEqual(expect.arrayContaining(['-1.23', expect.stringContaining(reason)]))
  expect(records.at(-1)?.[8]).toBe((amountYuanE4 / 10_000).toFixed(2))
  const { bytes, name, mediaType } = await fileOf('xlsx')
  expect(sum(numbersIn(bytes, 'I').slice(0, -1)) * 100).toBeCloseTo(amountYuanE4 / 100, 6)
  expect(mediaType).toMatch(/spreadsheetml/)
  expect(name).toBe(`Bill ${world.province.department.name} 2026-02.xlsx`)
})

test('usage comes as far as the reader’s scope, page after page, and a reader without it gets a problem and no file', async () => {
  await hold(
    Array.from({ length: 2_100 }, (_, index) => ({
      name: `n${index}`,
      measure: 'vcpu',
      quantity: 1,
      from: 0,
      seconds: 60,
    })),
  )
  const usage = async (login: string, month: string) => {
    const { content } = await world.call(login, usageExport, { query: { month } })
    return recordsOf(Buffer.from(await new Response(content).arrayBuffer()).toString()).slice(1)
  }
  const own = await usage('department', '2026-02')
  expect(new Set(own.map((it) => it[2])).size).toBe(2_100)
  expect(own[0]?.[6]).toBe('2026-02-01 00:00:00')
  expect(await usage('department', '2026-03')).toEqual([])
  expect(await usage('other', '2026-02')).toEqual([])
  expect(await problemOf(usage('provider', '2026-02'))).toMatchObject({ status: 403 })
  const foreign = world.call('other', billExport, { params: params(), query: {} })
  expect(await problemOf(foreign)).toMatchObject({ status: 404 })
})
