import {
  type Attempt,
  done,
  failure,
  isDone,
  type Outcome,
  pending,
  type ServerRef,
  type ServersFacet,
} from '@yiduo/driver-api'
import { imageNamed } from './images.ts'
import { pollMs } from './once.ts'
import { actionsOf, actOnServer, failedAct, type ServerTarget } from './server-actions.ts'
import { refOf, type ServersDeps, serverAtRest } from './server-reading.ts'

interface OnceAct {
  readonly name: 'reboot' | 'rebuild'
  /** In which states (`status`) Nova takes it. */
  readonly from: readonly string[]
  /** What to ask for; looked up before anything is done. */
  body(): Promise<Outcome<unknown>>
}

/** Softly: Nova asks the guest, and takes the power away from one that does not listen. */
export const createReboot =
  (deps: ServersDeps): ServersFacet['reboot'] =>
  (ask, attempt) =>
    actOnce(deps, ask, attempt, {
      name: 'reboot',
      from: ['ACTIVE'],
      body: async () => done({ type: ask.forced ? 'HARD' : 'SOFT' }),
    })

export const createRebuild =
  (deps: ServersDeps): ServersFacet['rebuild'] =>
  (ask, attempt) =>
    actOnce(deps, ask, attempt, {
      name: 'rebuild',
      from: ['ACTIVE', 'SHUTOFF'],
      async body() {
        const image = await imageNamed(deps.cloud, ask.project, ask.imageName)
        return isDone(image) ? done({ imageRef: image.value.id }) : image
      },
    })

/**
 * What leaves no trace in the server does in Nova's history of acts. The handle names the newest such act before ours, so
 * that a repetition sees whether one has come since: no clock of ours is compared with the cloud's.
 */
async function actOnce(
  deps: ServersDeps,
  target: ServerTarget,
  attempt: Attempt,
  act: OnceAct,
): Promise<Outcome<ServerRef>> {
  const found = await serverAtRest(deps, target.project, target.serverId, attempt)
  if (!isDone(found)) return found
  const server = found.value
  const newest = await newestOf(deps, target, act.name)
  if (!isDone(newest)) return newest
  const { requestId, failed } = newest.value
  if (attempt.handle !== null && attempt.handle !== requestId)
    return failed ? failedAct(deps, target, act.name, `Nova gave up the ${act.name}`) : refOf(deps, server, null)
  if (!act.from.includes(server.status))
    return failure('permanent', 'cloud-conflict', `no ${act.name} of server ${server.id} while it is ${server.status}`)
  const body = await act.body()
  if (!isDone(body)) return body
  return attempt.handle === null ? pending(requestId, 0) : begin(deps, target, attempt, { [act.name]: body.value })
}

/** Of a server that has no such act in its history. */
const never = 'never'

async function newestOf(
  deps: ServersDeps,
  target: ServerTarget,
  name: string,
): Promise<Outcome<{ requestId: string; failed: boolean }>> {
  const actions = await actionsOf(deps, target)
  if (!isDone(actions)) return actions
  const newest = actions.value.find((it) => it.action === name)
  return done({ requestId: newest?.request_id ?? never, failed: newest?.message === 'Error' })
}

/** While Nova is at it, it refuses a second one; before that, what this process sent is waited for. */
async function begin(
  deps: ServersDeps,
  target: ServerTarget,
  { handle }: Attempt,
  body: Readonly<Record<string, unknown>>,
): Promise<Outcome<never>> {
  const thing = `${Object.keys(body).join()} ${target.serverId} after ${handle}`
  if (deps.inFlight.possible(thing, { since: null, handle: null })) return pending(handle, pollMs)
  deps.inFlight.begun(thing)
  const begun = await actOnServer(deps.cloud, target, body)
  deps.inFlight.ended(thing, begun)
  return isDone(begun) ? pending(handle, pollMs) : begun
}
