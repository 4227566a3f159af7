import {
  dataCentreCreate,
  dataCentreEdit,
  dataCentreList,
  linkCreate,
  linkEdit,
  linkList,
  offeringEdit,
  platformEdit,
} from '@yiduo/contract'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { problemOf } from '../world/orders.ts'
import { connectTestCloud, createWorld, type World } from '../world/world.ts'

let world: World
beforeAll(async () => {
  world = await createWorld()
})
afterAll(() => world[Symbol.asyncDispose]())

const centre = (code: string, more: object = {}) =>
  world.call('operator', dataCentreCreate, {
    body: {
      nodeId: world.province.node.id,
      code,
      name: code,
      role: 'remote',
      longitude: 119.0213,
      latitude: 33.5976,
      ...more,
    },
  })

test('what makes two sites fail together is kept with each, unknown until it is entered, and can be taken away', async () => {
  const unknown = {
    powerGrid: null,
    riverBasin: null,
    seismicBelt: null,
    pue: null,
    greenLevel: null,
    greenIssuer: null,
    greenExpiresAt: null,
    leaseEndsAt: null,
  }
  const made = await centre('site-facts', { riverBasin: '淮河/淮河干流' })
  expect(made).toMatchObject({ ...unknown, riverBasin: '淮河/淮河干流' })
  const edit = (body: object) => world.call('operator', dataCentreEdit, { params: { dataCentreId: made.id }, body })
  const green = { greenLevel: '4A', greenIssuer: '某认证机构', greenExpiresAt: '2027-06-30T00:00:00.000Z' }
  const told = {
    powerGrid: '华东电网/江苏省网/苏北',
    pue: 1.27,
    ...green,
    leaseEndsAt: '2026-03-31T16:00:00.000Z',
  }
  expect(await edit(told)).toMatchObject({ ...told, riverBasin: '淮河/淮河干流', seismicBelt: null })
  expect(await edit({ leaseEndsAt: null, name: '改名' })).toMatchObject({ ...told, leaseEndsAt: null, name: '改名' })
  const listed = (await world.call('operator', dataCentreList, { query: {} })).items.find(({ id }) => id === made.id)
  expect(listed).toMatchObject({ pue: 1.27, name: '改名' })
  const wrong = { status: 400, code: 'input-invalid' }
  expect(await problemOf(edit({ pue: 0.9 }))).toMatchObject(wrong)
  expect(await problemOf(edit({ powerGrid: '华东电网//苏北' }))).toMatchObject(wrong)
})

test('two data centres have one link at most, told from either end, with its length as the crow flies', async () => {
  const near = await centre('link-near', { longitude: 118.7674, latitude: 32.0415 })
  const far = await centre('link-far')
  const ends = { fromDataCentreId: near.id, toDataCentreId: far.id }
  const made = await world.call('operator', linkCreate, { body: { ...ends, bandwidthMbps: 100_000 } })
  // 南京–淮安 of docs/demo.md's cities: 174.6 km between the seats of their governments.
  expect(made).toMatchObject({
    ...ends,
    latencyMs: null,
    latencyBasis: 'round-trip',
    distanceKm: expect.closeTo(174.6, 0),
  })
  const back = { fromDataCentreId: far.id, toDataCentreId: near.id, bandwidthMbps: 1 }
  expect(await problemOf(world.call('operator', linkCreate, { body: back }))).toMatchObject({ code: 'link-exists' })
  const loop = { ...back, toDataCentreId: far.id }
  expect(await problemOf(world.call('operator', linkCreate, { body: loop }))).toMatchObject({ code: 'link-to-itself' })
  const measured = { latencyMs: 3.2, measuredAt: '2026-11-01T00:00:00.000Z' }
  const edited = await world.call('operator', linkEdit, { params: { linkId: made.id }, body: measured })
  expect(edited).toEqual({ ...made, ...measured, revision: 2 })
  expect((await world.call('operator', linkList, { query: { dataCentreId: far.id } })).items).toEqual([edited])
})

test('who operates neither end enters no link and edits none', async () => {
  const [one, other] = [await centre('foreign-one'), await centre('foreign-other')]
  const body = { fromDataCentreId: one.id, toDataCentreId: other.id, bandwidthMbps: 10_000 }
  expect(await problemOf(world.call('city-operator', linkCreate, { body }))).toMatchObject({ status: 404 })
  const { id } = await world.call('operator', linkCreate, { body })
  const edit = world.call('city-operator', linkEdit, { params: { linkId: id }, body: { latencyMs: 0 } })
  expect(await problemOf(edit)).toMatchObject({ status: 404 })
  const site = world.call('city-operator', dataCentreEdit, { params: { dataCentreId: one.id }, body: { name: 'x' } })
  expect(await problemOf(site)).toMatchObject({ status: 404 })
})

interface Edited {
  readonly revision: number
}

/** Edits a name-like thing of each kind under the revision that is told, or none. */
const edits = async (): Promise<Readonly<Record<string, (revision?: number) => Promise<Edited>>>> => {
  const one = await centre('edited-one', { longitude: 118.7674, latitude: 32.0415 })
  const other = await centre('edited-other')
  const ends = { fromDataCentreId: one.id, toDataCentreId: other.id }
  const link = await world.call('operator', linkCreate, { body: { ...ends, bandwidthMbps: 1_000 } })
  const platformId = await connectTestCloud(world)
  return {
    'data centre': (revision) =>
      world.call('operator', dataCentreEdit, { params: { dataCentreId: one.id }, body: { pue: 1.3 }, revision }),
    link: (revision) =>
      world.call('operator', linkEdit, { params: { linkId: link.id }, body: { bandwidthMbps: 2_000 }, revision }),
    offering: (revision) =>
      world.call('operator', offeringEdit, {
        params: { offeringId: world.province.offering.id },
        body: { testDays: 9 },
        revision,
      }),
    platform: async (revision) =>
      (await world.call('operator', platformEdit, { params: { platformId }, body: { name: '改名' }, revision }))
        .platform,
  }
}

test('what somebody else has edited since it was read is not overwritten, and what both read at once is by one of them', async () => {
  for (const [name, edit] of Object.entries(await edits())) {
    const { revision } = await edit()
    expect(await problemOf(edit(revision - 1)), name).toMatchObject({ status: 409, code: 'revision-stale' })
    expect(await edit(revision), name).toMatchObject({ revision: revision + 1 })
    const both = await Promise.allSettled([edit(revision + 1), edit(revision + 1)])
    expect(both.map((it) => it.status).toSorted(), name).toEqual(['fulfilled', 'rejected'])
  }
})
