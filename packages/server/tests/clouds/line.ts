import {
  type AnswerOf,
  type CallOf,
  type OperationSpec,
  operationGet,
  platformAdd,
  platformGet,
  type RequestState,
  requestApprove,
  requestCreate,
  requestGet,
  requestPassTest,
  requestPurge,
  requestReclaim,
  requestRetry,
  requestSubmit,
  type ServiceRequest,
  systemGet,
} from '@yiduo/contract'
import { waitUntil } from '../world/world.ts'
import { openstackLab, patienceMs } from './lab.ts'

/** One Yiduo as its users reach it, by log-in. */
export interface Users {
  call<S extends OperationSpec>(login: string, operation: S, call: CallOf<S>): Promise<AnswerOf<S>>
}

export interface PlatformAsk {
  readonly dataCentreId: string
  readonly code: string
  readonly endpoint?: string
  readonly settings?: Readonly<Record<string, unknown>>
  readonly credential?: Readonly<Record<string, unknown>>
}

/** Connects the lab, or whatever the ask says instead, and waits for the probe's end. */
export const connect = async (users: Users, ask: PlatformAsk) => {
  const { authUrl, region, username, password, projectName, userDomainName, projectDomainName } = openstackLab()
  const { platform, operation } = await users.call('operator', platformAdd, {
    body: {
      dataCentreId: ask.dataCentreId,
      code: ask.code,
      name: ask.code,
      driver: 'openstack',
      endpoint: ask.endpoint ?? authUrl,
      settings: { region, projectName, userDomainName, projectDomainName, ...ask.settings },
      credential: ask.credential ?? { username, password },
    },
  })
  const ended = await operationEnded(users, operation.id)
  const probed = await users.call('operator', platformGet, { params: { platformId: platform.id } })
  return { platform: probed, operation: ended }
}

export const operationEnded = (users: Users, operationId: string): Promise<AnswerOf<typeof operationGet>> =>
  waitUntil(async () => {
    const operation = await users.call('operator', operationGet, { params: { operationId } })
    return operation.endedAt !== null && operation
  }, patienceMs)

const failures: readonly RequestState[] = ['delivery-failed', 'reclaim-failed']

/** The request, once it is in one of the states; a failure on the way throws, with its fault. */
const reached = async (
  users: Users,
  requestId: string,
  states: readonly RequestState[],
): Promise<ServiceRequest | false> => {
  const request = await users.call('operator', requestGet, { params: { requestId } })
  if (states.includes(request.state)) return request
  if (failures.includes(request.state))
    throw new Error(`${request.state} on the way to ${states.join(', ')}: ${JSON.stringify(request.fault)}`)
  return false
}

/** Waits for a state; a failure on the way ends the wait, with its fault. */
export const reaches = (users: Users, requestId: string, ...states: RequestState[]): Promise<ServiceRequest> =>
  waitUntil(() => reached(users, requestId, states), patienceMs)

/** What a small cloud under a crowd did not deliver in its time was taken back, and an operator asks for it again. */
const patience = { retries: 3 }

/** The same for many at once, which a small cloud works on one after another. */
export const allReach = async (users: Users, requestIds: readonly string[], state: RequestState): Promise<void> => {
  for (const requestId of requestIds)
    for (let retries = 0; ; retries++) {
      const ended = await waitUntil(async () => {
        const request = await users.call('operator', requestGet, { params: { requestId } })
        return (request.state === state || failures.includes(request.state)) && request
      }, 3 * patienceMs)
      if (ended.state === state) break
      if (ended.state !== 'delivery-failed' || retries === patience.retries)
        throw new Error(`${ended.state} on the way to ${state}: ${JSON.stringify(ended.fault)}`)
      await users.call('operator', requestRetry, { params: { requestId }, body: {} })
    }
}

export interface LineOf {
  readonly systemId: string
  readonly planId: string
  readonly name: string
  readonly dataVolumeGib?: number
  readonly publicAddress?: boolean
}

/** Drafts and sends; the rule approves it, or an operator still has to. */
export const send = async (users: Users, { systemId, planId, name, ...it }: LineOf): Promise<ServiceRequest> => {
  const line = { planId, name, dataVolumeGib: it.dataVolumeGib ?? 1, publicAddress: it.publicAddress ?? true }
  const draft = await users.call('department', requestCreate, { body: { systemId, lines: [line] } })
  return users.call('department', requestSubmit, { params: { requestId: draft.id }, body: {} })
}

export const approve = (users: Users, requestId: string): Promise<ServiceRequest> =>
  users.call('operator', requestApprove, { params: { requestId }, body: {} })

export const passTest = (users: Users, requestId: string): Promise<ServiceRequest> =>
  users.call('department', requestPassTest, { params: { requestId }, body: { remark: '功能正常' } })

/** Asks to give back, and lets an operator approve it. */
export const askBack = (users: Users, requestId: string, login = 'department'): Promise<ServiceRequest> =>
  users.call(login, requestReclaim, { params: { requestId }, body: { remark: '系统下线' } })

export const giveBack = async (users: Users, requestId: string): Promise<ServiceRequest> => {
  const reclaim = await askBack(users, requestId)
  await approve(users, reclaim.id)
  const { systemId, state } = await reaches(users, requestId, 'recycled', 'reclaimed')
  if (state === 'reclaimed') return reaches(users, requestId, state) // on test it goes at once
  const { name } = await users.call('operator', systemGet, { params: { systemId } })
  await users.call('operator', requestPurge, { params: { requestId }, body: { confirmation: name } })
  return reaches(users, requestId, 'reclaimed')
}
