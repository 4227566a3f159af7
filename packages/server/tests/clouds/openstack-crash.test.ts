import { expect, test } from 'vitest'
import { type CrashWorld, createCrashWorld, type Death } from './crash-world.ts'
import { createFrailWay, madeInTheLine } from './frail-way.ts'
import { countsOf, nothing, oneOfEach } from './holdings.ts'
import { describeOpenstack } from './lab.ts'

const createSteps = [
  'reserve-capacity',
  'ensure-project',
  'ensure-network',
  'create-port',
  'create-volume',
  'create-server',
  'attach-volume',
  'bind-address',
  'open-metering',
]
const reclaimSteps = [
  'close-metering',
  'release-address',
  'detach-volume',
  'delete-server',
  'delete-port',
  'delete-volume',
  'verify-absence',
  'retire-project',
  'release-capacity',
]

// The router is asked for together with the network: whether its call is through when the network's answer kills is chance.
const callsInTurn = madeInTheLine.filter((call) => call !== 'router')

/** After each step has taken effect; and, for those named, before that just as it begins: then nobody knows whether it has. */
const deathsAt = (saga: string, steps: readonly string[], begun: readonly string[]): readonly Death[] =>
  steps.flatMap((step) => [
    ...(begun.includes(step) ? [{ at: `${saga}/${step}/begun` }] : []),
    { at: `${saga}/${step}/effected` },
  ])

const expectOneSetThenNothing = async (world: CrashWorld, deaths: Record<'create' | 'reclaim', readonly Death[]>) => {
  await world.provisionThrough(deaths.create)
  const held = await world.holdings()
  expect(countsOf(held)).toEqual(oneOfEach)
  expect(held.volumes).toMatchObject([{ Status: 'in-use', 'Attached to': [{ server_id: held.servers[0]?.ID }] }])
  await world.reclaimThrough(deaths.reclaim)
  expect(countsOf(await world.holdings(held.projects.map((it) => it.ID)))).toEqual(nothing)
}

/** Each of some twenty processes starts, waits for its forerunner's lease to end, and asks a cloud that others use too. */
const limitMs = 1_200_000

describeOpenstack('kill -9', () => {
  test.concurrent('after every step of provision and of reclaim: one set of things, and then none', {
    timeout: limitMs,
  }, async () => {
    await using world = await createCrashWorld()
    await expectOneSetThenNothing(world, {
      create: deathsAt('server-create', createSteps, [
        'ensure-project',
        'create-volume',
        'create-server',
        'bind-address',
      ]),
      reclaim: deathsAt('server-reclaim@2', reclaimSteps, ['delete-server', 'retire-project']),
    })
  })

  test.concurrent('while the cloud does what was asked, before it can answer', { timeout: limitMs }, async () => {
    await using way = await createFrailWay()
    await using world = await createCrashWorld({ settings: { endpointOverrides: way.endpointOverrides } })
    const deaths = callsInTurn.map(
      (call): Death => ({ what: `the answer to ${call}`, armed: (kill) => way.loseAnswer(call, kill) }),
    )
    await expectOneSetThenNothing(world, { create: deaths, reclaim: [] })
  })
})
