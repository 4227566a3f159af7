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
import { elapsedText } from './elapsed.ts'
import { createProgress, type ProgressStyle } from './progress.ts'

export interface Following extends ProgressStyle {
  readonly client: Client
  readonly pace?: Pace
}

export interface Followed {
  readonly last: unknown
  readonly succeeded: boolean
}

/** States in which a request goes on by itself; in any other a person must act, or it is at its end. */
const movingStates = [
  'delivering',
  'recycling',
  'restoring',
  'reclaiming',
] as const satisfies readonly (typeof requestStates)[number][]
const failedStates = [
  'delivery-failed',
  'recycle-failed',
  'reclaim-failed',
] as const satisfies readonly (typeof requestStates)[number][]

const isOver = ({ state }: Operation): boolean => state.startsWith('failed') || state === 'succeeded'

const followOperation = async (operationId: string, following: Following): Promise<Followed> => {
  const { client, pace } = following
  const progress = createProgress(following)
  await using changes = followChanges(client, { subject: operationId }, () => true, pace)
  for (;;) {
    const operation = await client.call(operationGet, { params: { operationId } })
    progress.operation(operation)
    if (isOver(operation)) return { last: operation, succeeded: operation.state === 'succeeded' }
    await changes.next()
  }
}

/** Null for what its reader may not see: that does not keep the rest from being followed. */
const ifSeen = async <T>(found: Promise<T>): Promise<T | null> => {
  try {
    return await found
  } catch (error) {
    if (error instanceof ProblemError && [403, 404].includes(error.problem.status)) return null
    throw error
  }
}

/** What a reclaim gives back belongs to the request it is about, and so do the operations that do it. */
const aboutOf = async (client: Client, { kind, aboutRequestId, track }: ServiceRequest) => {
  const since = track.findLast(({ state }) => state === 'delivering')?.startedAt
  if (kind !== 'reclaim' || aboutRequestId === null || since === undefined) return null
  const about = await ifSeen(client.call(requestGet, { params: { requestId: aboutRequestId } }))
  return about && { about, since: Date.parse(since) }
}

/** Looks at a request's operations, at each until it is over. */
const createOperationLook = ({ client }: Following) => {
  const over = new Set<string>()
  return async function* ({ lines }: ServiceRequest): AsyncGenerator<readonly [line: string, operation: Operation]> {
    for (const { name, operationIds } of lines)
      for (const operationId of operationIds) {
        if (over.has(operationId)) continue
        const operation = await ifSeen(client.call(operationGet, { params: { operationId } }))
        if (!operation) continue
        if (isOver(operation)) over.add(operationId)
        yield [name, operation]
      }
  }
}

const followRequest = async (requestId: string, following: Following): Promise<Followed> => {
  const { client, note, say, pace } = following
  const progress = createProgress(following)
  const operationsOf = createOperationLook(following)
  const subjects = new Set([requestId])
  await using changes = followChanges(client, {}, ({ subject }) => subjects.has(subject), pace)

  const look = async (request: ServiceRequest, since = 0): Promise<void> => {
    for await (const [line, operation] of operationsOf(request)) {
      subjects.add(operation.id)
      const isEarlier = operation.endedAt !== null && Date.parse(operation.endedAt) < since
      if (!isEarlier) progress.operation(operation, `${line}  `)
    }
  }

  for (;;) {
    const request = await client.call(requestGet, { params: { requestId } })
    progress.request(request)
    await look(request)
    const reclaimed = await aboutOf(client, request)
    if (reclaimed) await look(reclaimed.about, reclaimed.since)
    if (!movingStates.some((it) => it === request.state)) {
      const elapsed = elapsedText(request, say)
      if (elapsed !== null) note(elapsed)
      return { last: request, succeeded: !failedStates.some((it) => it === request.state) }
    }
    await changes.next()
  }
}

/** Follows what goes on by itself until it does so no more, a line for each step on the way. */
export const follow = (kind: Watched, id: string, following: Following): Promise<Followed> =>
  kind === 'Operation' ? followOperation(id, following) : followRequest(id, following)
