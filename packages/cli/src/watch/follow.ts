import {
  type Client,
  type Operation,
  operationGet,
  ProblemError,
  requestGet,
  type requestStates,
  type ServiceRequest,
} from '@yiduo/contract'
import type { Watched } from '../commands/command.ts'
import { followChanges, type Pace } from './changes.ts'
import { createProgress } from './progress.ts'

export interface Following {
  readonly client: Client
  readonly note: (line: string) => void
  readonly pace?: Pace
}

export interface Followed {
  readonly last: unknown
  readonly succeeded: boolean
}

/** States in which a request goes on by itself; in any other a person must act, or it is at its end. */
const movingStates = ['delivering', 'reclaiming'] as const satisfies readonly (typeof requestStates)[number][]
const failedStates = ['delivery-failed', 'reclaim-failed'] as const satisfies readonly (typeof requestStates)[number][]

const isOver = ({ state }: Operation): boolean => state.startsWith('failed') || state === 'succeeded'

const followOperation = async (operationId: string, { client, note, pace }: Following): Promise<Followed> => {
  const progress = createProgress(note)
  await using changes = followChanges(client, { subject: operationId }, () => true, pace)
  for (;;) {
    const operation = await client.call(operationGet, { params: { operationId } })
    progress.operation(operation)
    if (isOver(operation)) return { last: operation, succeeded: operation.state === 'succeeded' }
    await changes.next()
  }
}

/** Operations of a request that its reader may see; what is hidden does not keep the request from being followed. */
const operationsOf = async (
  client: Client,
  request: ServiceRequest,
): Promise<readonly (readonly [string, Operation])[]> => {
  const found: (readonly [string, Operation])[] = []
  for (const { name, operationIds } of request.lines)
    for (const operationId of operationIds)
      try {
        found.push([name, await client.call(operationGet, { params: { operationId } })])
      } catch (error) {
        if (!(error instanceof ProblemError) || ![403, 404].includes(error.problem.status)) throw error
      }
  return found
}

const followRequest = async (requestId: string, { client, note, pace }: Following): Promise<Followed> => {
  const progress = createProgress(note)
  const subjects = new Set([requestId])
  await using changes = followChanges(client, {}, ({ subject }) => subjects.has(subject), pace)
  for (;;) {
    const request = await client.call(requestGet, { params: { requestId } })
    progress.request(request)
    for (const [line, operation] of await operationsOf(client, request)) {
      subjects.add(operation.id)
      progress.operation(operation, `${line}  `)
    }
    if (!movingStates.some((it) => it === request.state))
      return { last: request, succeeded: !failedStates.some((it) => it === request.state) }
    await changes.next()
  }
}

/** Follows what goes on by itself until it does so no more, a line for each step on the way. */
export const follow = (kind: Watched, id: string, following: Following): Promise<Followed> =>
  kind === 'Operation' ? followOperation(id, following) : followRequest(id, following)
