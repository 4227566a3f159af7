import type { BodyOf, serverReboot, serverStart, serverStop } from '@yiduo/contract'
import { isRefusal, type Refusal, refuse } from '../../../kernel/refusal.ts'
import type { Tx } from '../../../platform/database/index.ts'
import { type PowerAct, powerOf } from '../../resources/index.ts'
import { priceOfHeld } from '../price.ts'
import type { RequestDeps } from '../service.ts'
import { systemNameOf } from '../system-name.ts'
import type { AskOf } from './ask.ts'
import { type Approved, type Begun, type Change, inUse, type Plan, type Subjects } from './change.ts'

type PowerAsk = AskOf<'stop' | 'start' | 'reboot'>

/** A rebooting server that is stopped stays so. */
const notRunning = ({ resources: [server] }: Subjects, { kind }: PowerAsk): Refusal | null =>
  kind === 'reboot' && powerOf(server) === 'stopped' ? refuse('server-not-running', { name: server.name }) : null

/**
 * Nothing more is held and nothing less: it costs the same, and the rule approves it. What the cloud showed last may be
 * minutes old, so stopping what seems to be stopped is no mistake: the cloud is looked at, and left as it is.
 */
const plan = async <A extends PowerAsk>(
  deps: RequestDeps,
  tx: Tx,
  on: Subjects,
  ask: A,
): Promise<Plan<A> | Refusal> => {
  const unable = (await deps.resources.inability(tx, on.resources[0], 'serverPower')) ?? notRunning(on, ask)
  const priceAfter = unable ?? (await priceOfHeld(deps, tx, on.resources))
  return isRefusal(priceAfter) ? priceAfter : { ask, priceAfter, byRule: true }
}

const start = async (deps: RequestDeps, tx: Tx, it: Approved<PowerAsk & PowerAct>): Promise<Begun | Refusal> => {
  const planned = await plan(deps, tx, it, it.ask)
  if (isRefusal(planned)) return planned
  const [server] = it.resources
  const operationId = deps.newId()
  const systemName = await systemNameOf(deps, tx, server.systemId)
  await deps.resources.startPower(tx, server, it.ask, { operationId, systemName })
  return { operationIds: [operationId], priceAfter: planned.priceAfter }
}

const ofServer = { about: 'server', states: inUse, start } as const

export const stop: Change<AskOf<'stop'>, BodyOf<typeof serverStop>> = {
  ...ofServer,
  kind: 'stop',
  plan: (deps, tx, _act, on) => plan(deps, tx, on, { kind: 'stop' }),
}

export const startServer: Change<AskOf<'start'>, BodyOf<typeof serverStart>> = {
  ...ofServer,
  kind: 'start',
  plan: (deps, tx, _act, on) => plan(deps, tx, on, { kind: 'start' }),
}

export const reboot: Change<AskOf<'reboot'>, BodyOf<typeof serverReboot>> = {
  ...ofServer,
  kind: 'reboot',
  plan: (deps, tx, _act, on, { forced }) => plan(deps, tx, on, { kind: 'reboot', forced: forced ?? false }),
}
