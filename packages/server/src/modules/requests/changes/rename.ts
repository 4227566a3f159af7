import type { BodyOf, serverRename, volumeRename } from '@yiduo/contract'
import { isRefusal, type Refusal, refuse } from '../../../kernel/refusal.ts'
import type { Tx } from '../../../platform/database/index.ts'
import { isNameComing } from '../name-store.ts'
import { priceOfHeld } from '../price.ts'
import type { RequestDeps } from '../service.ts'
import type { AskOf } from './ask.ts'
import { type Approved, type Begun, type Change, inUse, type Plan, type Subjects } from './change.ts'

type RenameAsk = AskOf<'rename-server' | 'rename-volume'>

/**
 * People find servers of a system, and volumes of a server, by their names: another's is refused, and one that a rename
 * under way is about to give. Of two that ask at once the second waits for the first one's commit.
 */
const unfit = async (
  deps: RequestDeps,
  tx: Tx,
  { resources: [row] }: Subjects,
  { name }: RenameAsk,
): Promise<Refusal | null> => {
  if (row.name === name) return refuse('nothing-to-change')
  const taken = (await deps.resources.nameTaken(tx, row, name)) || (await isNameComing(tx, row, name))
  if (!taken) return null
  return row.kind === 'server' ? refuse('name-taken-in-system', { name }) : refuse('resource-name-taken', { name })
}

const plan = async <A extends RenameAsk>(
  deps: RequestDeps,
  tx: Tx,
  on: Subjects,
  ask: A,
): Promise<Plan<A> | Refusal> => {
  const capability = ask.kind === 'rename-server' ? 'serverRename' : 'volumeRename'
  const refusal = (await deps.resources.inability(tx, on.resources[0], capability)) ?? (await unfit(deps, tx, on, ask))
  const priceAfter = refusal ?? (await priceOfHeld(deps, tx, on.resources))
  return isRefusal(priceAfter) ? priceAfter : { ask, priceAfter, byRule: true }
}

const start = async (deps: RequestDeps, tx: Tx, it: Approved<RenameAsk>): Promise<Begun | Refusal> => {
  const planned = await plan(deps, tx, it, it.ask)
  if (isRefusal(planned)) return planned
  const operationId = deps.newId()
  await deps.resources.startRename(tx, it.resources[0], it.ask.name, operationId)
  return { operationIds: [operationId], priceAfter: planned.priceAfter }
}

export const renameServer: Change<AskOf<'rename-server'>, BodyOf<typeof serverRename>> = {
  kind: 'rename-server',
  about: 'server',
  states: inUse,
  plan: (deps, tx, _act, on, { name }) => plan(deps, tx, on, { kind: 'rename-server', name }),
  start,
}

export const renameVolume: Change<AskOf<'rename-volume'>, BodyOf<typeof volumeRename>> = {
  kind: 'rename-volume',
  about: 'volume',
  states: inUse,
  plan: (deps, tx, _act, on, { name }) => plan(deps, tx, on, { kind: 'rename-volume', name }),
  start,
}
