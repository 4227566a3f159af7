import {
  billCorrect,
  billGet,
  discountSet,
  platformEdit,
  statementAnswer,
  statementConfirm,
  statementCountersign,
  statementDispute,
  statementExport,
  statementGet,
  statementList,
  statementSign,
} from '@yiduo/contract'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { programAct } from '../../src/kernel/act.ts'
import { formal, problemOf } from '../world/orders.ts'
import { addPerson } from '../world/people.ts'
import { agreed } from '../world/small-province.ts'
import { recordsOf } from '../world/table.ts'
import { connectTestCloud, createWorld, type World } from '../world/world.ts'

let world: World
let providerId: string
const act = programAct('test', 'demonstration.make', 'test')

beforeAll(async () => {
  world = await createWorld({ startsAt: new Date('2026-01-01T04:00:00Z') })
  const platformId = await connectTestCloud(world)
  const { province } = world.province
  const provider = async (name: string) =>
    agreed(
      await world.yiduo.rooms.organisations.create(act, {
        parentId: province.id,
        name,
        actor: 'provider',
        level: 'province',
        divisionCode: '320000',
      }),
    )
  const [ours, other] = [await provider('甲云'), await provider('乙云')]
  providerId = ours.id
  await addPerson(world.yiduo, 'provider', { role: 'provider', at: ours, reach: 'own' })
  await addPerson(world.yiduo, 'rival', { role: 'provider', at: other, reach: 'own' })
  await addPerson(world.yiduo, 'authority', { role: 'authority', at: province, reach: 'subtree' })
  const edited = await world.call('operator', platformEdit, {
    params: { platformId },
    body: { providerOrganisationId: providerId },
  })
  await world.operationEnded('operator', edited.operation.id)
  await formal(world)
})
afterAll(() => world[Symbol.asyncDispose]())

const at = (iso: string) => world.shift(Date.parse(iso) - world.clock.now().getTime())
const closing = () => world.yiduo.reconcilers.runNow('closing')
const bill = (month: string) =>
  world.call('department', billGet, { params: { organisationId: world.province.department.id, month } })
const statementOf = async (month: string, login = 'provider') => {
  const [found] = (await world.call(login, statementList, { query: { month } })).items
  return world.call(login, statementGet, { params: { statementId: found?.id ?? '' } })
}
const setDiscount = (validFrom: string, perMille: number) =>
  world.call('operator', discountSet, { params: { organisationId: providerId }, body: { validFrom, perMille } })
const sum = (parts: readonly { amountYuanE4: number }[]) => parts.reduce((total, it) => total + it.amountYuanE4, 0)

test('a statement is drafted with the month, once, of all that was used, at the discount of that month', async () => {
  await setDiscount('2025-01', 100)
  await setDiscount('2026-02', 333)
  at('2026-02-04T18:00:00Z')
  await closing()
  await closing()
  const charged = await bill('2026-01')
  const january = await statementOf('2026-01')
  expect(january).toMatchObject({ state: 'draft', perMille: 100, listAmountYuanE4: charged.amountYuanE4 })
  expect(january.amountYuanE4).toBe(sum(january.lines))
  for (const line of january.lines)
    expect(Math.abs(line.amountYuanE4 - line.listAmountYuanE4 * 0.9)).toBeLessThanOrEqual(50)
  expect(january.lines.every((it) => it.amountYuanE4 % 100 === 0)).toBe(true)
  expect((await world.call('rival', statementList, {})).items).toMatchObject([])
  expect(await problemOf(setDiscount('2026-01', 1))).toMatchObject({
    code: 'month-closed',
    next: expect.stringContaining('2026-02'),
  })
})

test('a correction reaches the provider’s statement of the month it was put into, at that month’s discount', async () => {
  const position = (await bill('2026-01')).lines.find((it) => it.amountYuanE4 > 0)?.position ?? -1
  const body = { correctsMonth: '2026-01', correctsPosition: position, amountYuanE4: -10_000, reason: '停机' }
  const params = { organisationId: world.province.department.id, month: '2026-02' }
  await world.call('operator', billCorrect, { params, body })
  at('2026-03-04T18:00:00Z')
  await closing()
  const february = await statementOf('2026-02')
  expect(february.listAmountYuanE4).toBe((await bill('2026-02')).amountYuanE4)
  expect(february.lines.filter((it) => it.phase === null)).toMatchObject([
    { listAmountYuanE4: -10_000, amountYuanE4: -6_700 },
  ])
})

test('three parties sign, each by people of their own, and no step comes out of its order', async () => {
  const { id: statementId } = await statementOf('2026-01')
  const params = { statementId }
  const step = (login: string, spec: typeof statementSign, remark?: string) =>
    world.call(login, spec, { params, body: remark === undefined ? {} : { remark } })
  const as = (spec: unknown) => spec as typeof statementSign // the five differ in their names alone
  expect(await problemOf(step('operator', statementSign))).toMatchObject({ code: 'statement-step-not-allowed' })
  expect(await problemOf(step('rival', as(statementConfirm)))).toMatchObject({ code: 'not-found' })
  expect(await problemOf(step('provider', statementSign))).toMatchObject({ status: 403 })
  expect(await step('provider', as(statementDispute), '数量不符')).toMatchObject({ state: 'disputed' })
  expect(await step('operator', as(statementAnswer), '已核对')).toMatchObject({ state: 'draft' })
  expect(await step('provider', as(statementConfirm))).toMatchObject({ state: 'confirmed' })
  expect(await step('authority', as(statementCountersign))).toMatchObject({ state: 'authority-signed' })
  expect(await problemOf(step('authority', as(statementCountersign)))).toMatchObject({ status: 409 })
  const signed = await step('operator', statementSign)
  expect(signed.state).toBe('signed')
  expect(signed.moves.map((it) => [it.event, it.by])).toEqual([
    ['dispute', 'provider'],
    ['answer', 'operator'],
    ['confirm', 'provider'],
    ['countersign', 'authority'],
    ['sign', 'operator'],
  ])
})

test('the sums of an exported statement are the statement’s, to the fen', async () => {
  const statement = await statementOf('2026-02')
  const { content } = await world.call('provider', statementExport, {
    params: { statementId: statement.id },
    query: { format: 'csv' },
  })
  const [, ...records] = recordsOf(Buffer.from(await new Response(content).arrayBuffer()).toString())
  const fen = records.map((it) => Math.round(Number(it[7]) * 100))
  expect(fen.at(-1)).toBe(statement.amountYuanE4 / 100)
  expect(fen.slice(0, -1).reduce((total, it) => total + it, 0)).toBe(statement.amountYuanE4 / 100)
})
