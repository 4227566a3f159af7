import type { addressRemove, BodyOf, Resource, volumeRemove } from '@yiduo/contract'
import { refuse } from '../../../kernel/refusal.ts'
import type { Tx } from '../../../platform/database/index.ts'
import type { RequestDeps } from '../service.ts'
import { systemNameOf } from '../system-name.ts'
import type { AskOf, ChangeAsk } from './ask.ts'
import type { Approved, Begun, Change } from './change.ts'

/** What an earlier try of it left half gone, or a failed delivery left behind, may be asked for again. */
const states: readonly Resource['state'][] = ['test', 'formal', 'reclaiming', 'failed']

const start = async (deps: RequestDeps, tx: Tx, { resources: [part] }: Approved<ChangeAsk>): Promise<Begun> => {
  const operationId = deps.newId()
  const systemName = await systemNameOf(deps, tx, part.systemId)
  await deps.resources.removePart(tx, { part, operationId, systemName })
  return { operationIds: [operationId], priceAfter: 0 }
}

/** For good, with all that is on it: whoever asks types its name, and a person approves. */
export const removeVolume: Change<AskOf<'remove-volume'>, BodyOf<typeof volumeRemove>> = {
  kind: 'remove-volume',
  about: 'volume',
  states,
  async plan(_deps, _tx, _act, { resources: [volume] }, { confirmation }) {
    if (confirmation !== volume.name) return refuse('confirmation-wrong', { name: volume.name })
    return { ask: { kind: 'remove-volume' }, priceAfter: 0, byRule: false, losses: [volume] }
  },
  start,
}

/** The address may be another's tomorrow; nothing is stored on it, so the rule lets it go. */
export const removeAddress: Change<AskOf<'remove-address'>, BodyOf<typeof addressRemove>> = {
  kind: 'remove-address',
  about: 'address',
  states,
  async plan(_deps, _tx, _act, { resources }) {
    return { ask: { kind: 'remove-address' }, priceAfter: 0, byRule: true, losses: resources }
  },
  start,
}
