import {
  type CallOf,
  collectionApprove,
  collectionCreate,
  collectionDiscard,
  collectionReject,
  collectionReturn,
  collectionSubmit,
  lineScale,
  measures,
  type OperationSpec,
  operationList,
  ProblemError,
  type RequestState,
  requestAccept,
  requestApprove,
  requestCreate,
  requestDiscard,
  requestDropLine,
  requestFailTest,
  requestForward,
  requestGet,
  requestList,
  requestPassTest,
  requestReclaim,
  requestReject,
  requestRestore,
  requestRetry,
  requestReturn,
  requestSubmit,
  requestTransfer,
  type ServiceRequest,
  serverResize,
} from '@yiduo/contract'
import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { programAct } from '../../src/kernel/act.ts'
import { requestMachine } from '../../src/modules/requests/model.ts'
import { imbalances } from '../world/books.ts'
import { resourcesOf } from '../world/orders.ts'
import { addPerson } from '../world/people.ts'
import { agreed } from '../world/small-province.ts'
import { rowsOf } from '../world/statements.ts'
import { connectTestCloud, createWorld, type World } from '../world/world.ts'

/** Another one walks elsewhere; a counterexample prints its path. */
const seed = Number(process.env.YIDUO_WALK_SEED ?? 20_261_122)
const walks = Number(process.env.YIDUO_WALKS ?? 4)

let world: World
const systems = new Map<string, string>()

beforeAll(async () => {
  world = await createWorld({ ruleVcpus: 1 })
  await connectTestCloud(world)
  const { yiduo, province } = world
  const act = programAct('test', 'demonstration.make', 'test')
  const organisation = async (
    parentId: string,
    name: string,
    actor: 'authority' | 'department',
    consolidates = false,
  ) =>
    agreed(
      await yiduo.rooms.organisations.create(act, {
        ...{ parentId, name, actor, consolidates },
        level: 'county',
        divisionCode: '320124',
      }),
    )
  const county = await organisation(province.city.id, '某县', 'authority')
  const bureau = await organisation(county.id, '某县数据局', 'department', true)
  const township = await organisation(county.id, '某县民政局', 'department')
  await addPerson(yiduo, 'bureau', { role: 'department', at: bureau, reach: 'own' })
  await addPerson(yiduo, 'county-department', { role: 'department', at: township, reach: 'own' })
  await addPerson(yiduo, 'operator-2', { role: 'operator', at: province.province, reach: 'subtree' })
  const limits = { vcpu: 20, 'memory-gib': 64, 'volume-gib': 500, address: 10 } as const
  for (const measure of measures)
    agreed(await yiduo.rooms.quota.set(act, township.id, measure, { limit: limits[measure] }))
  const system = { organisationId: township.id, name: '县系统', securityGrade: 2 }
  systems.set('county-department', agreed(await yiduo.rooms.systems.create(act, system)).id)
  systems.set('department', province.system.id)
})
afterAll(() => world[Symbol.asyncDispose]())

/** A call that may be refused for what the request or the cloud is just then; anything else is a defect. */
const attempt = async <S extends OperationSpec>(login: string, operation: S, call: CallOf<S>): Promise<void> => {
  try {
    await world.call(login, operation, call)
  } catch (error) {
    if (!(error instanceof ProblemError)) throw error
    const { status, code } = error.problem
    expect([403, 404, 409, 422].includes(status) || code === 'input-invalid', `${operation.name}: ${code}`).toBe(true)
  }
}

const all = async (): Promise<ServiceRequest[]> =>
  (await world.call('operator', requestList, { query: { limit: 500 } })).items
const owner = (request: ServiceRequest): string =>
  request.systemId === systems.get('department') ? 'department' : 'county-department'

const other = (request: ServiceRequest): string =>
  owner(request) === 'department' ? 'county-department' : 'department'

/** Until no operation is under way, and so no request between two states. */
const settled = () =>
  world.until(async () => {
    for (const state of ['queued', 'running', 'undoing'] as const)
      if ((await world.call('operator', operationList, { query: { state, limit: 1 } })).items.length > 0) return false
    return true
  })

interface Step {
  readonly verb: string
  /** Picks one of the requests that are not over. */
  readonly pick: number
  readonly large: boolean
}

const draft = async ({ pick, large }: Step): Promise<void> => {
  const login = pick % 2 === 0 ? 'department' : 'county-department'
  const planId = large ? world.province.plans.medium.id : world.province.plans.small.id
  const lines = [
    { planId, name: '甲', quantity: 1 + (pick % 3), dataVolumeGib: 10 * (pick % 2) },
    { planId, name: '乙' },
  ]
  await attempt(login, requestCreate, { body: { systemId: systems.get(login) ?? '', lines } })
}

const onRequest: Readonly<Record<string, (request: ServiceRequest, step: Step) => Promise<void>>> = {
  submit: (it) => attempt(owner(it), requestSubmit, { params: { requestId: it.id }, body: {} }),
  forward: (it) => attempt('bureau', requestForward, { params: { requestId: it.id }, body: {} }),
  approve: (it, { large }) =>
    attempt(large ? 'operator' : 'operator-2', requestApprove, { params: { requestId: it.id }, body: {} }),
  return: (it, { large }) =>
    attempt(large ? 'bureau' : 'operator', requestReturn, { params: { requestId: it.id }, body: {} }),
  reject: (it) => attempt('operator', requestReject, { params: { requestId: it.id }, body: {} }),
  discard: (it) => attempt(owner(it), requestDiscard, { params: { requestId: it.id }, body: {} }),
  pass: (it) => attempt(owner(it), requestPassTest, { params: { requestId: it.id }, body: {} }),
  fail: (it) => attempt(owner(it), requestFailTest, { params: { requestId: it.id }, body: {} }),
  retry: (it) => attempt('operator', requestRetry, { params: { requestId: it.id }, body: {} }),
  reclaim: (it) => attempt(owner(it), requestReclaim, { params: { requestId: it.id }, body: {} }),
  restore: (it) => attempt(owner(it), requestRestore, { params: { requestId: it.id }, body: {} }),
  drop: (it) =>
    attempt(owner(it), requestDropLine, {
      params: {
        requestId: it.id,
        lineId: it.lines.find((line) => line.state === 'failed')?.id ?? it.lines[0]?.id ?? '',
      },
      body: {},
    }),
  resize: async (it) => {
    const server = (await resourcesOf(world, it.id)).find(({ kind }) => kind === 'server')
    if (!server) return
    await attempt(owner(it), serverResize, {
      params: { serverId: server.id },
      body: { planId: world.province.plans.medium.id },
    })
  },
  transfer: (it) =>
    attempt(owner(it), requestTransfer, {
      params: { requestId: it.id },
      body: { systemId: systems.get(other(it)) ?? '' },
    }),
  accept: (it) => attempt(other(it), requestAccept, { params: { requestId: it.id }, body: {} }),
  scale: async (it, { pick }) => {
    const [line] = it.lines
    if (!line) return
    const body = { quantity: 1 + (pick % 4), confirmation: line.name }
    await attempt(owner(it), lineScale, { params: { lineId: line.id }, body })
  },
  collect: async (it) => attempt('bureau', collectionCreate, { body: { name: '汇总', requestIds: [it.id] } }),
  decideCollection: async (it, { pick }) => {
    if (it.collectionId === null) return
    const verbs = [collectionSubmit, collectionReturn, collectionReject, collectionDiscard] as const
    const call = { params: { collectionId: it.collectionId }, body: {} }
    const verb = verbs[pick % 5]
    if (!verb) return attempt('city-operator', collectionApprove, call)
    return attempt(verb === collectionSubmit || verb === collectionDiscard ? 'bureau' : 'city-operator', verb, call)
  },
}

const elsewhere: Readonly<Record<string, (step: Step) => Promise<unknown>>> = {
  draft,
  breakServer: () => world.fault({ mode: 'broken', call: 'servers.create' }),
  refuseRemoval: () => world.fault({ mode: 'denied', call: 'servers.remove' }),
  pass1Day: async () => world.shift(86_400_000),
  expire: () => world.yiduo.reconcilers.runNow('expiry'),
  escalate: () => world.yiduo.reconcilers.runNow('escalation'),
}

const take = async (step: Step): Promise<void> => {
  if (elsewhere[step.verb]) await elsewhere[step.verb]?.(step)
  else {
    const requests = (await all()).filter((it) => !isOver(it))
    const request = requests[step.pick % Math.max(requests.length, 1)]
    if (request) await onRequest[step.verb]?.(request, step)
  }
}

/** What brings a request of each state nearer to its end; none that is not at one may be without. */
const wayOut: Partial<Record<RequestState, string>> = {
  draft: 'discard',
  collecting: 'discard',
  submitted: 'reject',
  returned: 'discard',
  'delivery-failed': 'discard',
  testing: 'fail',
  'reclaim-failed': 'retry',
}

const leadOut = async (request: ServiceRequest): Promise<void> => {
  const step = { verb: '', pick: 0, large: true }
  // What waits for another department's consent only its own can end at once.
  const verb = request.kind === 'change' && request.state === 'submitted' ? 'discard' : wayOut[request.state]
  if (verb) return onRequest[verb]?.(request, step)
  switch (request.state) {
    case 'consolidated': {
      const call = { params: { collectionId: request.collectionId ?? '' }, body: {} }
      await attempt('city-operator', collectionReturn, call)
      return attempt('bureau', collectionDiscard, call)
    }
    case 'formal': {
      const { id } = await world.call(owner(request), requestReclaim, { params: { requestId: request.id }, body: {} })
      return attempt('operator', requestApprove, { params: { requestId: id }, body: {} })
    }
    case 'recycled':
    case 'recycle-failed':
      world.shift(8 * 86_400_000)
      return void (await world.yiduo.reconcilers.runNow('expiry'))
    default:
      expect(Object.keys(requestMachine[request.state]), `${request.kind} ${request.state}`).toEqual([])
  }
}

const isOver = ({ state }: ServiceRequest): boolean =>
  state === 'reclaimed' || Object.keys(requestMachine[state]).length === 0

// Without the usual way walked most often, most walks would never come to a resource.
const usual = ['submit', 'forward', 'approve', 'accept', 'pass', 'reclaim', 'transfer', 'collect', 'decideCollection']
const verbs = [...Object.keys(onRequest), ...Object.keys(elsewhere), ...usual, ...usual, ...usual]
const step = fc.record({ verb: fc.constantFrom(...verbs), pick: fc.nat(11), large: fc.boolean() })

const six = [0, 1, 2, 3, 4, 5]
const onEach = (verb: string): Step[] => six.map((pick) => ({ verb, pick, large: true }))

/** Each walk begins where something stands, is formal, and lies in the recycle bin. */
const beginning: readonly Step[] = [
  ...six.flatMap((pick) => [
    { verb: 'draft', pick, large: pick > 3 },
    { verb: 'submit', pick: 0, large: false },
  ]),
  ...['approve', 'pass', 'transfer', 'accept', 'approve', 'approve', 'reclaim', 'approve'].flatMap(onEach),
  ...six.slice(0, 3).flatMap((pick) => [
    { verb: 'draft', pick, large: pick > 1 },
    { verb: 'submit', pick: 0, large: false },
  ]),
]

test('whatever several people do in whatever order, every request has a way out and what is held is what stands', {
  timeout: 600_000,
}, async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 25, maxLength: 40 }), async (steps) => {
      for (const one of [...beginning, ...steps]) {
        await take(one)
        if (one.pick % 4 === 0) await settled()
      }
      await settled()
      expect(await imbalances(world.databaseUrl)).toEqual([])
      for (let round = 0; round < 12; round++) {
        const open = (await all()).filter((it) => !isOver(it))
        if (open.length === 0) break
        // What is about another first: it keeps that one from being moved.
        for (const it of open.toSorted((a, b) => Number(b.kind !== 'open') - Number(a.kind !== 'open'))) {
          const now = await world.call('operator', requestGet, { params: { requestId: it.id } })
          if (!isOver(now)) await leadOut(now)
          await settled()
        }
      }
      expect((await all()).filter((it) => !isOver(it)).map((it) => `${it.kind} ${it.state}`)).toEqual([])
      expect(await rowsOf(world.databaseUrl, 'select resource_id from reservations')).toEqual([])
      expect(await imbalances(world.databaseUrl)).toEqual([])
    }),
    { seed, numRuns: walks, endOnFailure: true },
  )
  const given = await rowsOf(world.databaseUrl, 'select id from resources where project_system_id is not null limit 1')
  expect(given, 'something was transferred').toHaveLength(1)
  const walked = await rowsOf<{ state: RequestState }>(world.databaseUrl, 'select distinct state from request_track')
  // A walk that is refused at every turn proves nothing.
  expect(walked.map(({ state }) => state)).toEqual(
    expect.arrayContaining(['testing', 'formal', 'recycled', 'collecting']),
  )
})
