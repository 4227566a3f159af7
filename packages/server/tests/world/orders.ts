import { randomUUID } from 'node:crypto'
import {
  type LineAsk,
  ProblemError,
  type Resource,
  requestApprove,
  requestCreate,
  requestPassTest,
  requestPurge,
  requestReclaim,
  requestSubmit,
  resourceList,
  type ServiceRequest,
  systemCreate,
  systemGet,
} from '@yiduo/contract'
import type { World } from './world.ts'

type Doors = Pick<World, 'call' | 'requestIn'>
type Place = Doors & Pick<World, 'province'>

/** What one line asks for where a test does not care: a small server, a volume and an address. */
export interface OrderAsk extends Partial<LineAsk> {
  readonly systemId?: string
  readonly expiresAt?: string
}

/** A system nobody has used yet: its project on the cloud is still to be made. */
export const createSystem = async ({ call, province }: Place, name = `系统 ${randomUUID()}`) =>
  call('department', systemCreate, { body: { organisationId: province.department.id, name, securityGrade: 2 } })

export const bodyOf = ({ province }: Place, { systemId, expiresAt, ...line }: OrderAsk = {}) => ({
  systemId: systemId ?? province.system.id,
  ...(expiresAt === undefined ? {} : { expiresAt }),
  lines: [
    { planId: province.plans.small.id, name: '核对', quantity: 1, dataVolumeGib: 10, publicAddress: true, ...line },
  ],
})

export const draft = (place: Place, ask: OrderAsk = {}): Promise<ServiceRequest> =>
  place.call('department', requestCreate, { body: bodyOf(place, ask) })

export const submit = ({ call }: Doors, requestId: string): Promise<ServiceRequest> =>
  call('department', requestSubmit, { params: { requestId }, body: {} })

/** Drafted and sent; what is small enough the rule has approved. */
export const order = async (place: Place, ask: OrderAsk = {}): Promise<ServiceRequest> =>
  submit(place, (await draft(place, ask)).id)

/** Delivered, in its test time. */
export const tested = async (place: Place, ask: OrderAsk = {}): Promise<ServiceRequest> => {
  const request = await place.requestIn((await order(place, ask)).id, 'testing', 'delivery-failed')
  if (request.state !== 'testing') throw new Error(`not delivered: ${JSON.stringify(request.fault)}`)
  return request
}

export const formal = async (place: Place, ask: OrderAsk = {}): Promise<ServiceRequest> => {
  const { id } = await tested(place, ask)
  return place.call('department', requestPassTest, { params: { requestId: id }, body: {} })
}

/** Asks for the reclaim and approves it; answers the request that asks. */
export const askReclaim = async ({ call }: Doors, requestId: string): Promise<ServiceRequest> => {
  const asked = await call('department', requestReclaim, { params: { requestId }, body: {} })
  return call('operator', requestApprove, { params: { requestId: asked.id }, body: {} })
}

/** Out of the recycle bin for good, before its time. */
export const purged = async (doors: Doors, requestId: string): Promise<ServiceRequest> => {
  const { systemId } = await doors.requestIn(requestId, 'recycled')
  const { name } = await doors.call('operator', systemGet, { params: { systemId } })
  await doors.call('operator', requestPurge, { params: { requestId }, body: { confirmation: name } })
  return doors.requestIn(requestId, 'reclaimed')
}

export const resourcesOf = async ({ call }: Doors, requestId: string): Promise<Resource[]> =>
  (await call('department', resourceList, { query: { requestId } })).items

export const resourceOf = async (doors: Doors, requestId: string, kind: Resource['kind']): Promise<Resource> => {
  const found = (await resourcesOf(doors, requestId)).find((it) => it.kind === kind)
  if (!found) throw new Error(`the request has no ${kind}`)
  return found
}

/** The problem that a call is answered with; a call that succeeds fails the test. */
export const problemOf = async (call: Promise<unknown>) => {
  const answer = await call.catch((error: unknown) => error)
  if (answer instanceof ProblemError) return answer.problem
  throw answer instanceof Error ? answer : new Error(`no problem, but ${JSON.stringify(answer)}`)
}
