import {
  type AnswerOf,
  offeringEdit,
  type PartChoice,
  type QueryOf,
  requestCreate,
  requestGet,
  requestQuote,
  requestRetry,
  requestSubmit,
  systemCreate,
  type TemplateAsk,
  type TemplatePartAsk,
  templateCopy,
  templateCreate,
  templateEdit,
  templateGet,
  templateList,
  templateRelease,
  templateWithdraw,
} from '@yiduo/contract'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { imbalances } from '../world/books.ts'
import { createSystem, problemOf, resourcesOf } from '../world/orders.ts'
import { connectTestCloud, createWorld, type World } from '../world/world.ts'

let world: World
beforeAll(async () => {
  world = await createWorld({ ruleVcpus: 16 })
  await connectTestCloud(world)
})
afterAll(() => world[Symbol.asyncDispose]())

const smallPrice = 760_000
const partsOf = (): TemplatePartAsk[] => {
  const { small, medium } = world.province.plans
  return [
    { code: 'web', name: '网站', planId: small.id, quantity: 2, maximumQuantity: 4, publicAddress: true },
    { code: 'db', name: '数据库', planId: medium.id, dataVolumeGib: 10 },
    { code: 'cache', name: '缓存', planId: small.id, quantity: 0 },
  ]
}
const make = (login: string, over: { name?: string; organisationId?: string; parts?: TemplatePartAsk[] } = {}) =>
  world.call(login, templateCreate, { body: { name: '门户', parts: partsOf(), ...over } })
const release = (login: string, templateId: string) => world.call(login, templateRelease, { params: { templateId } })
const released = async (login = 'operator') => release(login, (await make(login)).id)
const drafted = async (template: TemplateAsk, parts?: PartChoice[]) =>
  world.call('department', requestCreate, {
    body: { systemId: (await createSystem(world)).id, template, ...(parts ? { parts } : {}) },
  })

test('a whole application is ordered in one line of words, delivered part by part, and each line says what it was made of', async () => {
  const made = await make('operator')
  const premature = drafted({ templateId: made.id })
  expect(await problemOf(premature)).toMatchObject({ status: 409, code: 'template-not-released' })
  const template = await release('operator', made.id)
  const web = smallPrice + 300_000
  const db = 2 * 400_000 + 4 * 150_000 + 30 * 3_000
  expect(template).toMatchObject({
    organisationId: null,
    state: 'released',
    monthlyPriceYuanE4: 2 * web + db,
    refusals: [],
    parts: [{ monthlyPriceYuanE4: web }, { monthlyPriceYuanE4: db }, { quantity: 0, minimumQuantity: 0 }],
  })
  const parts = [{ code: 'web', quantity: 3 }]
  const systemId = (await createSystem(world)).id
  const body = { systemId, template: { templateId: template.id, name: '门户' }, parts }
  const quote = await world.call('department', requestQuote, { body })
  expect(quote).toMatchObject({ monthlyPriceYuanE4: 3 * web + db, refusals: [], approvedByRule: true })
  const request = await world.call('department', requestCreate, { body })
  const origin = { templateId: template.id, name: '门户', revision: 1 }
  expect(request.lines).toMatchObject([
    { name: '门户-web', quantity: 3, publicAddress: true, template: { ...origin, part: 'web' } },
    { name: '门户-db', quantity: 1, dataVolumeGib: 10, template: { ...origin, part: 'db' } },
  ])
  await world.fault({ mode: 'denied', call: 'servers.create', times: 1 })
  const params = { requestId: request.id }
  await world.call('department', requestSubmit, { params, body: {} })
  await world.requestIn(request.id, 'delivery-failed')
  await world.call('operator', requestRetry, { params, body: {} })
  const done = await world.requestIn(request.id, 'testing')
  expect(done.lines.map((line) => line.template?.part)).toEqual(['web', 'db'])
  const resources = await resourcesOf(world, request.id)
  const names = resources.filter((it) => it.kind === 'server').map((it) => it.name)
  expect(names.sort()).toEqual(['门户-db', '门户-web-1', '门户-web-2', '门户-web-3'])
  expect(await imbalances(world.databaseUrl)).toEqual([])
})

test('what was drafted by a template stays as it was when that is edited or withdrawn', async () => {
  const { id: templateId } = await released()
  const before = await drafted({ templateId })
  const params = { templateId }
  const edited = await world.call('operator', templateEdit, {
    params,
    body: { name: '门户二版', parts: partsOf().slice(1) },
  })
  expect(edited).toMatchObject({ revision: 2, state: 'released', parts: [{ code: 'db' }, { code: 'cache' }] })
  const stale = world.call('operator', templateEdit, { params, body: { name: '旧' }, revision: 1 })
  expect(await problemOf(stale)).toMatchObject({ status: 409, code: 'revision-stale' })
  const after = await drafted({ templateId })
  expect(after.lines).toMatchObject([{ template: { name: '门户二版', revision: 2, part: 'db' } }])
  await world.call('operator', templateWithdraw, { params })
  expect(await problemOf(drafted({ templateId }))).toMatchObject({ code: 'template-not-released' })
  expect(await problemOf(world.call('operator', templateWithdraw, { params }))).toMatchObject({
    code: 'template-step-not-allowed',
  })
  expect(await world.call('department', requestGet, { params: { requestId: before.id } })).toEqual(before)
  const shown = async (login: string) =>
    (await world.call(login, templateList, {})).items.some((it) => it.id === templateId)
  expect([await shown('department'), await shown('operator')]).toEqual([false, true])
})

test('a template of which a plan can no longer be had says so in the list, and refuses to be ordered or released', async () => {
  const { id: templateId } = await released()
  const { offering } = world.province
  const setReleased = (it: boolean) =>
    world.call('operator', offeringEdit, { params: { offeringId: offering.id }, body: { released: it } })
  await setReleased(false)
  const listed = (await world.call('department', templateList, {})).items.find((it) => it.id === templateId)
  expect(listed).toMatchObject({ monthlyPriceYuanE4: null, refusals: [{ code: 'offering-not-released' }] })
  const refused = await problemOf(drafted({ templateId }))
  expect(refused).toMatchObject({ status: 409, code: 'offering-not-released' })
  expect(refused.detail).toContain(offering.name)
  await world.call('operator', templateWithdraw, { params: { templateId } })
  expect(await problemOf(release('operator', templateId))).toMatchObject({ code: 'offering-not-released' })
  await setReleased(true)
  expect(await release('operator', templateId)).toMatchObject({ state: 'released', refusals: [] })
})

test('a department makes templates of its own, and neither sees another’s nor changes the catalogue’s', async () => {
  const { department, otherDepartment } = world.province
  const own = await released('department')
  expect(own).toMatchObject({ organisationId: department.id, state: 'released' })
  await drafted({ templateId: own.id })
  const params = { templateId: own.id }
  const theirSystem = await world.call('other', systemCreate, {
    body: { organisationId: otherDepartment.id, name: '水情系统', securityGrade: 2 },
  })
  const foreign = [
    world.call('other', templateGet, { params }),
    world.call('other', templateEdit, { params, body: { name: '我的' } }),
    world.call('other', templateWithdraw, { params }),
    world.call('other', requestCreate, { body: { systemId: theirSystem.id, template: { templateId: own.id } } }),
    make('department', { organisationId: otherDepartment.id }),
  ]
  for (const problem of await Promise.all(foreign.map(problemOf))) expect(problem).toMatchObject({ status: 404 })
  const shared = await released()
  const theirs = world.call('department', templateEdit, { params: { templateId: shared.id }, body: { name: '改' } })
  expect(await problemOf(theirs)).toMatchObject({ status: 403, code: 'not-permitted' })
  const seen = (await world.call('other', templateList, { query: { limit: 500 } })).items.map((it) => it.id)
  expect([seen.includes(shared.id), seen.includes(own.id)]).toEqual([true, false])
  const pages: string[] = []
  const first = { limit: 1 }
  for (let query: QueryOf<typeof templateList> | null = first; query !== null; ) {
    const page: AnswerOf<typeof templateList> = await world.call('department', templateList, { query })
    pages.push(...page.items.map((it) => it.id))
    query = page.nextCursor === null ? null : { ...first, cursor: page.nextCursor }
  }
  const whole = (await world.call('department', templateList, { query: { limit: 500 } })).items.map((it) => it.id)
  expect(pages).toEqual(whole)
  expect(whole).toEqual(expect.arrayContaining([own.id, shared.id]))
})

test('what a template does not offer cannot be chosen of it', async () => {
  const { id: templateId } = await released()
  const [web] = partsOf()
  const twice = make('operator', { parts: [web, web].filter((it) => it !== undefined) })
  expect(await problemOf(twice)).toMatchObject({ status: 400, code: 'template-part-wrong' })
  const choose = (...parts: PartChoice[]) => problemOf(drafted({ templateId }, parts))
  const tooMany = await choose({ code: 'web', quantity: 5 })
  expect(tooMany).toMatchObject({ status: 400, code: 'template-quantity-wrong' })
  expect(tooMany.detail).toContain('1 to 4')
  expect(await choose({ code: 'db', quantity: 0 })).toMatchObject({ code: 'template-quantity-wrong' })
  expect((await choose({ code: 'queue', quantity: 1 })).detail).toContain('no such part')
  const { id: systemId } = await createSystem(world)
  const lines = [{ planId: world.province.plans.small.id, name: '甲' }]
  for (const body of [
    { systemId },
    { systemId, lines, template: { templateId } },
    { systemId, lines, parts: [{ code: 'web', quantity: 1 }] },
  ]) {
    const problem = await problemOf(world.call('department', requestCreate, { body }))
    expect(problem.detail).toContain('give either lines or a template')
  }
  const lost = drafted({ templateId: templateId.replace(/.$/, (it) => (it === '0' ? '1' : '0')) })
  expect(await problemOf(lost)).toMatchObject({ status: 404 })
})

test('a request becomes a template of its department’s own, by which the same can be ordered again', async () => {
  const { id: systemId } = await createSystem(world)
  const planId = world.province.plans.small.id
  const lines = [
    { planId, name: '应用', quantity: 2, dataVolumeGib: 20 },
    { planId, name: '应用' },
  ]
  const { id: requestId } = await world.call('department', requestCreate, { body: { systemId, lines } })
  const copied = await world.call('department', templateCopy, { body: { requestId, name: '照旧' } })
  expect(copied).toMatchObject({
    organisationId: world.province.department.id,
    state: 'draft',
    parts: [
      { code: 'part-1', name: '应用', quantity: 2, dataVolumeGib: 20 },
      { code: 'part-2', quantity: 1 },
    ],
  })
  await release('department', copied.id)
  const again = await drafted({ templateId: copied.id, name: '新应用' })
  expect(again.lines).toMatchObject([
    { name: '新应用-part-1', quantity: 2, dataVolumeGib: 20, planId },
    { quantity: 1 },
  ])
  const foreign = world.call('other', templateCopy, { body: { requestId, name: '偷' } })
  expect(await problemOf(foreign)).toMatchObject({ status: 404 })
})
